import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { applyPage } from '../../src/books/mirror.store.ts';
import { addDays } from '../../src/domain/day.ts';
import { computeInChunks } from '../../src/receivables/compute-stale.job.ts';
import { loadFigures } from '../../src/receivables/position.store.ts';
import type { Position } from '../../src/receivables/position.ts';
import { readCustomer } from '../../src/web/pages/customer/customer.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { cpuMs } from '../support/took.ts';
import { booksPage, customerRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';
import { hold, owed, position, today } from './support.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

test('of one customer with 50,000 invoices, each of them disputed, the position takes no longer than its rows', async () => {
  const ids = Array.from({ length: 50_000 }, (_, at) => `I${at}`);
  const invoices = ids.map((id) => owed(id));
  const holds = ids.map((invoiceId) =>
    hold({
      holdId: `h${invoiceId}`,
      kind: 'dispute',
      scope: 'invoice',
      invoiceId,
      endsOn: addDays(today, 3),
    }),
  );
  let found: Position | undefined;
  const took = await cpuMs(1, () => {
    found = position({ invoices, holds });
  });
  expect([found?.pastDueMinor, found?.heldMinor, found?.nextEventOn]).toEqual([
    500_000_000,
    500_000_000,
    '2026-11-14',
  ]);
  // each invoice against each hold would take minutes
  expect(took).toBeLessThan(5_000);
});

test('70,000 open invoices of one customer are computed and shown: more than one statement takes parameters', async () => {
  const shop = await Workshop.open(database);
  const { companyId } = shop;
  await shop.within(async (tx) => {
    await applyPage(tx, companyId, booksPage({ customers: [customerRow('C1')] }), {
      now: shop.now(),
      first: false,
    });
    await sql`insert into invoice (company_id, invoice_id, number, customer_id, issued_on, due_on, currency, total_minor,
        open_minor, status, sent, emails, changed_at, version)
      select ${companyId}::uuid, 'I' || n, 'INV-' || n, 'C1', '2026-10-01', '2026-11-01', 'USD', 100, 100, 'open', 'yes', '{}',
        ${shop.now()}, '1' from generate_series(1, 70000) n`.execute(tx);
  });
  await computeInChunks(shop.duly, companyId);
  const [stored] = await shop.within((tx) => loadFigures(tx, companyId));
  expect(stored?.pastDueMinor).toBe(7_000_000);
  const seen = await shop.within((tx) => readCustomer(tx, companyId, 'C1', { now: shop.now(), today }));
  expect(seen.positions.map((row) => row.lines.length)).toEqual([70_000]);
});
