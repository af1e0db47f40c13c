import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { tellUnexplained } from '../../src/books/changed.store.ts';
import { nothingUnsettled } from '../../src/books/changed.ts';
import { noteMerge } from '../../src/books/merge.store.ts';
import { applyPage } from '../../src/books/mirror.store.ts';
import { forgetNamed, keepNamed, removeUnnamed } from '../../src/books/named.store.ts';
import { day } from '../../src/domain/day.ts';
import { inCompany, type Tx } from '../../src/platform/db.ts';
import type { BooksPage } from '../../src/ports/ledger.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { booksPage, creditRow, customerRow, invoiceRow, paymentRow } from '../support/values.ts';

let database: TestDatabase;
let companyId: string;
const now = new Date('2026-11-10T18:00:00Z');
const later = '2026-11-10T17:00:00Z';

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  companyId = await addCompany(database.db);
  const page = {
    customers: [customerRow('C1'), customerRow('C2')],
    invoices: [invoiceRow('I1')],
    payments: [paymentRow('P1')],
  };
  await within((tx) => applyPage(tx, companyId, booksPage(page), { now, first: true }));
});

const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inCompany(database.db, companyId, work);
const apply = (page: Partial<BooksPage>): Promise<void> =>
  within((tx) => applyPage(tx, companyId, booksPage(page), { now, first: false }));
const told = async (): Promise<readonly string[]> => {
  const rows = await within((tx) =>
    tx.selectFrom('activity').select(['kind', 'customer_id']).orderBy('activity_id').execute(),
  );
  return rows.map((row) => `${row.kind} ${row.customer_id}`);
};

describe('what a page changed is recorded', () => {
  test('nothing in a first sync, nothing for the same rows again or an older version that comes late', async () => {
    await apply({
      invoices: [invoiceRow('I1')],
      payments: [paymentRow('P1')],
      customers: [customerRow('C1')],
    });
    await apply({ invoices: [invoiceRow('I1', { openMinor: 1, changedAt: '2026-09-01T00:00:00Z' })] });
    expect(await told()).toEqual([]);
  });

  test('R6: a payment that comes and is removed again, and a balance that nothing explains', async () => {
    const allocations = [{ invoiceId: 'I1', amountMinor: 10_000 }];
    await apply({
      invoices: [invoiceRow('I1', { openMinor: 0, status: 'closed', changedAt: later })],
      payments: [paymentRow('P2', { allocations })],
    });
    await apply({
      invoices: [invoiceRow('I1', { openMinor: 10_000, changedAt: '2026-11-10T17:10:00Z' })],
      removed: [{ kind: 'payment', id: 'P2', changedAt: later }],
    });
    await apply({ invoices: [invoiceRow('I1', { openMinor: 7_000, changedAt: '2026-11-10T17:20:00Z' })] });
    expect(await told()).toEqual(['payment_seen C1', 'payment_taken_back C1', 'invoice_lowered C1']);
  });

  test('a balance waits for the money of the reading’s later pages', async () => {
    const unsettled = nothingUnsettled();
    const take = (page: Partial<BooksPage>): Promise<void> =>
      within((tx) => applyPage(tx, companyId, booksPage(page), { now, first: false, unsettled }));
    await take({ invoices: [invoiceRow('I1', { openMinor: 6_000, changedAt: later })] });
    expect(await told()).toEqual([]);
    const allocations = [{ invoiceId: 'I1', amountMinor: 4_000 }];
    await take({ credits: [creditRow('K1', { remainingMinor: 1_000, allocations })] });
    await within((tx) => tellUnexplained(tx, companyId, unsettled, now));
    expect(await told()).toEqual(['credit_seen C1']);
  });

  test('a payment that was read before its invoice’s new balance explains that one, in the next reading', async () => {
    const allocations = [{ invoiceId: 'I1', amountMinor: 10_000 }];
    const closed = { openMinor: 0, status: 'closed' } as const;
    await apply({ payments: [paymentRow('P2', { allocations, changedAt: later })] });
    await apply({ invoices: [invoiceRow('I1', { ...closed, changedAt: later })] });
    expect(await told()).toEqual(['payment_seen C1']);
    // and the same when it is taken back
    await apply({ removed: [{ kind: 'payment', id: 'P2', changedAt: later }] });
    await apply({ invoices: [invoiceRow('I1', { changedAt: '2026-11-10T17:10:00Z' })] });
    expect(await told()).toEqual(['payment_seen C1', 'payment_taken_back C1']);
    // what no payment explains is told, however much was told of the invoice before
    await apply({ invoices: [invoiceRow('I1', { openMinor: 7_000, changedAt: '2026-11-10T17:20:00Z' })] });
    expect((await told()).at(-1)).toBe('invoice_lowered C1');
  });

  test('more can be told of one reading than a statement holds values', async () => {
    await within(async (tx) => {
      await sql`insert into invoice (company_id, invoice_id, customer_id, issued_on, due_on, currency, total_minor,
          open_minor, status, sent, emails, changed_at, version)
        select ${companyId}::uuid, 'N' || n, 'C1', '2026-01-01', '2026-02-01', 'USD', 100, 100, 'open', 'yes', '{}',
          now(), '0' from generate_series(1, 6500) n`.execute(tx);
      await forgetNamed(tx, companyId);
      const page = { customers: [customerRow('C1'), customerRow('C2')], invoices: [invoiceRow('I1')] };
      await keepNamed(tx, companyId, booksPage({ ...page, payments: [paymentRow('P1')] }));
      await removeUnnamed(tx, companyId, now);
    });
    expect(await told()).toHaveLength(6_500);
  });

  test('R16: an invoice that moves is told at both customers, a merge as well', async () => {
    await apply({ invoices: [invoiceRow('I1', { customerId: 'C2', changedAt: later })] });
    await within((tx) => noteMerge(tx, companyId, 'C2', 'C1', now));
    expect(await told()).toEqual([
      'invoice_moved C1',
      'invoice_moved C2',
      'customer_merged C2',
      'customer_merged C1',
    ]);
  });

  test('what a reading anew does not find is told; what is not due is not', async () => {
    await apply({ invoices: [invoiceRow('I2', { dueOn: day('2026-12-24') })] });
    await within(async (tx) => {
      await forgetNamed(tx, companyId);
      await keepNamed(tx, companyId, booksPage({ customers: [customerRow('C1')] }));
      await removeUnnamed(tx, companyId, now);
    });
    expect(await told()).toEqual(['invoice_deleted C1']);
  });
});
