import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { booksOf } from '../../sandbox/books/books.ts';
import { Desk } from '../../sandbox/books/desk.ts';
import type { BooksApi, BooksEvent, SandboxCompany, Vendor } from '../../sandbox/books/model.ts';
import { openStore } from '../../sandbox/store.ts';
import { cpuMs } from '../support/took.ts';

const NOW = '2026-11-23T18:00:00.000Z';
const DAY = '2026-11-23';

function company(vendor: Vendor): SandboxCompany {
  return {
    id: 'c1',
    vendor,
    name: 'Test',
    legalName: 'Test',
    email: 'a@test.example',
    phone: '',
    country: 'US',
    timeZone: 'America/Los_Angeles',
    baseCurrency: 'USD',
    remindersOn: false,
    suspended: false,
    address: { line1: '', city: '', region: '', postalCode: '', country: 'US' },
  };
}

function open(vendor: Vendor = 'intuit', dir?: string): { books: BooksApi; close: () => void } {
  const store = openStore(dir);
  const desk = new Desk(store, { now: () => new Date(NOW), set: () => {} }, 1);
  const books = booksOf(desk);
  if (books.companies().length === 0) books.addCompany(company(vendor));
  return { books, close: () => store.close() };
}

function addCustomer(books: BooksApi, name: string, currency = 'USD') {
  const { address } = books.company('c1');
  return books.addCustomer('c1', {
    name,
    contacts: [],
    address,
    billWithParent: false,
    active: true,
    currency,
    termsDays: 30,
  });
}

function addInvoice(books: BooksApi, customerId: string, totalMinor: number, date = DAY, currency = 'USD') {
  return books.addInvoice('c1', {
    customerId,
    date,
    currency,
    totalMinor,
    status: 'open',
    lines: [],
    disputed: false,
  });
}

function pay(
  books: BooksApi,
  customerId: string,
  totalMinor: number,
  parts: [string, number][],
  currency = 'USD',
) {
  const applyTo = parts.map(([invoiceId, amountMinor]) => ({ invoiceId, amountMinor }));
  return books.addPayment('c1', { customerId, date: DAY, currency, totalMinor, status: 'open' }, applyTo);
}

const code = (expected: string) => expect.objectContaining({ code: expected });

function refusal(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return 'not refused';
}

describe("the sandbox ledger's arithmetic", () => {
  it('moves the balance with a part payment, the rest, and back when the payment is deleted', () => {
    const { books } = open();
    const { id: ada } = addCustomer(books, 'Ada');
    const invoice = addInvoice(books, ada, 10_000);
    pay(books, ada, 4_000, [[invoice.id, 4_000]]);
    expect(books.balanceMinor('c1', invoice.id)).toBe(6_000);
    const rest = pay(books, ada, 7_500, [[invoice.id, 6_000]]);
    expect(books.balanceMinor('c1', invoice.id)).toBe(0);
    expect(books.unallocatedMinor('c1', 'payment', rest.id)).toBe(1_500);
    expect(books.customerBalanceMinor('c1', ada)).toEqual({ USD: -1_500 });
    books.deletePayment('c1', rest.id);
    expect(books.balanceMinor('c1', invoice.id)).toBe(6_000);
    expect(books.customerBalanceMinor('c1', ada)).toEqual({ USD: 6_000 });
    expect(books.invoice('c1', invoice.id).version).toBe(3);
  });

  it('sets a credit against an invoice, takes it off again, and leaves it unapplied when the invoice is voided', () => {
    const { books } = open('xero');
    const { id: ada } = addCustomer(books, 'Ada');
    const invoice = addInvoice(books, ada, 10_000);
    const credit = books.addCredit('c1', {
      customerId: ada,
      kind: 'credit_note',
      date: DAY,
      currency: 'USD',
      totalMinor: 3_000,
      status: 'open',
    });
    const row = { sourceKind: 'credit', sourceId: credit.id, invoiceId: invoice.id, date: DAY } as const;
    const part = books.allocate('c1', { ...row, amountMinor: 2_000 });
    expect([books.balanceMinor('c1', invoice.id), books.unallocatedMinor('c1', 'credit', credit.id)]).toEqual(
      [8_000, 1_000],
    );
    books.removeAllocation('c1', part.id);
    expect([books.balanceMinor('c1', invoice.id), books.unallocatedMinor('c1', 'credit', credit.id)]).toEqual(
      [10_000, 3_000],
    );
    books.allocate('c1', { ...row, amountMinor: 3_000 });
    books.voidInvoice('c1', invoice.id);
    expect(books.balanceMinor('c1', invoice.id)).toBe(0);
    expect(books.customerBalanceMinor('c1', ada)).toEqual({ USD: -3_000 });
  });

  it('refuses what a ledger refuses, and leaves nothing of it behind', () => {
    const { books } = open();
    const { id: ada } = addCustomer(books, 'Ada');
    const { id: bob } = addCustomer(books, 'Bob');
    const { id: eva } = addCustomer(books, 'Eva', 'EUR');
    const invoice = addInvoice(books, ada, 10_000);
    expect(refusal(() => pay(books, ada, 20_000, [[invoice.id, 10_001]]))).toEqual(code('over_allocated'));
    expect(refusal(() => pay(books, ada, 5_000, [[invoice.id, 6_000]]))).toEqual(code('over_allocated'));
    expect(refusal(() => pay(books, bob, 5_000, [[invoice.id, 5_000]]))).toEqual(code('invalid'));
    expect(refusal(() => addInvoice(books, eva, 100))).toEqual(code('wrong_currency'));
    expect(refusal(() => addInvoice(books, ada, 0.5))).toEqual(code('invalid'));
    expect(refusal(() => addInvoice(books, ada, 100, '2026-02-30'))).toEqual(code('invalid'));
    expect(refusal(() => addCustomer(books, 'ADA'))).toEqual(code('duplicate_name'));
    expect(refusal(() => books.updateInvoice('c1', invoice.id, { version: 7 }))).toEqual(code('stale'));
    expect(refusal(() => books.invoice('c1', 'none'))).toEqual(code('not_found'));
    expect(books.payments('c1')).toEqual([]);
    expect(books.customerBalanceMinor('c1', ada)).toEqual({ USD: 10_000 });
    expect(books.invoice('c1', invoice.id).version).toBe(0);
  });

  it('keeps a closed period closed, but lets it be paid later and noted on', () => {
    const { books } = open();
    const { id: ada } = addCustomer(books, 'Ada');
    const invoice = addInvoice(books, ada, 10_000, '2026-10-15');
    books.updateCompany('c1', { lockedUntil: '2026-10-31' });
    expect(refusal(() => books.voidInvoice('c1', invoice.id))).toEqual(code('closed_period'));
    expect(refusal(() => books.updateInvoice('c1', invoice.id, { privateNote: 'x' }))).toEqual(
      code('closed_period'),
    );
    expect(refusal(() => addInvoice(books, ada, 1, '2026-10-31'))).toEqual(code('closed_period'));
    books.addNote('c1', invoice.id, 'app', 'A reminder went out');
    pay(books, ada, 10_000, [[invoice.id, 10_000]]);
    expect(books.balanceMinor('c1', invoice.id)).toBe(0);
    expect(books.notes('c1', invoice.id).map((note) => note.text)).toEqual(['A reminder went out']);
  });

  it('moves everything to the surviving customer in a merge', () => {
    const { books } = open();
    const { id: old } = addCustomer(books, 'Ada (old)');
    const { id: ada } = addCustomer(books, 'Ada');
    addInvoice(books, old, 10_000);
    addInvoice(books, ada, 500);
    books.mergeCustomer('c1', old, ada);
    expect(books.customer('c1', old)).toMatchObject({ active: false, mergedInto: ada });
    expect(books.customerBalanceMinor('c1', ada)).toEqual({ USD: 10_500 });
    expect(books.customerBalanceMinor('c1', old)).toEqual({});
  });

  it('tells listeners of the payment and of the invoice it touched, and survives a listener that fails', () => {
    const { books } = open();
    const { id: ada } = addCustomer(books, 'Ada');
    const invoice = addInvoice(books, ada, 10_000);
    const heard: BooksEvent[] = [];
    books.onEvent(() => {
      throw new Error('no line');
    });
    books.onEvent((event) => heard.push(event));
    const payment = pay(books, ada, 10_000, [[invoice.id, 10_000]]);
    expect(heard.map(({ entity, id, verb }) => [entity, id, verb])).toEqual([
      ['payment', payment.id, 'created'],
      ['invoice', invoice.id, 'updated'],
    ]);
  });

  it('balances to the unit after any run of events: total − allocations, and customers add up', () => {
    const step = fc.record({
      act: fc.constantFrom('invoice', 'pay', 'credit', 'allocate', 'remove', 'delete', 'void', 'voidCredit'),
      pick: fc.nat(50),
      other: fc.nat(50),
      minor: fc.integer({ min: -50, max: 20_000 }),
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.constantFrom<Vendor>('intuit', 'xero'),
        (steps, vendor) => {
          const { books, close } = open(vendor);
          const people = ['Ada', 'Bob'].map((name) => addCustomer(books, name).id);
          for (const { act, pick, other, minor } of steps) {
            refusal(() => run(books, people, act, pick, other, minor));
          }
          holds(books, people);
          close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('comes up with the same books after it was closed, ids growing on', () => {
    const dir = mkdtempSync(join(tmpdir(), 'sandbox-books-'));
    try {
      const first = open('intuit', dir);
      const { id: ada } = addCustomer(first.books, 'Ada');
      const invoice = addInvoice(first.books, ada, 10_000);
      pay(first.books, ada, 4_000, [[invoice.id, 3_000]]);
      first.books.addNote('c1', invoice.id, 'app', 'Noted');
      const before = [first.books.invoices('c1'), first.books.payments('c1'), first.books.allocations('c1')];
      first.close();
      const second = open('intuit', dir);
      const after = [
        second.books.invoices('c1'),
        second.books.payments('c1'),
        second.books.allocations('c1'),
      ];
      expect(after).toEqual(before);
      expect(second.books.balanceMinor('c1', invoice.id)).toBe(7_000);
      expect(second.books.customerBalanceMinor('c1', ada)).toEqual({ USD: 6_000 });
      const ids = [...second.books.notes('c1'), addInvoice(second.books, ada, 1)].map((row) =>
        Number(row.id),
      );
      expect(ids[1]).toBeGreaterThan(ids[0] ?? Infinity);
      second.close();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('stays quick with 10,000 open invoices', async () => {
    const { books } = open();
    const people = Array.from({ length: 100 }, (_, i) => addCustomer(books, `Customer ${i}`).id);
    for (let i = 0; i < 10_000; i++) addInvoice(books, people[i % 100] ?? '', 1_000 + i);
    const took = await cpuMs(3, () => {
      for (const invoice of books.invoices('c1')) books.balanceMinor('c1', invoice.id);
      for (const id of people) books.customerBalanceMinor('c1', id);
    });
    expect(took).toBeLessThan(500);
  });
});

function run(
  books: BooksApi,
  people: string[],
  act: string,
  pick: number,
  other: number,
  minor: number,
): unknown {
  const at = <T extends { id: string }>(rows: readonly T[], n: number) =>
    rows[n % Math.max(1, rows.length)]?.id ?? 'none';
  const customerId = people[pick % 2] ?? '';
  const invoiceId = at(books.invoices('c1'), other);
  if (act === 'invoice') return addInvoice(books, customerId, minor);
  if (act === 'pay')
    return pay(books, customerId, minor, [[invoiceId, Math.min(minor, books.balanceMinor('c1', invoiceId))]]);
  if (act === 'credit') {
    return books.addCredit('c1', {
      customerId,
      kind: 'credit_note',
      date: DAY,
      currency: 'USD',
      totalMinor: minor,
      status: 'open',
    });
  }
  if (act === 'allocate') {
    const sourceKind = pick % 2 ? 'payment' : 'credit';
    const sources: readonly { id: string }[] =
      sourceKind === 'payment' ? books.payments('c1') : books.credits('c1');
    const sourceId = at(sources, pick);
    return books.allocate('c1', { sourceKind, sourceId, invoiceId, amountMinor: minor, date: DAY });
  }
  if (act === 'remove') return books.removeAllocation('c1', at(books.allocations('c1'), pick));
  if (act === 'delete') return books.deletePayment('c1', at(books.payments('c1'), pick));
  if (act === 'voidCredit') return books.voidCredit('c1', at(books.credits('c1'), pick));
  return books.voidInvoice('c1', invoiceId);
}

/** The rules, counted again from the bare rows. */
function holds(books: BooksApi, people: string[]): void {
  const sum = (rows: readonly { amountMinor: number }[]) =>
    rows.reduce((total, row) => total + row.amountMinor, 0);
  const parts = books.allocations('c1');
  for (const invoice of books.invoices('c1')) {
    const set = sum(parts.filter((part) => part.invoiceId === invoice.id));
    const balance = books.balanceMinor('c1', invoice.id);
    expect(balance).toBe(invoice.status === 'open' ? invoice.totalMinor - set : 0);
    if (invoice.totalMinor >= 0) expect(balance).toBeGreaterThanOrEqual(0);
    if (invoice.status !== 'open') expect(set).toBe(0);
  }
  let rests = 0;
  for (const kind of ['payment', 'credit'] as const) {
    for (const source of kind === 'payment' ? books.payments('c1') : books.credits('c1')) {
      const used = sum(parts.filter((part) => part.sourceKind === kind && part.sourceId === source.id));
      const left = books.unallocatedMinor('c1', kind, source.id);
      expect(left).toBe(source.status === 'open' ? source.totalMinor - used : 0);
      expect(left).toBeGreaterThanOrEqual(0);
      rests += left;
    }
  }
  const owed = books.invoices('c1').reduce((total, row) => total + books.balanceMinor('c1', row.id), 0);
  const customers = people.reduce((total, id) => total + (books.customerBalanceMinor('c1', id).USD ?? 0), 0);
  expect(customers).toBe(owed - rests);
}
