import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { loadHistories } from '../../src/dunning/history.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { ratio } from '../support/took.ts';
import { currency, customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

it('R5: what a parent paid is read once, however many customers it paid for', async () => {
  const shop = await Workshop.open(database);
  const branches = Array.from({ length: 60 }, (_, at) => `C${at}`);
  shop.ledger.put({
    customers: [
      customerRow('P'),
      ...branches.map((id) => customerRow(id, { parentId: 'P', billsWithParent: false })),
    ],
    invoices: branches.map((id) => invoiceRow(`I${id}`, { customerId: id })),
  });
  await shop.morning();
  await shop.within((tx) =>
    sql`insert into payment (company_id, payment_id, customer_id, paid_on, currency, total_minor, unapplied_minor,
        status, allocations, seen_at, changed_at, version)
      select ${shop.companyId}::uuid, 'X' || n, 'P', '2026-11-01', 'USD', 100, 0, 'valid',
        (select jsonb_agg(jsonb_build_object('invoiceId', 'IC' || ((n * 7 + k) % 60), 'amountMinor', 20))
          from generate_series(1, 5) k),
        '2026-11-02', '2026-11-02', '1' from generate_series(1, 400) n`.execute(tx),
  );
  const historiesOf = (ids: readonly string[]) =>
    shop.within((tx) => loadHistories(tx, shop.companyId, 'America/Los_Angeles', shop.now(), ids));
  const of = await historiesOf(branches);
  expect(branches.map((id) => of(id, currency('USD'), [id]).lastPaymentOn)).toEqual(
    branches.map(() => '2026-11-01'),
  );
  expect(
    await ratio(
      3,
      () => historiesOf(branches),
      () => historiesOf(['C1']),
    ),
  ).toBeLessThan(15);
});
