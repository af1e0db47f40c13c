import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { applyPage, markAllStale } from '../../src/books/mirror.store.ts';
import { settleNameless } from '../../src/books/rejected.store.ts';
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
/** Takes the customers whose position must be computed anew. */
const stale = (): Promise<string[]> =>
  within(async (tx) => {
    const rows = await tx.deleteFrom('stale_position').returning('customer_id').execute();
    return rows.map((row) => row.customer_id).sort();
  });
const rejections = () =>
  within((tx) => tx.selectFrom('rejected_row').selectAll().orderBy('row_id').execute());

describe('rows of the ledger', () => {
  test('SYN-08: a newer version is applied, an older one that arrives late changes nothing', async () => {
    await apply({ invoices: [invoiceRow('I1', { changedAt: '2026-11-02T00:00:00Z', openMinor: 4_000 })] });
    await apply({ invoices: [invoiceRow('I1', { changedAt: '2026-11-01T00:00:00Z', openMinor: 10_000 })] });
    expect((await invoice())?.open_minor).toBe(4_000);
    await apply({
      invoices: [invoiceRow('I1', { changedAt: '2026-11-03T00:00:00Z', openMinor: 0, status: 'closed' })],
    });
    expect(await invoice()).toMatchObject({ open_minor: 0, status: 'closed' });
  });

  test('SYN-07: the same version delivered again, alone or twice in a page, changes nothing', async () => {
    const page = {
      customers: [customerRow('C1')],
      invoices: [invoiceRow('I1')],
      payments: [paymentRow('P1')],
      credits: [creditRow('K1')],
    };
    await apply(page);
    const before = await invoice();
    await apply({ ...page, invoices: [...page.invoices, ...page.invoices] });
    expect(await invoice()).toEqual(before);
  });

  test('in a first sync positions are asked for once, at its end: also of customers known by a document alone', async () => {
    await apply({ customers: [customerRow('C1')], invoices: [invoiceRow('I1', { customerId: 'C2' })] }, true);
    expect(await stale()).toEqual([]);
    await within((tx) => markAllStale(tx, companyId));
    expect(await stale()).toEqual(['C1', 'C2']);
  });

  test('an invoice that moved to another customer marks both', async () => {
    await apply({ invoices: [invoiceRow('I1')] });
    expect(await stale()).toEqual(['C1']);
    await apply({ invoices: [invoiceRow('I1', { customerId: 'C2', changedAt: '2026-11-02T00:00:00Z' })] });
    expect(await stale()).toEqual(['C1', 'C2']);
  });

  test('R12: a customer that leaves the parent it billed with marks that parent', async () => {
    const child = customerRow('C2', { parentId: 'C1', billsWithParent: true });
    await apply({ customers: [customerRow('C1'), child, customerRow('C3')] });
    await stale();
    await apply({ customers: [{ ...child, parentId: 'C3', changedAt: '2026-11-02T00:00:00Z' }] });
    expect(await stale()).toEqual(['C1', 'C2', 'C3']);
  });

  test('R5: a payment of the first read is history, one seen later is news, and stays as old as it is', async () => {
    const seen = (id: string) =>
      within((tx) =>
        tx.selectFrom('payment').select('seen_at').where('payment_id', '=', id).executeTakeFirstOrThrow(),
      );
    await apply({ payments: [paymentRow('old', { customerId: null })] }, true);
    await apply({ payments: [paymentRow('old'), paymentRow('new')] });
    expect((await seen('old')).seen_at.toISOString().slice(0, 10)).toBe('2026-11-09');
    expect((await seen('new')).seen_at).toEqual(now);
  });
});

describe('rows that are gone', () => {
  test('PAR-13: a deleted invoice keeps its number and amounts', async () => {
    await apply({ invoices: [invoiceRow('I1')] });
    await stale();
    await apply({ removed: [{ kind: 'invoice', id: 'I1', changedAt: '2026-11-05T00:00:00Z' }] });
    expect(await invoice()).toMatchObject({
      status: 'deleted',
      number: 'I1',
      open_minor: 10_000,
      total_minor: 10_000,
    });
    expect(await stale()).toEqual(['C1']);
  });

  test('PAR-14: what we never had stays unknown', async () => {
    for (const kind of ['invoice', 'payment', 'credit', 'customer'] as const) {
      await apply({ removed: [{ kind, id: 'X', changedAt: '2026-11-05T00:00:00Z' }] });
    }
    expect(await invoice('X')).toBeUndefined();
    expect(await stale()).toEqual([]);
  });

  test('a deleted payment or credit covers nothing any more, a deleted customer is not active', async () => {
    await apply({
      customers: [customerRow('C1')],
      payments: [paymentRow('P1', { unappliedMinor: 500 })],
      credits: [creditRow('K1')],
    });
    const gone = { changedAt: '2026-11-05T00:00:00Z' };
    await stale();
    await apply({
      removed: [
        { kind: 'payment', id: 'P1', ...gone },
        { kind: 'credit', id: 'K1', ...gone },
      ],
    });
    expect(await stale()).toEqual(['C1']);
    await apply({ removed: [{ kind: 'customer', id: 'C1', ...gone }] });
    expect(await stale()).toEqual(['C1']);
    await within(async (tx) => {
      expect(await tx.selectFrom('payment').select(['status', 'unapplied_minor']).executeTakeFirst()).toEqual(
        { status: 'deleted', unapplied_minor: 0 },
      );
      expect(await tx.selectFrom('credit').select('status').executeTakeFirst()).toEqual({
        status: 'deleted',
      });
      expect(await tx.selectFrom('customer').select('active').executeTakeFirst()).toEqual({ active: false });
    });
  });
});

describe('rows that cannot be read (R8)', () => {
  const bad = {
    kind: 'invoice',
    id: 'I1',
    customerId: 'C1',
    reason: 'Balance is "abc", not an amount',
  } as const;

  test('TOL-08: leave the stored row as it was, and mark its customer', async () => {
    await apply({ invoices: [invoiceRow('I1')] });
    await stale();
    await apply({ rejected: [bad] });
    expect((await invoice())?.open_minor).toBe(10_000);
    expect(await rejections()).toMatchObject([{ row_id: 'I1', customer_id: 'C1', reason: bad.reason }]);
    expect(await stale()).toEqual(['C1']);
  });

  test('name the customer of the stored row when they name none themselves', async () => {
    await apply({
      invoices: [invoiceRow('I1', { customerId: 'C9' })],
      payments: [paymentRow('P1')],
      credits: [creditRow('K1')],
    });
    await stale();
    const nameless = { customerId: null, reason: 'the whole row is odd' };
    await apply({
      rejected: [
        { ...nameless, kind: 'invoice', id: 'I1' },
        { ...nameless, kind: 'payment', id: 'P1' },
        { ...nameless, kind: 'customer', id: 'C7' },
        { ...nameless, kind: 'credit', id: 'X' },
      ],
    });
    expect((await rejections()).map((row) => [row.row_id, row.customer_id])).toEqual([
      ['C7', 'C7'],
      ['I1', 'C9'],
      ['P1', 'C1'],
      ['X', null],
    ]);
    expect(await stale()).toEqual(['C1', 'C7', 'C9']);
  });

  test('without an id are kept for each customer', async () => {
    await apply({
      rejected: [
        { ...bad, id: null },
        { ...bad, id: null, customerId: 'C2' },
      ],
    });
    expect((await rejections()).map((row) => row.customer_id).sort()).toEqual(['C1', 'C2']);
  });

  test('without an id are settled by a readable row of their kind and customer, in a later reading only', async () => {
    const nameless = { ...bad, id: null };
    await apply({ rejected: [nameless, { ...nameless, customerId: 'C2' }] });
    await apply({ invoices: [invoiceRow('I1')] });
    expect((await rejections()).map((row) => row.customer_id)).toEqual(['C1', 'C2']);
    const later = { now: new Date('2026-11-11T18:00:00Z'), first: false };
    const applyLater = (page: Partial<BooksPage>): Promise<void> =>
      within((tx) => applyPage(tx, companyId, booksPage(page), later));
    await stale();
    await applyLater({ payments: [paymentRow('P1')] });
    expect((await rejections()).map((row) => row.customer_id)).toEqual(['C1', 'C2']);
    await applyLater({ invoices: [invoiceRow('I1')], rejected: [nameless] });
    expect((await rejections()).map((row) => row.customer_id)).toEqual(['C1', 'C2']);
    await within((tx) =>
      applyPage(tx, companyId, booksPage({ invoices: [invoiceRow('I1')] }), {
        now: new Date('2026-11-12T18:00:00Z'),
        first: false,
      }),
    );
    expect((await rejections()).map((row) => row.customer_id)).toEqual(['C2']);
    expect(await stale()).toEqual(['C1']);
  });

  test('without an id are settled by a reading of everything that began later', async () => {
    await apply({
      rejected: [
        { ...bad, id: null },
        { ...bad, id: null, customerId: null },
      ],
    });
    await stale();
    await within((tx) => settleNameless(tx, companyId, now));
    expect(await rejections()).toHaveLength(2);
    await within((tx) => settleNameless(tx, companyId, new Date(now.getTime() + 1)));
    expect(await rejections()).toEqual([]);
    expect(await stale()).toEqual(['C1']);
  });

  test('are settled by the same row once it can be read, or is gone', async () => {
    await apply({ rejected: [bad, { ...bad, id: 'I2' }] });
    await stale();
    await apply({ invoices: [invoiceRow('I1')] });
    expect((await rejections()).map((row) => row.row_id)).toEqual(['I2']);
    await apply({ removed: [{ kind: 'invoice', id: 'I2', changedAt: '2026-11-05T00:00:00Z' }] });
    expect(await rejections()).toEqual([]);
    expect(await stale()).toEqual(['C1']);
  });
});
