import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { applyPage } from '../../src/books/mirror.store.ts';
import { inCompany, type Tx } from '../../src/platform/db.ts';
import type { BooksPage } from '../../src/ports/ledger.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { booksPage, creditRow, customerRow, invoiceRow, paymentRow } from '../support/values.ts';

let database: TestDatabase;
let companyId: string;
const now = new Date('2026-11-10T18:00:00Z');

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  companyId = await addCompany(database.db);
});

const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inCompany(database.db, companyId, work);
const apply = (page: Partial<BooksPage>, first = false): Promise<void> =>
  within((tx) => applyPage(tx, companyId, booksPage(page), { now, first }));
const invoice = (id = 'I1') =>
  within((tx) => tx.selectFrom('invoice').selectAll().where('invoice_id', '=', id).executeTakeFirst());

describe('how rows are stored', () => {
  test('SYN-07: a row that did not change is not written again, one that did is', async () => {
    const page = {
      customers: [customerRow('C1', { mergedIntoId: 'C9', active: false })],
      invoices: [invoiceRow('I1'), invoiceRow('I2')],
      payments: [paymentRow('P1', { allocations: [{ invoiceId: 'I1', amountMinor: 5 }] })],
      credits: [creditRow('K1')],
    };
    const written = () =>
      within(async (tx) => {
        const { rows } = await sql<{ id: string; by: string }>`
          select customer_id as id, xmin::text as by from customer union all select invoice_id, xmin::text from invoice
          union all select payment_id, xmin::text from payment union all select credit_id, xmin::text from credit`.execute(
          tx,
        );
        return new Map(rows.map((row) => [row.id, row.by]));
      });
    await apply(page);
    const before = await written();
    // the ledger tells of a merge once: the same customer without it is no news
    await apply({
      ...page,
      customers: [customerRow('C1', { active: false })],
      invoices: [invoiceRow('I1'), invoiceRow('I2', { emails: ['ap@x.example'] })],
    });
    const after = await written();
    expect([...after].filter(([id, by]) => before.get(id) !== by).map(([id]) => id)).toEqual(['I2']);
  });

  test('every kind of text comes back as it went in, but for what no database holds', async () => {
    const odd = 'tab\t "quotes" \\back {a,b} NULL \n Zoë 🎉';
    const row = customerRow('C1', {
      name: odd,
      emails: ['"a,b"@x.example', 'c\\d@x.example'],
      contacts: [{ name: `${odd}\0\ud800`, email: 'a@x.example', forInvoices: true }],
      phone: 'NULL',
      firstName: 'nul\0',
      ledgerBalanceMinor: -5,
    });
    await apply({ customers: [row, customerRow('C2', { emails: [] })] });
    const stored = await within((tx) =>
      tx.selectFrom('customer').selectAll().orderBy('customer_id').execute(),
    );
    expect(stored[0]).toMatchObject({
      name: odd,
      emails: row.emails,
      contacts: [{ name: `${odd}\uFFFD\uFFFD`, email: 'a@x.example', forInvoices: true }],
      phone: 'NULL',
      first_name: 'nul\uFFFD',
      ledger_balance_minor: -5,
      parent_id: null,
    });
    expect(stored[1]?.emails).toEqual([]);
  });

  test('a first sync that goes on takes rows that it had already, newer ones and new ones together', async () => {
    await apply({ invoices: [invoiceRow('I1', { openMinor: 1 }), invoiceRow('I2', { openMinor: 2 })] }, true);
    const later = '2026-11-02T00:00:00Z';
    const [newer, older] = [
      invoiceRow('I1', { openMinor: 10, changedAt: later }),
      invoiceRow('I2', { openMinor: 20, changedAt: '2026-09-01T00:00:00Z' }),
    ];
    await apply({ invoices: [newer, older, invoiceRow('I3', { openMinor: 30 })] }, true);
    const open = await Promise.all(['I1', 'I2', 'I3'].map(async (id) => (await invoice(id))?.open_minor));
    expect(open).toEqual([10, 2, 30]);
  });

  test('of two mentions in a page the last counts', async () => {
    await apply({ invoices: [invoiceRow('I1', { openMinor: 1 }), invoiceRow('I1', { openMinor: 2 })] });
    expect((await invoice())?.open_minor).toBe(2);
  });
});
