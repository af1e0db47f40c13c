import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function open(shop: Workshop): Promise<readonly string[]> {
  const rows = await shop.within((tx) =>
    tx
      .selectFrom('problem')
      .select(['kind', 'customer_id'])
      .where('resolved_at', 'is', null)
      .orderBy('kind')
      .orderBy('customer_id')
      .execute(),
  );
  return rows.map((row) => `${row.kind} ${row.customer_id}`);
}

test('each task goes when its cause is mended in the ledger, and another customer’s stays', async () => {
  const shop = await Workshop.open(database);
  const put = (id: string, more: object): void =>
    shop.ledger.put({ invoices: [invoiceRow(id, { changedAt: shop.now().toISOString(), ...more })] });
  shop.ledger.put({
    customers: [customerRow('C1', { terms: 'Net 30' }), customerRow('C2'), customerRow('C3', { emails: [] })],
  });
  put('I1', { terms: 'Net 10' });
  put('I5', { terms: 'Net 30', sentAt: '2026-10-20T12:00:00Z' });
  put('I2', { dueOn: null });
  put('I3', { customerId: 'C2', sent: 'no' });
  put('I4', { customerId: 'C3' });
  await shop.morning();
  expect(await open(shop)).toEqual([
    'never_sent C2',
    'no_due_date C1',
    'no_recipient C3',
    'sent_late C1',
    'terms_differ C1',
  ]);
  const first = await shop.within((tx) =>
    tx.selectFrom('problem').selectAll().orderBy('problem_id').execute(),
  );
  shop.at(new Date(shop.now().getTime() + 3_600_000));
  put('I2', { dueOn: day('2026-10-31') });
  await shop.morning();
  // what stands as it stood is not written again
  const again = await shop.within((tx) =>
    tx.selectFrom('problem').selectAll().orderBy('problem_id').execute(),
  );
  const rowsOf = (rows: typeof first, kind: string) => rows.filter((row) => row.kind === kind);
  expect(rowsOf(again, 'terms_differ')).toEqual(rowsOf(first, 'terms_differ'));
  expect(await open(shop)).toEqual(['never_sent C2', 'no_recipient C3', 'sent_late C1', 'terms_differ C1']);
  shop.at(new Date(shop.now().getTime() + 3_600_000));
  put('I1', { terms: 'net 30' });
  put('I5', { terms: 'Net 30', dueOn: day('2026-11-21'), sentAt: '2026-10-20T12:00:00Z' });
  put('I3', { customerId: 'C2', sent: 'yes' });
  shop.ledger.put({ customers: [customerRow('C3', { changedAt: shop.now().toISOString() })] });
  await shop.morning();
  expect(await open(shop)).toEqual([]);
});

test('the one open invoice is held against what the customer paid: order numbers of two years, nothing written off', async () => {
  const shop = await Workshop.open(database);
  const paid = { openMinor: 0, status: 'closed' as const, reference: 'PO-7' };
  const paidBy = (customerId: string, more: object) =>
    [1, 2, 3].map((nth) => invoiceRow(`${customerId}-${nth}`, { customerId, ...paid, ...more }));
  shop.ledger.put({
    customers: ['C1', 'C2', 'C3', 'C4'].map((id) => customerRow(id)),
    invoices: [
      ...['C1', 'C2', 'C3', 'C4'].map((id) => invoiceRow(`${id}-open`, { customerId: id })),
      ...paidBy('C1', {}),
      ...paidBy('C2', { reference: null }),
      ...paidBy('C3', { issuedOn: day('2024-10-01') }),
      ...paidBy('C4', { status: 'void' }),
    ],
  });
  await shop.morning();
  expect(await open(shop)).toEqual(['reference_missing C1']);
});
