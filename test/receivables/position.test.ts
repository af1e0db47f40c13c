import { describe, expect, test } from '@jest/globals';
import { day, dayAt } from '../../src/domain/day.ts';
import { hold, holdKinds, owed, position, states, today } from './support.ts';

describe('what is past due', () => {
  test('DET-01, DET-15: due today or later is not past due (R1)', () => {
    const found = position({
      invoices: [
        owed('today', { dueOn: today }),
        owed('later', { dueOn: day('2026-11-11') }),
        owed('late', { dueOn: day('2026-11-09') }),
      ],
    });
    expect(states(found)).toEqual({ today: 'not_due', later: 'not_due', late: 'ask' });
    expect(found.pastDueMinor).toBe(10_000);
    expect(found.notDueMinor).toBe(20_000);
    expect(found.lines.map((line) => line.daysLate)).toEqual([0, 0, 1]);
  });

  test('DET-02: the day is the company’s own: at the same instant late in Auckland, due today in Los Angeles', () => {
    const instant = new Date('2026-11-02T18:00:00Z');
    const lateAt = (zone: string): number => position({ today: dayAt(instant, zone) }).pastDueMinor;
    expect(lateAt('Pacific/Auckland')).toBe(10_000);
    expect(lateAt('America/Los_Angeles')).toBe(0);
    expect(lateAt('UTC')).toBe(0);
  });

  test('DET-04: an invoice without a due date is never asked for and says why', () => {
    const found = position({ invoices: [owed('I1', { dueOn: null })] });
    expect(states(found)).toEqual({ I1: 'left_out' });
    expect(found.lines[0]?.reasons[0]?.rule).toBe('R1');
    expect(found.askMinor).toBe(0);
    expect(found.openMinor).toBe(10_000);
  });

  test('DET-05 to DET-08: drafts, settled, overpaid, voided and deleted documents are no receivables (R7)', () => {
    const found = position({
      invoices: [
        owed('draft', { status: 'draft' }),
        owed('paid', { status: 'closed', openMinor: 0 }),
        owed('zero', { openMinor: 0 }),
        owed('overpaid', { openMinor: -500 }),
        owed('void', { status: 'void' }),
        owed('deleted', { status: 'deleted' }),
      ],
    });
    expect(found.lines).toEqual([]);
    expect([found.openMinor, found.pastDueMinor, found.askMinor]).toEqual([0, 0, 0]);
  });

  test('DET-09: a part-paid late invoice is past due with what remains', () => {
    const found = position({ invoices: [owed('I1', { totalMinor: 10_000, openMinor: 4_000 })] });
    expect(found.askMinor).toBe(4_000);
    expect(found.lines[0]).toMatchObject({ state: 'ask', openMinor: 4_000, totalMinor: 10_000 });
  });

  test('R13: an invoice that was never sent is not asked for, unless the business sends them elsewhere', () => {
    const invoices = [owed('I1', { sent: 'no' }), owed('I2', { sent: 'unknown' })];
    expect(states(position({ invoices }))).toEqual({ I1: 'left_out', I2: 'ask' });
    expect(states(position({ invoices, sentElsewhere: true }))).toEqual({ I1: 'ask', I2: 'ask' });
  });
});

describe('credits (R4)', () => {
  test('below what is past due are taken off what is asked', () => {
    const found = position({ creditsMinor: 2_500 });
    expect(found.askMinor).toBe(7_500);
    expect(found.holds).toEqual([]);
  });

  test('that cover what is past due hold the customer, to the cent', () => {
    expect(holdKinds(position({ creditsMinor: 9_999 }))).toEqual([]);
    expect(holdKinds(position({ creditsMinor: 10_000 }))).toEqual(['credit_covers']);
    expect(position({ creditsMinor: 25_000 }).askMinor).toBe(0);
  });

  test('are measured against what may be asked for, not against what is held', () => {
    const invoices = [owed('I1'), owed('I2')];
    const dispute = hold({ kind: 'dispute', scope: 'invoice', invoiceId: 'I2' });
    expect(holdKinds(position({ invoices, creditsMinor: 10_000, holds: [dispute] }))).toEqual([
      'credit_covers',
    ]);
  });

  test('hold nobody who owes nothing that is past due', () => {
    expect(holdKinds(position({ invoices: [owed('I1', { dueOn: today })], creditsMinor: 50_000 }))).toEqual(
      [],
    );
  });
});

describe('holds (R10, R11)', () => {
  test('PAR-15, EXC-04: a disputed invoice is held, the customer’s other invoices go on', () => {
    const dispute = hold({ kind: 'dispute', scope: 'invoice', invoiceId: 'I1', reason: 'wrong quantity' });
    const found = position({ invoices: [owed('I1'), owed('I2', { openMinor: 700 })], holds: [dispute] });
    expect(states(found)).toEqual({ I1: 'held', I2: 'ask' });
    expect(found).toMatchObject({ pastDueMinor: 10_700, heldMinor: 10_000, askMinor: 700, holds: [] });
    expect(found.lines[0]?.reasons).toContainEqual({
      rule: 'R11',
      words: 'Disputed until it is lifted: wrong quantity (Maria Lopez).',
    });
  });

  test('EXC-01: a customer or company hold stops everything and says who set it', () => {
    expect(holdKinds(position({ holds: [hold({ kind: 'do_not_contact' })] }))).toEqual(['do_not_contact']);
    const paused = position({
      holds: [hold({ scope: 'company', customerId: null, endsOn: day('2026-11-20') })],
    });
    expect(paused.holds[0]).toMatchObject({
      kind: 'pause',
      holdId: 'h1',
      until: '2026-11-20',
      words: 'Paused until 2026-11-20: they asked for a week (Maria Lopez).',
    });
  });

  test('what cannot be read, does not tie out, is gone or has no address holds the customer (R8, R15, R16, S9)', () => {
    expect(holdKinds(position({ unreadable: ['Balance is "abc", not an amount'] }))).toEqual(['unreadable']);
    expect(holdKinds(position({ ledgerMinor: 9_999 }))).toEqual(['does_not_tie_out']);
    expect(holdKinds(position({ ledgerMinor: 10_000 }))).toEqual([]);
    expect(holdKinds(position({ dead: true }))).toEqual(['customer_gone']);
    expect(holdKinds(position({ hasRecipient: false }))).toEqual(['no_recipient']);
  });

  test('every cause is named, the stated ones first', () => {
    const found = position({ holds: [hold()], dead: true, hasRecipient: false, creditsMinor: 10_000 });
    expect(holdKinds(found)).toEqual(['pause', 'customer_gone', 'credit_covers', 'no_recipient']);
  });

  test('the tie-out takes credits off: open less unapplied credit is what the ledger states (R15)', () => {
    expect(position({ creditsMinor: 3_000, ledgerMinor: 7_000 }).tiesOut).toBe(true);
    expect(position({ creditsMinor: 3_000, ledgerMinor: 10_000 }).tiesOut).toBe(false);
  });
});

describe('the next day on which a position changes by itself', () => {
  test('is the day after the next due date, the day after a hold ends, or the day on which one starts', () => {
    const due = owed('I1', { dueOn: day('2026-11-20') });
    expect(position({ invoices: [due] }).nextEventOn).toBe('2026-11-21');
    expect(position({ invoices: [owed('I1', { dueOn: today })] }).nextEventOn).toBe('2026-11-11');
    expect(position({ invoices: [due], holds: [hold({ endsOn: day('2026-11-14') })] }).nextEventOn).toBe(
      '2026-11-15',
    );
    expect(position({ invoices: [due], holds: [hold({ startsOn: day('2026-11-12') })] }).nextEventOn).toBe(
      '2026-11-12',
    );
    // already late: the next age is entered 31 days after the due date
    expect(position().nextEventOn).toBe('2026-12-03');
    expect(position({ invoices: [owed('I1', { dueOn: day('2026-08-11') })] }).nextEventOn).toBeNull();
    expect(position({ invoices: [owed('I1', { dueOn: null })] }).nextEventOn).toBeNull();
    // "never", as some books write it: the morning after is a day that no column takes
    expect(position({ invoices: [owed('I1', { dueOn: day('9999-12-31') })] }).nextEventOn).toBeNull();
  });
});

test('an invoice says which holds are its own: stated ones, and that it was never sent, by Duly', () => {
  const dispute = hold({ kind: 'dispute', category: 'duplicate', scope: 'invoice', invoiceId: 'I1' });
  const { lines } = position({ invoices: [owed('I1', { sent: 'no' }), owed('I2')], holds: [dispute] });
  expect(
    lines.map((line) => line.holds.map(({ kind, by, scope, since }) => [kind, by, scope, since])),
  ).toEqual([
    [
      ['dispute', 'Maria Lopez', 'invoice', '2026-11-01'],
      ['never_sent', 'Duly', 'invoice', lines[0]?.issuedOn],
    ],
    [],
  ]);
});
