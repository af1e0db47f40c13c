import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { noteMerge } from '../../src/books/merge.store.ts';
import { countsDiffer, forgetNamed, keepNamed, removeUnnamed } from '../../src/books/named.store.ts';
import { mayBeQuick, upkeepDue } from '../../src/books/reading-plan.ts';
import { showRejectedRows } from '../../src/books/show-rejected.store.ts';
import { sweepOpenInvoices } from '../../src/books/sweep.job.ts';
import { sync } from '../../src/books/sync.job.ts';
import { getCursor } from '../../src/books/sync-state.store.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { booksPage, creditRow, customerRow, invoiceRow, paymentRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  shop = await Workshop.open(database);
  shop.ledger.put({
    customers: [customerRow('C1'), customerRow('C2')],
    invoices: [invoiceRow('I1'), invoiceRow('I2', { customerId: 'C2' })],
    payments: [paymentRow('P1')],
    credits: [creditRow('K1')],
  });
  shop.ledger.about = new LedgerError('unavailable', 'not asked for here');
  await shop.morning();
});

const state = async (id: string): Promise<string | undefined> => {
  const row = await shop.within((tx) =>
    tx.selectFrom('invoice').select('status').where('invoice_id', '=', id).executeTakeFirst(),
  );
  return row?.status;
};

describe('the sweep of open invoices', () => {
  test('updates what was closed, removes what is gone, and says when it was', async () => {
    shop.ledger.put({ invoices: [invoiceRow('I1', { openMinor: 0, status: 'closed' })] });
    shop.ledger.invoices.delete('I2');
    shop.passMinutes(10);
    await sweepOpenInvoices(shop.duly, shop.companyId, shop.ledger);
    expect([await state('I1'), await state('I2')]).toEqual(['closed', 'deleted']);
    const cursor = await shop.within((tx) => getCursor(tx, shop.companyId));
    expect(cursor?.full_read_at).toEqual(shop.now());
    expect(await shop.within((tx) => tx.selectFrom('named_row').selectAll().execute())).toEqual([]);
  });

  test('that breaks off begins again without harm', async () => {
    const readInvoices = shop.ledger.readInvoices.bind(shop.ledger);
    shop.ledger.invoices.delete('I2');
    shop.ledger.readInvoices = () => Promise.reject(new Error('the process died'));
    await expect(sweepOpenInvoices(shop.duly, shop.companyId, shop.ledger)).rejects.toThrow('died');
    expect(await state('I2')).toBe('open');
    shop.ledger.readInvoices = readInvoices;
    await sweepOpenInvoices(shop.duly, shop.companyId, shop.ledger);
    expect([await state('I1'), await state('I2')]).toEqual(['open', 'deleted']);
  });

  test('is due weekly, and when somebody doubts', () => {
    const now = new Date('2026-11-20T00:00:00Z');
    const last = { profileReadAt: now, remindersReadAt: now, sweepAskedAt: null };
    expect(upkeepDue({ ...last, fullReadAt: new Date('2026-11-14T00:00:00Z') }, now).sweep).toBe(false);
    expect(upkeepDue({ ...last, fullReadAt: new Date('2026-11-13T00:00:00Z') }, now).sweep).toBe(true);
    expect(upkeepDue({ ...last, fullReadAt: now, sweepAskedAt: now }, now).sweep).toBe(true);
  });
});

describe('a reading anew', () => {
  test('SYN-15: rows of any kind that it did not name are gone', async () => {
    await shop.within(async (tx) => {
      await forgetNamed(tx, shop.companyId);
      await keepNamed(
        tx,
        shop.companyId,
        booksPage({ customers: [customerRow('C1')], invoices: [invoiceRow('I1')] }),
      );
      await removeUnnamed(tx, shop.companyId, shop.now());
    });
    expect([await state('I1'), await state('I2')]).toEqual(['open', 'deleted']);
    const left = await shop.within(async (tx) => ({
      customers: await tx.selectFrom('customer').select('customer_id').where('active', '=', true).execute(),
      payments: await tx.selectFrom('payment').select('status').execute(),
      credits: await tx.selectFrom('credit').select('status').execute(),
    }));
    expect(left).toEqual({
      customers: [{ customer_id: 'C1' }],
      payments: [{ status: 'deleted' }],
      credits: [{ status: 'deleted' }],
    });
  });

  test('is asked for when the mirror holds more or fewer rows than the ledger says', async () => {
    const differ = (rows: number | null) =>
      shop.within((tx) => countsDiffer(tx, shop.companyId, [{ kind: 'invoice', rows }]));
    expect([await differ(2), await differ(1), await differ(3), await differ(null)]).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });
});

describe('a merge that a doorbell told of', () => {
  const merge = (from: string, into: string) =>
    shop.within((tx) => noteMerge(tx, shop.companyId, from, into, shop.now()));
  const merged = async () => {
    const rows = await shop.within((tx) =>
      tx.selectFrom('customer').select(['customer_id', 'merged_into_id']).orderBy('customer_id').execute(),
    );
    return rows.map((row) => row.merged_into_id);
  };

  test('R16: is noted for two customers of the mirror, kept by later reads, and has the open invoices read again', async () => {
    expect(await merge('C1', 'C2')).toBe(true);
    expect(await merged()).toEqual(['C2', null]);
    shop.ledger.put({ customers: [customerRow('C1', { active: false, changedAt: '2026-11-11T00:00:00Z' })] });
    await sync(shop.duly, { companyId: shop.companyId, read: true });
    expect(await merged()).toEqual(['C2', null]);
    expect(shop.ledger.calls.sweeps).toBe(1);
    await sync(shop.duly, { companyId: shop.companyId, read: true });
    expect(shop.ledger.calls.sweeps).toBe(1);
  });

  test('is not believed for strangers, for oneself, or in a circle', async () => {
    expect(await merge('C1', 'C9')).toBe(false);
    expect(await merge('C9', 'C1')).toBe(false);
    expect(await merge('C1', 'C1')).toBe(false);
    expect(await merge('C1', 'C2')).toBe(true);
    expect(await merge('C2', 'C1')).toBe(false);
    expect(await merged()).toEqual(['C2', null]);
  });
});

describe('rows that can’t be read', () => {
  const shown = () =>
    shop.within((tx) =>
      tx
        .selectFrom('problem')
        .select(['subject', 'what', 'last_seen_at', 'resolved_at'])
        .where('kind', '=', 'row_unreadable')
        .execute(),
    );

  test('are shown and settled however many they are: more than a statement takes parameters', async () => {
    const show = () => shop.within((tx) => showRejectedRows(tx, shop.companyId, shop.now()));
    const change = (statement: string) =>
      shop.duly.pool.query(statement, [shop.companyId]).then(({ rowCount }) => rowCount);
    await change(`insert into rejected_row (company_id, kind, row_id, customer_id, reason, seen_at)
      select $1, 'invoice', 'bad-' || each, 'C1', 'CurrencyRef is "XXX"', '2026-11-10' from generate_series(1, 66000) each`);
    await show();
    expect(await shown()).toHaveLength(66_000);
    await change(`delete from rejected_row where company_id = $1 and row_id <> 'bad-7'`);
    await show();
    const open = (await shown()).filter((row) => row.resolved_at === null);
    expect(open.map((row) => row.subject)).toEqual(['invoice:bad-7']);
  });

  test('stand as they were while nothing new is said of them, and in the ledger’s newest words after that', async () => {
    const row = { kind: 'invoice' as const, id: 'bad-1', customerId: 'C1' };
    shop.ledger.rejected = [{ ...row, reason: 'CurrencyRef is "XXX"' }];
    await sync(shop.duly, { companyId: shop.companyId, read: true });
    const first = await shown();
    shop.passMinutes(10);
    shop.ledger.rejected = [];
    await sync(shop.duly, { companyId: shop.companyId, read: true });
    expect(await shown()).toEqual(first);
    shop.ledger.rejected = [{ ...row, reason: 'TotalAmt is missing' }];
    await sync(shop.duly, { companyId: shop.companyId, read: true });
    expect(await shown()).toMatchObject([
      { what: expect.stringContaining('TotalAmt is missing'), last_seen_at: shop.now(), resolved_at: null },
    ]);
  });
});

test('SYN-16: a customer that the ledger does not show is asked for once a reading, not with every page', async () => {
  const asked: (readonly string[])[] = [];
  shop.ledger.readCustomers = async (ids) => {
    asked.push(ids);
    return { customers: [], rejected: [] };
  };
  shop.ledger.readOpenInvoices = async function* () {
    for (const id of ['I7', 'I8', 'I9'])
      yield { invoices: [invoiceRow(id, { customerId: 'C7' })], removed: [], rejected: [] };
  };
  await sweepOpenInvoices(shop.duly, shop.companyId, shop.ledger);
  expect(asked).toEqual([['C7']]);
});

test('one read may vouch for the books only within a day of a whole one, and never after a failure', () => {
  const now = new Date('2026-11-20T20:00:00Z');
  expect(mayBeQuick(new Date('2026-11-20T01:00:00Z'), false, now)).toBe(true);
  expect(mayBeQuick(new Date('2026-11-20T01:00:00Z'), true, now)).toBe(false);
  expect(mayBeQuick(new Date('2026-11-20T00:00:00Z'), false, now)).toBe(false);
  expect(mayBeQuick(null, false, now)).toBe(false);
});
