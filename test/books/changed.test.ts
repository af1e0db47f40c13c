import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addMoves, changedIn, nothingUnsettled, unexplained } from '../../src/books/changed.ts';
import type { Seen, SeenCredit, SeenCustomer, SeenInvoice, SeenPayment } from '../../src/books/seen.ts';
import { day } from '../../src/domain/day.ts';
import { formatMoney } from '../../src/domain/money.ts';
import { currency } from '../support/values.ts';

const USD = currency('USD');
const telling = {
  today: day('2026-11-10'),
  money: (minor: number, of: typeof USD) => formatMoney(minor, of, 'en-US'),
};

const invoice = (more: Partial<SeenInvoice> = {}): SeenInvoice => ({
  invoiceId: 'I1',
  number: '1042',
  customerId: 'C1',
  dueOn: day('2026-10-01'),
  currency: USD,
  totalMinor: 100_000,
  openMinor: 100_000,
  status: 'open',
  named: false,
  ...more,
});
const payment = (more: Partial<SeenPayment> = {}): SeenPayment => ({
  paymentId: 'P1',
  customerId: 'C1',
  paidOn: day('2026-11-09'),
  currency: USD,
  totalMinor: 40_000,
  unappliedMinor: 0,
  status: 'valid',
  allocations: [{ invoiceId: 'I1', amountMinor: 40_000 }],
  owing: true,
  ...more,
});
const credit = (more: Partial<SeenCredit> = {}): SeenCredit => ({
  creditId: 'K1',
  kind: 'credit_note',
  customerId: 'C1',
  issuedOn: day('2026-11-08'),
  currency: USD,
  totalMinor: 30_000,
  remainingMinor: 0,
  status: 'closed',
  allocations: [{ invoiceId: 'I1', amountMinor: 30_000 }],
  owing: true,
  ...more,
});
const customer = (more: Partial<SeenCustomer> = {}): SeenCustomer => ({
  customerId: 'C1',
  name: 'Acme',
  active: true,
  mergedIntoId: null,
  chased: true,
  ...more,
});

interface Rows {
  readonly customers?: readonly SeenCustomer[];
  readonly invoices?: readonly SeenInvoice[];
  readonly payments?: readonly SeenPayment[];
  readonly credits?: readonly SeenCredit[];
}
const seen = (rows: Rows): Seen => ({
  customers: new Map((rows.customers ?? []).map((row) => [row.customerId, row])),
  invoices: new Map((rows.invoices ?? []).map((row) => [row.invoiceId, row])),
  payments: new Map((rows.payments ?? []).map((row) => [row.paymentId, row])),
  credits: new Map((rows.credits ?? []).map((row) => [row.creditId, row])),
});

/** All that is told of one reading that consists of one page. */
function told(before: Rows, after: Rows): readonly string[] {
  const [a, b] = [seen(before), seen(after)];
  const waiting = nothingUnsettled();
  addMoves(waiting, a, b, telling);
  return [...changedIn(a, b, telling), ...unexplained(waiting, telling)].map(
    (entry) => `${entry.kind} ${entry.customerId}: ${entry.summary}`,
  );
}

describe('what changed in the ledger, in words', () => {
  const owed = invoice();
  const part = invoice({ openMinor: 60_000 });

  test('a payment that came in, with what is still open; the invoice itself adds nothing', () => {
    expect(told({ invoices: [owed] }, { invoices: [part], payments: [payment()] })).toEqual([
      'payment_seen C1: Payment of $400.00 of 2026-11-09 came in: $400.00 on invoice 1042 ($600.00 open now).',
    ]);
  });

  test('R6: one that is deleted, voided, lowered or taken off an invoice', () => {
    const before = { invoices: [part], payments: [payment()] };
    const changedTo = (more: Partial<SeenPayment>, openMinor = 100_000): Rows => ({
      invoices: [invoice({ openMinor })],
      payments: [payment(more)],
    });
    expect(told(before, changedTo({ status: 'deleted' }))).toEqual([
      'payment_taken_back C1: Payment of $400.00 of 2026-11-09 was deleted in the ledger: $400.00 on invoice 1042 ($1,000.00 open now).',
    ]);
    expect(told(before, changedTo({ status: 'void', totalMinor: 0, allocations: [] }))[0]).toContain(
      'Payment of $400.00 of 2026-11-09 was voided in the ledger: $400.00 on invoice 1042',
    );
    expect(told(before, changedTo({ allocations: [], unappliedMinor: 40_000 }))).toEqual([
      'payment_taken_back C1: Payment of 2026-11-09 was taken off: $400.00 on invoice 1042 ($1,000.00 open now).',
    ]);
    const lower = { totalMinor: 10_000, allocations: [{ invoiceId: 'I1', amountMinor: 10_000 }] };
    expect(told(before, changedTo(lower, 90_000))).toEqual([
      'payment_taken_back C1: Payment of 2026-11-09 was lowered from $400.00 to $100.00: $300.00 on invoice 1042 ($900.00 open now).',
    ]);
  });

  test('credits: set against an invoice, taken back, and set through a payment of nothing', () => {
    const less = invoice({ openMinor: 70_000 });
    expect(told({ invoices: [owed] }, { invoices: [less], credits: [credit()] })).toEqual([
      'credit_seen C1: Credit note of $300.00 of 2026-11-08 came in: $300.00 on invoice 1042 ($700.00 open now).',
    ]);
    expect(
      told(
        { invoices: [less], credits: [credit()] },
        { invoices: [owed], credits: [credit({ status: 'open', allocations: [], remainingMinor: 30_000 })] },
      ),
    ).toEqual([
      'credit_taken_back C1: Credit note of 2026-11-08 was taken off: $300.00 on invoice 1042 ($1,000.00 open now).',
    ]);
    const through = payment({ totalMinor: 0, allocations: [{ invoiceId: 'I1', amountMinor: 30_000 }] });
    expect(told({ invoices: [owed] }, { invoices: [less], payments: [through] })).toEqual([
      'credit_seen C1: Credit of 2026-11-09 came in: $300.00 on invoice 1042 ($700.00 open now).',
    ]);
    expect(told({ invoices: [owed] }, { invoices: [owed], credits: [credit({ status: 'draft' })] })).toEqual(
      [],
    );
  });

  test('an invoice raised, lowered, re-dated, voided, deleted and back again', () => {
    const to = (more: Partial<SeenInvoice>, from = owed): readonly string[] =>
      told({ invoices: [from] }, { invoices: [invoice(more)] });
    expect(to({ totalMinor: 120_000, openMinor: 120_000 })).toEqual([
      'invoice_raised C1: Invoice 1042 was raised in the ledger from $1,000.00 to $1,200.00; $1,200.00 of it is open.',
    ]);
    expect(to({ totalMinor: 90_000, openMinor: 90_000 })[0]).toContain('was lowered');
    expect(to({ dueOn: day('2026-12-20') })).toEqual([
      'invoice_redated C1: Invoice 1042, with $1,000.00 open, is due 2026-12-20 now; it was due 2026-10-01.',
    ]);
    expect(to({ status: 'void', totalMinor: 0, openMinor: 0 })).toEqual([
      'invoice_voided C1: Invoice 1042 was voided in the ledger; $1,000.00 was open.',
    ]);
    expect(to({ status: 'deleted' })).toEqual([
      'invoice_deleted C1: Invoice 1042 was deleted in the ledger; $1,000.00 was open.',
    ]);
    expect(to({}, invoice({ status: 'void', openMinor: 0 }))).toEqual([
      'invoice_reappeared C1: Invoice 1042 was void and stands again in the ledger; $1,000.00 is open.',
    ]);
    expect(to({ openMinor: 75_000 })).toEqual([
      'invoice_lowered C1: $750.00 of invoice 1042 is open now, $1,000.00 was; the ledger shows no payment or credit for it.',
    ]);
  });

  test('R16: an invoice that moved and a customer that was merged are told at both', () => {
    const names = [customer(), customer({ customerId: 'C2', name: 'Beta' })];
    expect(
      told(
        { invoices: [owed], customers: names },
        { invoices: [invoice({ customerId: 'C2' })], customers: names },
      ),
    ).toEqual([
      'invoice_moved C1: Invoice 1042, with $1,000.00 open, was moved from Acme to Beta in the ledger.',
      'invoice_moved C2: Invoice 1042, with $1,000.00 open, was moved from Acme to Beta in the ledger.',
    ]);
    const merged = [customer({ active: false, mergedIntoId: 'C2' }), names[1] as SeenCustomer];
    expect(told({ customers: names }, { customers: merged })).toEqual([
      'customer_merged C1: Acme was merged into Beta in the ledger.',
      'customer_merged C2: Acme was merged into Beta in the ledger.',
    ]);
    expect(told({ customers: names }, { customers: [customer({ active: false })] })[0]).toContain('inactive');
    expect(told({ customers: [customer({ active: false })] }, { customers: [customer()] })[0]).toContain(
      'active again',
    );
  });

  test('ordinary trade is not told: what is not due, was never asked for, or is new', () => {
    const early = invoice({ dueOn: day('2026-11-10') });
    const paid = { invoices: [{ ...early, openMinor: 60_000 }], payments: [payment({ owing: false })] };
    expect(told({ invoices: [early] }, paid)).toEqual([]);
    expect(told({ invoices: [{ ...early, named: true }] }, paid)).toHaveLength(1);
    expect(told({}, { invoices: [owed] })).toEqual([]);
    expect(told({ invoices: [early] }, { invoices: [{ ...early, totalMinor: 1, openMinor: 1 }] })).toEqual(
      [],
    );
  });
});

describe('any change of rows', () => {
  const amount = fc.integer({ min: 0, max: 200_000 });
  const someInvoice = fc
    .record({
      totalMinor: amount,
      openMinor: amount,
      status: fc.constantFrom('draft', 'open', 'closed', 'void', 'deleted' as const),
      dueOn: fc.constantFrom(day('2026-10-01'), day('2026-10-20'), day('2026-12-20'), null),
      customerId: fc.constantFrom('C1', 'C2'),
      named: fc.boolean(),
    })
    .map((more) => invoice(more as Partial<SeenInvoice>));
  const parts = fc
    .option(amount, { nil: 0 })
    .map((amountMinor) => (amountMinor === 0 ? [] : [{ invoiceId: 'I1', amountMinor }]));
  const somePayment = fc
    .record({
      totalMinor: amount,
      unappliedMinor: amount,
      status: fc.constantFrom('valid', 'void', 'deleted'),
      allocations: parts,
    })
    .map((more) => payment(more as Partial<SeenPayment>));
  const someCredit = fc
    .record({
      remainingMinor: amount,
      status: fc.constantFrom('draft', 'open', 'closed', 'void', 'deleted'),
      allocations: parts,
    })
    .map((more) => credit(more as Partial<SeenCredit>));
  const someCustomer = fc
    .record({ active: fc.boolean(), mergedIntoId: fc.constantFrom(null, 'C2'), chased: fc.boolean() })
    .map((more) => customer(more));
  const rows = fc.record({
    customers: fc.tuple(someCustomer),
    invoices: fc.tuple(someInvoice),
    payments: fc.array(somePayment, { maxLength: 1 }),
    credits: fc.array(someCredit, { maxLength: 1 }),
  });

  test('equal rows say nothing', () => {
    fc.assert(fc.property(rows, (same) => expect(told(same, structuredClone(same))).toEqual([])));
  });

  test('what is owed past its date never changes without a word', () => {
    const owes = (row: SeenInvoice): number =>
      (row.status === 'open' || row.status === 'closed') && row.dueOn !== null && row.dueOn < telling.today
        ? row.openMinor
        : 0;
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const [old, now] = [before.invoices[0], after.invoices[0]];
        fc.pre(old.status !== 'draft' || old.named);
        // whose it is, and how much of it is past due
        fc.pre(owes(old) !== owes(now) || (owes(now) > 0 && old.customerId !== now.customerId));
        expect(told(before, after)).not.toEqual([]);
      }),
    );
  });
});
