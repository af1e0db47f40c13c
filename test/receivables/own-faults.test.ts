import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day } from '../../src/domain/day.ts';
import {
  type OwnFault,
  ownFaultKinds,
  ownFaults,
  type PaidInvoices,
} from '../../src/receivables/own-faults.ts';
import { type Position, type PositionInput, positionOf } from '../../src/receivables/position.ts';
import { owed, positionInput } from './support.ts';

const NO_TERMS = new Map<string, string>();

const NOTHING_PAID = new Map<string, PaidInvoices>();

function faults(
  more: Partial<PositionInput>,
  terms = NO_TERMS,
  paidOf: ReadonlyMap<string, PaidInvoices> = NOTHING_PAID,
): readonly OwnFault[] {
  const positions = [positionOf(positionInput(more))];
  return ownFaults({ positions, termsOf: terms, paidOf, locale: 'en-US' });
}

const kinds = (found: readonly OwnFault[]): string[] => found.map((fault) => fault.kind);
const credit = (minor: number) => [{ kind: 'credit_note' as const, id: 'N1', minor }];

describe('what the business should put right first', () => {
  test('nothing, when its invoices are in order', () => {
    expect(faults({ invoices: [owed('I1'), owed('I2')] })).toEqual([]);
  });

  test('an invoice without a due date, and one that was never sent, are two tasks of the customer', () => {
    const found = faults({ invoices: [owed('I1', { dueOn: null }), owed('I2', { sent: 'no' })] });
    expect(found).toMatchObject([
      { kind: 'no_due_date', subject: 'C1', customerId: 'C1', what: 'Invoice I1 has no due date.' },
      { kind: 'never_sent', what: 'Invoice I2 was never sent to the customer, says the ledger.' },
    ]);
    expect(kinds(faults({ invoices: [owed('I2', { sent: 'no' })], sentElsewhere: true }))).toEqual([]);
  });

  test('of twelve invoices one task names five, the oldest first, and counts the rest', () => {
    const invoices = Array.from({ length: 12 }, (_, index) =>
      owed(`I${index}`, { sent: 'no', dueOn: addDays(day('2026-11-30'), -index) }),
    );
    expect(faults({ invoices })).toMatchObject([
      { what: 'Invoices I11, I10, I9, I8, I7 and 7 more were never sent to the customer, says the ledger.' },
    ]);
  });

  test('an address is missing only when somebody is to be asked', () => {
    expect(kinds(faults({ hasRecipient: false }))).toEqual(['no_recipient']);
    expect(
      kinds(faults({ hasRecipient: false, invoices: [owed('I1', { dueOn: day('2026-12-24') })] })),
    ).toEqual([]);
  });

  test('a credit that covers what is past due holds; one below it advises; without anything past due it is nothing', () => {
    expect(faults({ credits: credit(10_000) })).toMatchObject([
      { kind: 'credit_covers', what: 'Unapplied credit covers what is past due: $100.00 for $100.00.' },
    ]);
    expect(faults({ credits: credit(4_000) })).toMatchObject([
      {
        kind: 'credit_unapplied',
        what: 'A credit is not applied to any invoice: $40.00, while $100.00 is past due.',
      },
    ]);
    const notDue = [owed('I1', { dueOn: day('2026-12-24') })];
    expect(kinds(faults({ credits: credit(4_000), invoices: notDue }))).toEqual([]);
  });

  test.each([
    ['three others have one', 3, 1, ['reference_missing']],
    ['only two others have one', 2, 1, []],
    ['two thirds of the others have one', 4, 3, ['reference_missing']],
    ['fewer than two thirds of the others have one', 4, 4, []],
    ['all have one', 4, 0, []],
    ['none has one', 0, 6, []],
  ])('an order number is missed when %s', (_name, having, without, expected) => {
    const invoices = [
      ...Array.from({ length: having }, (_, index) => owed(`A${index}`, { reference: `PO-${index}` })),
      ...Array.from({ length: without }, (_, index) => owed(`B${index}`)),
    ];
    expect(kinds(faults({ invoices }))).toEqual(expected);
  });

  test.each([
    ['two paid ones have one besides the open one', { count: 2, having: 2 }, ['reference_missing']],
    ['too few have one, paid or open', { count: 1, having: 1 }, []],
    ['fewer than two thirds of the paid ones have one', { count: 50, having: 30 }, []],
  ])('an order number is missed where %s', (_name, paid, expected) => {
    const invoices = [owed('A1', { reference: 'PO-1' }), owed('B1')];
    expect(kinds(faults({ invoices }, NO_TERMS, new Map([['C1', paid]])))).toEqual(expected);
  });

  test('terms are held against what the ledger states for the customer', () => {
    const terms = new Map([['C1', 'Net 30']]);
    expect(kinds(faults({ invoices: [owed('I1', { terms: 'net-30' })] }, terms))).toEqual([]);
    expect(faults({ invoices: [owed('I1', { terms: 'Net 10' })] }, terms)).toMatchObject([
      { kind: 'terms_differ', what: 'Other terms than the customer’s usual Net 30: I1 (Net 10).' },
    ]);
  });

  test('an invoice that names no terms is judged by its due date, some days of grace included', () => {
    const terms = new Map([['C1', 'Net 30']]);
    const due = (dueOn: string) => [owed('I1', { issuedOn: day('2026-10-01'), dueOn: day(dueOn) })];
    expect(kinds(faults({ invoices: due('2026-11-02') }, terms))).toEqual([]);
    expect(kinds(faults({ invoices: due('2026-11-03') }, terms))).toEqual([]);
    expect(faults({ invoices: due('2026-10-15') }, terms)).toMatchObject([
      {
        kind: 'terms_differ',
        what: 'Other terms than the customer’s usual Net 30: I1 (dated 2026-10-01, due 2026-10-15).',
      },
    ]);
    expect(kinds(faults({ invoices: due('2026-10-15') }, new Map([['C1', 'as agreed']])))).toEqual([]);
  });

  test('where the ledger states none, the terms of nearly all other open invoices are the usual ones', () => {
    const usual = ['I1', 'I2', 'I3'].map((id) => owed(id, { terms: 'Net 30' }));
    expect(faults({ invoices: [...usual, owed('I4', { terms: 'Net 7' })] })).toMatchObject([
      { kind: 'terms_differ', what: expect.stringContaining('I4 (Net 7)') },
    ]);
    expect(kinds(faults({ invoices: [...usual.slice(1), owed('I4', { terms: 'Net 7' })] }))).toEqual([]);
  });

  test('sent six days after its date is late, five is not, and a due date that was moved along mends it', () => {
    const sent = (sentOn: string, dueOn = '2026-11-02') => [
      owed('I1', { issuedOn: day('2026-10-01'), sentOn: day(sentOn), dueOn: day(dueOn) }),
    ];
    expect(kinds(faults({ invoices: sent('2026-10-06') }))).toEqual([]);
    expect(faults({ invoices: sent('2026-10-07') })).toMatchObject([
      {
        kind: 'sent_late',
        what: 'Sent long after its date: I1 (dated 2026-10-01, sent 2026-10-07, 6 days later).',
      },
    ]);
    const terms = new Map([['C1', 'Net 30']]);
    expect(kinds(faults({ invoices: sent('2026-10-10') }, terms))).toEqual(['sent_late']);
    expect(kinds(faults({ invoices: sent('2026-10-10', '2026-11-09') }, terms))).toEqual([]);
  });

  test('sums that do not tie out are a task for each currency', () => {
    expect(faults({ ledgerMinor: 9_999 })).toMatchObject([
      {
        kind: 'does_not_tie_out',
        subject: 'C1 USD',
        what: 'Our sum is $100.00, the ledger says $99.99.',
      },
    ]);
  });
});

describe('whatever the facts are', () => {
  const dayIn = fc.integer({ min: 0, max: 60 }).map((count) => addDays(day('2026-09-20'), count));
  const invoice = fc.record({
    dueOn: fc.option(dayIn),
    issuedOn: dayIn,
    sentOn: fc.option(dayIn),
    sent: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
    reference: fc.option(fc.constantFrom('PO-1', 'PO-2')),
    terms: fc.option(fc.constantFrom('Net 30', 'Net 10', 'by hand')),
    number: fc.option(fc.constantFrom('1', '2', '3')),
  });
  const positions = fc
    .array(
      fc.record({
        customer: fc.constantFrom('C1', 'C2', 'C3'),
        invoices: fc.array(invoice, { maxLength: 9 }),
        credits: fc.option(fc.integer({ min: 1, max: 40_000 })),
        ledgerMinor: fc.option(fc.integer({ min: -10, max: 90_000 })),
        hasRecipient: fc.boolean(),
      }),
      { maxLength: 3 },
    )
    .map((rows): readonly Position[] => {
      const last = [...new Map(rows.map((row) => [row.customer, row])).values()];
      return last.map(({ customer, invoices, credits, ledgerMinor, hasRecipient }) =>
        positionOf(
          positionInput({
            customerId: customer,
            invoices: invoices.map((more, index) =>
              owed(`${customer}-${index}`, { ...more, customerId: customer }),
            ),
            credits: credits === null ? [] : credit(credits),
            ledgerMinor,
            hasRecipient,
          }),
        ),
      );
    });
  const facts = fc.record({
    positions,
    termsOf: fc.constantFrom(NO_TERMS, new Map([['C1', 'Net 30']])),
    paidOf: fc.constantFrom(NOTHING_PAID, new Map([['C2', { count: 4, having: 3 }]])),
    locale: fc.constant('en-US'),
  });

  test('one task at most for each customer and kind, each in whole sentences, of customers that have a position', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const found = ownFaults(given);
        const keys = found.map((fault) => `${fault.kind} ${fault.subject}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const fault of found) {
          expect(ownFaultKinds).toContain(fault.kind);
          expect(given.positions.map((position) => position.customerId)).toContain(fault.customerId);
          for (const words of [fault.what, fault.meaning, fault.action]) expect(words).toMatch(/\.$/);
          expect(fault.what).not.toMatch(/null|undefined/);
        }
      }),
    );
  });

  test('a customer’s tasks depend on nobody else and not on the order of the invoices', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const alone = given.positions.flatMap((position) =>
          ownFaults({ ...given, positions: [{ ...position, lines: position.lines.toReversed() }] }),
        );
        expect(alone).toEqual(ownFaults(given));
      }),
    );
  });

  test('what holds an invoice or a customer is told of, and what only advises never holds', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const found = new Set(ownFaults(given).map((fault) => `${fault.kind} ${fault.customerId}`));
        for (const { customerId, lines, holds } of given.positions) {
          expect(found.has(`no_due_date ${customerId}`)).toBe(lines.some((line) => line.dueOn === null));
          expect(found.has(`never_sent ${customerId}`)).toBe(
            lines.some((line) => line.reasons.some((reason) => reason.rule === 'R13')),
          );
          for (const kind of ['no_recipient', 'credit_covers', 'does_not_tie_out'])
            expect(found.has(`${kind} ${customerId}`)).toBe(holds.some((hold) => hold.kind === kind));
        }
      }),
    );
  });
});
