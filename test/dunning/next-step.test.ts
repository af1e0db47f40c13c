import { describe, expect, test } from '@jest/globals';
import { businessCalendar } from '../../src/domain/calendar.ts';
import { addDays, day, dayAt } from '../../src/domain/day.ts';
import { nextStep } from '../../src/dunning/next-step.ts';
import { hold, owed, position } from '../receivables/support.ts';
import { currency } from '../support/values.ts';
import { contact, due, history, policy, stepInput, went, zone } from './support.ts';

const euro = currency('EUR');
const nine = (text: string): Date => new Date(`${text}T17:00:00Z`);
const oneLate = (dueOn: string) => position({ invoices: [owed('I1', { dueOn: day(dueOn) })] });

describe('which step (S1)', () => {
  test('SEQ-01: the first goes out at due date plus its offset, not before', () => {
    const found = due({ position: oneLate('2026-11-09') });
    expect(found.step.key).toBe('first');
    expect(found.at).toEqual(nine('2026-11-12'));
    expect(due({ position: oneLate('2026-11-07') }).at).toEqual(stepInput().now);
  });

  test('SEQ-04: the second comes only after the first was sent, at their distance', () => {
    const found = due({ history: went('I1', ['first', '2026-11-09']) });
    expect(found.step.key).toBe('second');
    expect(found.at).toEqual(nine('2026-11-16'));
    expect(dayAt(found.at, zone)).toBe(addDays(day('2026-11-09'), 7));
  });

  test('SEQ-05: after ten days of silence one step is due, the next one its full distance later', () => {
    const after = { position: oneLate('2026-10-16'), history: went('I1', ['first', '2026-10-20']) };
    const found = due({ ...after, now: nine('2026-11-10') });
    expect(found.step.key).toBe('second');
    expect(found.at).toEqual(nine('2026-11-10'));
    const next = due({ ...after, history: went('I1', ['first', '2026-10-20'], ['second', '2026-11-10']) });
    expect(next.step.key).toBe('third');
    expect(dayAt(next.at, zone)).toBe('2026-11-23');
  });

  test('SEQ-06, D1: an invoice first seen 200 days late starts with the first step', () => {
    const found = due({ position: oneLate('2026-04-24') });
    expect(found.step.key).toBe('first');
    expect(found.at).toEqual(stepInput().now);
  });

  test('SEQ-07: after the last step there is nothing more, and the reason says so', () => {
    const done = went(
      'I1',
      ['first', '2026-07-01'],
      ['second', '2026-07-08'],
      ['third', '2026-07-21'],
      ['final', '2026-08-14'],
    );
    const found = nextStep(stepInput({ history: done }));
    expect(found.kind).toBe('nothing');
    expect(found.reasons[0]?.words).toContain('all its steps');
  });

  test('SEQ-16: a policy without steps does nothing', () => {
    expect(nextStep(stepInput({ policy: { ...policy, steps: [] } })).kind).toBe('nothing');
  });

  test('S2: one message carries the strictest step of its invoices and keeps each at its own', () => {
    const invoices = [
      owed('old', { dueOn: day('2026-10-01') }),
      owed('new'),
      owed('young', { dueOn: day('2026-11-09') }),
    ];
    const found = due({ position: position({ invoices }), history: went('old', ['first', '2026-10-20']) });
    expect(found.step.key).toBe('second');
    expect(found.advances.map(({ line, step }) => [line.invoiceId, step.key])).toEqual([
      ['old', 'second'],
      ['new', 'first'],
    ]);
    expect(found.listed.map((line) => line.invoiceId)).toEqual(['young']);
  });

  test('an invoice that is held or left out is neither advanced nor listed', () => {
    const dispute = hold({ kind: 'dispute', scope: 'invoice', invoiceId: 'I1' });
    const found = due({
      position: position({
        invoices: [owed('I1'), owed('I2'), owed('I3', { sent: 'no' })],
        holds: [dispute],
      }),
    });
    expect(found.advances.map(({ line }) => line.invoiceId)).toEqual(['I2']);
    expect(found.listed).toEqual([]);
  });
});

describe('not before (S3, R5)', () => {
  test('three business days have passed since the last message, weekends and holidays not counted', () => {
    // the step of I2 is due at once; the message about I1 was on Friday, and Wednesday is Veterans Day
    const invoices = [owed('I1'), owed('I2')];
    const found = due({ position: position({ invoices }), history: went('I1', ['first', '2026-11-06']) });
    expect(found.at).toEqual(nine('2026-11-12'));
    expect(found.reasons.map((reason) => reason.rule)).toContain('S3');
  });

  test('PAR-04, R5: a payment rests the case for three business days and keeps its step', () => {
    const found = due({
      position: oneLate('2026-10-01'),
      history: { ...went('I1', ['first', '2026-10-10']), lastPaymentOn: day('2026-11-09') },
    });
    expect(found.step.key).toBe('second');
    expect(found.at).toEqual(nine('2026-11-13'));
    expect(found.reasons.at(-1)).toEqual({
      rule: 'R5',
      words: 'A payment came in on 2026-11-09; the case rests 3 business days, until 2026-11-13.',
    });
  });

  test('SEQ-10: a message in one currency delays the other by a day, not by the gap', () => {
    const other = history({ contacts: [contact('2026-11-10', { currency: euro })] });
    expect(due({ history: other }).at).toEqual(nine('2026-11-12'));
    const yesterday = history({ contacts: [contact('2026-11-09', { currency: euro })] });
    expect(due({ history: yesterday }).at).toEqual(stepInput().now);
  });

  test('the caps count every message of the customer in rolling windows of 7 and 30 days', () => {
    const inEuro = (days: readonly string[]) =>
      history({ contacts: days.map((on) => contact(on, { currency: euro })) });
    const three = inEuro(['2026-11-05', '2026-11-06', '2026-11-09']);
    expect(due({ history: three }).at).toEqual(nine('2026-11-12'));
    const eight = ['10-11', '10-14', '10-16', '10-19', '10-21', '10-23', '10-26', '10-28'].map(
      (text) => `2026-${text}`,
    );
    expect(due({ history: inEuro(eight) }).at).toEqual(stepInput().now);
    const full = ['10-13', ...['10-14', '10-16', '10-19', '10-21', '10-23', '10-26', '10-28']].map(
      (text) => `2026-${text}`,
    );
    expect(due({ history: inEuro(full) }).at).toEqual(nine('2026-11-12'));
  });
});

describe('when (S1, SEQ-11, SEQ-13)', () => {
  test('inside the debtor’s window, in the debtor’s zone, on the debtor’s business days', () => {
    const auckland = businessCalendar('NZ', null, 'Pacific/Auckland');
    const found = due({ calendar: auckland, position: oneLate('2026-11-09') });
    // the 12th in Oregon begins at 21:00 in Auckland: their next window is Friday the 13th, still the 12th here
    expect(found.at.toISOString()).toBe('2026-11-12T20:00:00.000Z');
    expect(dayAt(found.at, zone)).toBe('2026-11-12');
  });

  test('at once when the window is open, else when it opens next', () => {
    expect(due({ now: new Date('2026-11-10T23:59:00Z') }).at.toISOString()).toBe('2026-11-10T23:59:00.000Z');
    // Wednesday the 11th is a public holiday
    expect(due({ now: new Date('2026-11-11T01:00:00Z') }).at).toEqual(nine('2026-11-12'));
  });
});

describe('nothing, and why', () => {
  test('R10: any hold of the customer wins over any step', () => {
    const found = nextStep(
      stepInput({ position: position({ holds: [hold({ kind: 'reply', reason: 'asked for a copy' })] }) }),
    );
    expect(found.kind).toBe('held');
    expect(found.reasons[0]?.words).toContain('asked for a copy');
  });

  test('R1, R10: nothing past due, or everything of it held', () => {
    expect(nextStep(stepInput({ position: position({ invoices: [] }) })).reasons[0]?.rule).toBe('R1');
    const dispute = hold({ kind: 'dispute', scope: 'invoice', invoiceId: 'I1' });
    expect(nextStep(stepInput({ position: position({ holds: [dispute] }) })).reasons[0]?.rule).toBe('R10');
  });
});
