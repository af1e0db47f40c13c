import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { readChanges } from '../../src/books/changes.job.ts';
import { applyPage } from '../../src/books/mirror.store.ts';
import { judgeWhole } from '../../src/books/unsound.store.ts';
import { judgeMoney, type NamedInvoice } from '../../src/books/unsound.ts';
import type { Credit, Payment } from '../../src/domain/books.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { booksPage, creditRow, customerRow, invoiceRow, paymentRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

const on = (amountMinor: number, invoiceId = 'I1') => ({ allocations: [{ invoiceId, amountMinor }] });

describe('money that contradicts itself or what it settles', () => {
  const invoice: NamedInvoice = { invoiceId: 'I1', currency: 'USD', status: 'open', totalMinor: 8_000 };
  const reasons = (payments: readonly Payment[], credits: readonly Credit[] = []): readonly string[] =>
    judgeMoney({ payments, credits }, new Map([['I1', invoice]])).rejected.map((row) => row.reason);

  test('SYN-09, SYN-10: an allocation above the invoice, or parts above the whole, alone among sound ones', () => {
    expect(reasons([paymentRow('P1', on(8_001)), paymentRow('P2', on(8_000))])).toEqual([
      '80.01 USD of it are set against invoice I1, which is only 80.00 USD',
    ]);
    expect(reasons([paymentRow('P1', { totalMinor: 100, ...on(200) })])).toEqual([
      '2.00 USD of it are set against invoices, but it is only 1.00 USD',
    ]);
    expect(reasons([], [creditRow('K1', on(5_001)), creditRow('K2', on(5_000))])).toHaveLength(1);
  });

  test('credits that a payment brings settle invoices as well, and an unknown invoice contradicts nothing yet', () => {
    expect(reasons([paymentRow('P1', { totalMinor: 0, creditsMinor: 200, ...on(200) })])).toEqual([]);
    expect(reasons([paymentRow('P1', on(9_000, 'I9'))])).toEqual([]);
    expect(reasons([paymentRow('P1', { status: 'void', totalMinor: 0, ...on(200) })])).toEqual([]);
  });

  test('lists without a fault are the very same', () => {
    const lists = { payments: [paymentRow('P1', on(1))], credits: [creditRow('K1')] };
    const judged = judgeMoney(lists, new Map());
    expect(judged.payments).toBe(lists.payments);
    expect(judged.credits).toBe(lists.credits);
  });
});

describe('what only a whole reading shows', () => {
  let database: TestDatabase;
  let shop: Workshop;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });
  beforeEach(async () => {
    shop = await Workshop.open(database, 'approve');
  });

  const held = () =>
    shop.within(async (tx) => {
      const rows = await tx
        .selectFrom('rejected_row')
        .select(['kind', 'row_id', 'customer_id', 'reason'])
        .orderBy('row_id')
        .execute();
      return rows.map((row) => `${row.kind} ${row.row_id} ${row.customer_id}: ${row.reason}`);
    });

  test('R8: a payment for an invoice that the ledger never shows holds its customer until it does', async () => {
    shop.ledger.put({
      customers: [customerRow('C1'), customerRow('C2')],
      invoices: [invoiceRow('I1'), invoiceRow('I2', { customerId: 'C2' })],
      payments: [paymentRow('P1', on(10_000, 'I7'))],
    });
    await shop.morning();
    expect(await held()).toEqual(['payment P1 C1: it pays an invoice that the ledger does not show: I7']);
    expect(await shop.problems()).toContain('row_unreadable');
    // the other customer goes on
    expect((await shop.touches()).map((touch) => touch.customer_id)).toEqual(['C2']);
    shop.ledger.put({ invoices: [invoiceRow('I7', { openMinor: 0, status: 'closed' })] });
    shop.ledger.payments.clear();
    await shop.morning();
    expect(await held()).toEqual([]);
    expect(await shop.problems()).not.toContain('row_unreadable');
  });

  test('R12: customers whose parents run in a circle are held, each with the way round, until one is mended', async () => {
    const child = (id: string, parentId: string | null, changedAt = '2026-10-01T00:00:00Z') =>
      customerRow(id, { parentId, billsWithParent: true, changedAt });
    shop.ledger.put({
      customers: [child('C1', 'C2'), child('C2', 'C1'), child('C3', 'C1'), customerRow('C4')],
      invoices: [invoiceRow('I1'), invoiceRow('I4', { customerId: 'C4' })],
    });
    await shop.morning();
    const words = 'take one of them out of its parent';
    expect(await held()).toEqual([
      `customer C1 C1: its parent customers run in a circle: Customer C1 → Customer C2 → Customer C1; ${words}`,
      `customer C2 C2: its parent customers run in a circle: Customer C2 → Customer C1 → Customer C2; ${words}`,
    ]);
    expect((await shop.touches()).map((touch) => touch.customer_id)).toEqual(['C4']);
    shop.ledger.customers.clear();
    shop.ledger.put({ customers: [child('C1', null, '2026-11-10T00:00:00Z')] });
    await shop.morning();
    expect(await held()).toEqual([]);
    expect((await shop.touches()).map((touch) => touch.customer_id)).toEqual(['C4', 'C1']);
  });

  test('R8, SYN-10: money that an invoice contradicts holds its customer after the first reading too, until it is mended', async () => {
    shop.ledger.put({
      customers: [customerRow('C1'), customerRow('C2'), customerRow('C3')],
      invoices: [
        invoiceRow('I1', { totalMinor: 20_000 }),
        invoiceRow('I2', { customerId: 'C2' }),
        invoiceRow('I3', { customerId: 'C3' }),
      ],
    });
    const payments = [paymentRow('P1', { totalMinor: 30_000, ...on(20_001) })];
    const credits = [creditRow('K2', { customerId: 'C2', totalMinor: 30_000, ...on(10_001, 'I2') })];
    const { now } = shop.duly.clock;
    await readChanges(shop.duly, shop.companyId, shop.ledger);
    await shop.within(async (tx) => {
      await applyPage(tx, shop.companyId, booksPage({ payments, credits }), { now: now(), first: true });
      await judgeWhole(tx, shop.companyId, null, now());
    });
    expect(await held()).toEqual([
      'credit K2 C2: it contradicts an invoice: 100.01 USD of it are set against invoice I2, which is only 100.00 USD',
      'payment P1 C1: it contradicts an invoice: 200.01 USD of it are set against invoice I1, which is only 200.00 USD',
    ]);
    await shop.morning();
    expect((await shop.touches()).map((touch) => touch.customer_id)).toEqual(['C3']);
    shop.ledger.payments.clear();
    shop.ledger.credits.clear();
    shop.ledger.put({
      invoices: [invoiceRow('I1', { totalMinor: 20_001, changedAt: '2026-11-10T00:00:00Z' })],
    });
    await shop.morning();
    expect(await held()).toHaveLength(1);
  });

  test('R8: a payment with two faults is held once, by the invoice that is missing', async () => {
    shop.ledger.put({ customers: [customerRow('C1')], invoices: [invoiceRow('I1')] });
    await readChanges(shop.duly, shop.companyId, shop.ledger);
    const allocations = [
      { invoiceId: 'I1', amountMinor: 10_001 },
      { invoiceId: 'I7', amountMinor: 1 },
    ];
    const payments = [paymentRow('P1', { totalMinor: 30_000, allocations })];
    const now = shop.duly.clock.now();
    await shop.within(async (tx) => {
      await applyPage(tx, shop.companyId, booksPage({ payments }), { now, first: true });
      await judgeWhole(tx, shop.companyId, null, now);
    });
    expect(await held()).toEqual(['payment P1 C1: it pays an invoice that the ledger does not show: I7']);
  });

  test('a first reading is judged at once even before PostgreSQL has ever counted the company’s rows', async () => {
    await database.pool.query('analyze');
    const rows = 8_000;
    const { companyId } = shop;
    await shop.within(async (tx) => {
      await sql`insert into invoice (company_id, invoice_id, customer_id, issued_on, currency, total_minor, open_minor,
          status, sent, emails, changed_at, version)
        select ${companyId}, 'I' || n, 'C1', '2026-01-01', 'USD', 100, 0, 'closed', 'yes', '{}', now(), '0'
        from generate_series(1, ${rows}::int) n`.execute(tx);
      await sql`insert into payment (company_id, payment_id, customer_id, paid_on, currency, total_minor,
          unapplied_minor, status, allocations, seen_at, changed_at, version)
        select ${companyId}, 'P' || n, 'C1', '2026-02-01', 'USD', 100, 0, 'valid',
          jsonb_build_array(jsonb_build_object('invoiceId', 'I' || n, 'amountMinor', 100)), now(), now(), '0'
        from generate_series(2, ${rows + 1}::int) n`.execute(tx);
      // compared with each other one by one it would take many times as long
      await sql`set local statement_timeout = '3s'`.execute(tx);
      await judgeWhole(tx, companyId, null, new Date('2026-11-10T18:00:00Z'));
    });
    expect(await held()).toEqual([
      `payment P${rows + 1} C1: it pays an invoice that the ledger does not show: I${rows + 1}`,
    ]);
  });
});
