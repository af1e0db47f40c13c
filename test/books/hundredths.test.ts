import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readChanges } from '../../src/books/changes.job.ts';
import { getCompany } from '../../src/companies/company.store.ts';
import { decimalsOf } from '../../src/domain/currency.ts';
import { day } from '../../src/domain/day.ts';
import { judgeAgreements } from '../../src/receivables/agreements/judge.store.ts';
import { makePromise } from '../../src/receivables/agreements/make.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { creditRow, currency, customerRow, invoiceRow, paymentRow } from '../support/values.ts';
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

test('R2: a promise in forints goes on as it was, with its hold and the credits of before it', async () => {
  const shop = await Workshop.open(database);
  const huf = currency('HUF');
  shop.ledger.put({
    customers: [customerRow('C1')],
    invoices: [invoiceRow('F1', { currency: huf, openMinor: 120_000, totalMinor: 127_000 })],
    credits: [creditRow('K1', { currency: huf, remainingMinor: 50_000, totalMinor: 50_000 })],
  });
  await shop.morning();
  const wish = {
    customerId: 'C1',
    invoiceIds: null,
    currency: huf,
    how: 'phone' as const,
    note: '',
    by: 'Maria',
  };
  await shop.within(async (tx) =>
    makePromise(
      tx,
      await getCompany(tx, shop.companyId),
      { ...wish, date: day('2026-11-30'), amountMinor: 49_000, saidBy: 'Jo' },
      shop.now(),
    ),
  );
  await database.pool.query(readFileSync('migrations/0043_hundredths.sql', 'utf8'));
  await shop.within(async (tx) =>
    judgeAgreements(tx, await getCompany(tx, shop.companyId), ['C1'], shop.now()),
  );
  const { rows } = await database.pool.query(
    `select state, a.amount_minor, h.amount_minor as held, lifted_at from agreement a join hold h using (agreement_id)
      where a.company_id = $1`,
    [shop.companyId],
  );
  expect(rows).toEqual([{ state: 'pending', amount_minor: 4_900_000, held: 4_900_000, lifted_at: null }]);
});

test('R2: every currency whose decimals the runtime knew otherwise is counted anew', () => {
  const script = readFileSync('migrations/0043_hundredths.sql', 'utf8');
  const changed = Intl.supportedValuesOf('currency').filter((code) => {
    const style = { style: 'currency', currency: code } as const;
    const before = new Intl.NumberFormat('en', style).resolvedOptions().maximumFractionDigits;
    return before !== decimalsOf(currency(code));
  });
  expect(changed.filter((code) => !script.includes(`'${code}'`))).toEqual([]);
});
