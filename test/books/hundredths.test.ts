import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readChanges } from '../../src/books/changes.job.ts';
import { day } from '../../src/domain/day.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { currency, customerRow, invoiceRow, paymentRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('R2: amounts that were counted in whole forints are counted in hundredths, dollars stay as they are', async () => {
  const shop = await Workshop.open(database);
  const huf = currency('HUF');
  const allocations = [{ invoiceId: 'F1', amountMinor: 7_000 }];
  shop.ledger.put({
    customers: [customerRow('C1'), customerRow('C2')],
    invoices: [
      invoiceRow('F1', { currency: huf, openMinor: 120_000, totalMinor: 127_000 }),
      invoiceRow('D1', { customerId: 'C2', openMinor: 5_000 }),
    ],
  });
  await shop.morning();
  const paid = { paidOn: day('2026-10-15'), currency: huf, totalMinor: 7_000, allocations };
  shop.ledger.put({ payments: [paymentRow('P1', paid)] });
  await readChanges(shop.duly, shop.companyId, shop.ledger);
  const asked = (): Promise<unknown[]> =>
    shop.within((tx) =>
      tx
        .selectFrom('touch')
        .innerJoin('touch_invoice', 'touch_invoice.touch_id', 'touch.touch_id')
        .select(['currency', 'ask_minor', 'open_minor'])
        .orderBy('currency')
        .execute(),
    );
  const sums = (): Promise<unknown[]> =>
    shop.within((tx) =>
      tx
        .selectFrom('position')
        .select(['currency', 'open_minor', 'past_due_minor'])
        .orderBy('currency')
        .execute(),
    );
  const usd = { currency: 'USD', open_minor: 5_000 };
  expect(await asked()).toEqual([
    { currency: 'HUF', ask_minor: 120_000, open_minor: 120_000 },
    { ...usd, ask_minor: 5_000 },
  ]);
  await database.pool.query(
    `update policy set body = jsonb_set(body, '{settings,minimumBalance}', '{"HUF": 9000, "USD": 100}')`,
  );

  await database.pool.query(readFileSync('migrations/0043_hundredths.sql', 'utf8'));

  expect(await asked()).toEqual([
    { currency: 'HUF', ask_minor: 12_000_000, open_minor: 12_000_000 },
    { ...usd, ask_minor: 5_000 },
  ]);
  expect(await sums()).toEqual([
    { currency: 'HUF', open_minor: 12_000_000, past_due_minor: 12_000_000 },
    { ...usd, past_due_minor: 5_000 },
  ]);
  const { rows } = await database.pool.query(
    "select total_minor, allocations, (select body->'settings'->'minimumBalance' from policy limit 1) as minimum from payment",
  );
  expect(rows).toEqual([
    {
      total_minor: 700_000,
      allocations: [{ invoiceId: 'F1', amountMinor: 700_000 }],
      minimum: { HUF: 900_000, USD: 100 },
    },
  ]);
});
