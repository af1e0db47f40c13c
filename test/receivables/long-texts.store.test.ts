import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { applyPage } from '../../src/books/mirror.store.ts';
import { getCompany } from '../../src/companies/company.store.ts';
import { loadFacts } from '../../src/receivables/facts.store.ts';
import type { PositionLine } from '../../src/receivables/position.ts';
import { readPositions } from '../../src/receivables/read-positions.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { booksPage, customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** Words that no compression makes short. */
function longText(name: string, length: number): string {
  let text = name;
  for (let at = 1; text.length < length; at += 1)
    text += String.fromCodePoint(0x4e00 + ((at * at * 7_919) % 20_000));
  return text;
}

test('however long a number, a reference or terms of a ledger are, they are stored and read as they are', async () => {
  const shop = await Workshop.open(database);
  const texts = (length: number) => ({
    number: longText('INV-', length),
    reference: longText('PO ', length),
    terms: longText('Net 30 ', length),
  });
  const wanted = new Map<string, Pick<PositionLine, 'number' | 'reference' | 'terms'>>([
    ['I1', { number: 'INV-1', reference: null, terms: 'Net 30' }],
    ['I2', { ...texts(5_000), number: 'INV-2', terms: null }],
    ['I3', { ...texts(5_000), reference: null }],
    ['I4', texts(200)],
    ['I5', texts(5_000)],
  ]);
  shop.ledger.put({
    customers: [customerRow('C1')],
    invoices: [...wanted].map(([id, more]) => invoiceRow(id, more)),
  });
  await shop.morning();
  const [found] = await shop.within(async (tx) =>
    readPositions(tx, await getCompany(tx, shop.companyId), shop.now(), { customerIds: ['C1'] }),
  );
  expect(
    new Map(
      found?.lines.map(({ invoiceId, number, reference, terms }) => [
        invoiceId,
        { number, reference, terms },
      ]),
    ),
  ).toEqual(wanted);
  // and they become short again
  await shop.within((tx) =>
    applyPage(
      tx,
      shop.companyId,
      booksPage({ invoices: [invoiceRow('I5', { reference: 'PO 5', changedAt: shop.now().toISOString() })] }),
      { now: shop.now(), first: false },
    ),
  );
  const [again] = await shop.within(async (tx) =>
    readPositions(tx, await getCompany(tx, shop.companyId), shop.now(), { customerIds: ['C1'] }),
  );
  expect(again?.lines.find((line) => line.invoiceId === 'I5')?.reference).toBe('PO 5');
});

test('open invoices are read out of the index alone: of the table, with every column of a ledger, no row is fetched', async () => {
  const shop = await Workshop.open(database);
  const { companyId } = shop;
  await shop.within((tx) =>
    sql`insert into invoice (company_id, invoice_id, number, customer_id, issued_on, due_on, currency, total_minor,
        open_minor, status, sent, emails, changed_at, version)
      select ${companyId}::uuid, 'I' || n, 'INV-' || n, 'C' || n % 1000, '2026-10-01', '2026-11-01', 'USD', 100, 100, 'open', 'yes',
        '{}', ${shop.now()}, '1' from generate_series(1, 10000) n`.execute(tx),
  );
  // which rows everybody sees is noted of commits that are on the disk: those of a test server are not at once
  await database.pool.query('checkpoint');
  await database.pool.query('vacuum (analyze, index_cleanup on) invoice');
  const [read, fetched] = await shop.within(async (tx) => {
    const company = await getCompany(tx, companyId);
    const fetchedRows = async (): Promise<number> => {
      const { rows } = await sql<{ count: number }>`select seq_tup_read + coalesce(idx_tup_fetch, 0) as count
        from pg_stat_xact_user_tables where relname = 'invoice'`.execute(tx);
      return rows[0]?.count ?? 0;
    };
    const before = await fetchedRows();
    const facts = await loadFacts(tx, company, ['C1', 'C500', 'C999'], { companyHolds: false });
    return [facts.invoices.length, (await fetchedRows()) - before];
  });
  expect([read, fetched]).toEqual([30, 0]);
});
