import { describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { nextStep } from '../../src/dunning/next-step.ts';
import {
  decisionOf,
  isToday,
  payBy,
  type ReleaseInput,
  releaseOf,
  type StandingTouch,
  touchInvoices,
  volumeBrake,
  whyStale,
} from '../../src/dunning/plan.ts';
import { step } from '../../src/policies/step.ts';
import { hold, owed, position } from '../receivables/support.ts';
import { stepInput } from './support.ts';

describe('who releases a touch (S4)', () => {
  const released = (more: Partial<ReleaseInput>): string =>
    releaseOf({
      mode: 'autopilot',
      channel: 'email',
      needsPerson: false,
      firstBatchReleased: true,
      brake: false,
      ledgerReminders: false,
      stepName: 'final notice',
      ...more,
    }).state;

  test('in preview nothing is ever released, whatever else holds', () => {
    for (const needsPerson of [true, false])
      for (const firstBatchReleased of [true, false])
        for (const brake of [true, false])
          expect(released({ mode: 'preview', needsPerson, firstBatchReleased, brake })).toBe('planned');
  });

  test('in approve mode a person releases everything', () => {
    expect(released({ mode: 'approve' })).toBe('awaiting_approval');
    expect(released({ mode: 'approve', needsPerson: true, brake: true })).toBe('awaiting_approval');
  });

  test('autopilot still asks for the first batch, for final notices and for an unusually large day', () => {
    expect(released({})).toBe('approved');
    expect(released({ firstBatchReleased: false })).toBe('awaiting_approval');
    expect(released({ needsPerson: true })).toBe('awaiting_approval');
    expect(released({ brake: true })).toBe('awaiting_approval');
  });

  test('a call is on the list of whoever calls at once, as nothing leaves by itself; in preview it is not', () => {
    for (const mode of ['approve', 'autopilot'] as const)
      expect(released({ channel: 'call', mode, brake: true, firstBatchReleased: false })).toBe('approved');
    expect(released({ channel: 'call', mode: 'preview' })).toBe('planned');
    expect(released({ channel: 'letter', mode: 'approve' })).toBe('awaiting_approval');
  });

  test('R14: while the ledger sends reminders of its own, autopilot falls back to a person', () => {
    expect(released({ ledgerReminders: true })).toBe('awaiting_approval');
    expect(released({ ledgerReminders: true, mode: 'preview' })).toBe('planned');
  });

  test('whoever waits is told why', () => {
    for (const more of [
      { mode: 'preview' },
      { mode: 'approve' },
      { needsPerson: true },
      { brake: true },
      { ledgerReminders: true },
    ] as const) {
      const release = releaseOf({
        mode: 'autopilot',
        channel: 'email',
        needsPerson: false,
        firstBatchReleased: true,
        brake: false,
        ledgerReminders: false,
        stepName: 'final notice',
        ...more,
      });
      expect(release.reason).toMatch(/\w+\.$/);
    }
  });

  test('the volume brake allows ten a day, or three times the usual', () => {
    expect([volumeBrake(10, 0), volumeBrake(11, 0)]).toEqual([false, true]);
    expect([volumeBrake(60, 20), volumeBrake(61, 20)]).toEqual([false, true]);
  });
});

describe('a touch that was planned earlier (CON-13)', () => {
  const invoices = [
    { invoiceId: 'I1', stepKey: 'first', stage: 'first' as const, openMinor: 10_000, daysLate: 8 },
  ];
  const reminder = step({ key: 'first', name: 'first reminder', offsetDays: 3, stage: 'first' });
  const fresh = {
    stepKey: 'first',
    step: reminder,
    recipientName: 'Customer C1',
    recipientEmail: 'ap@c1.example',
    recipientAddress: null,
    recipientPhone: null,
    askMinor: 10_000,
    style: 'own',
    invoices,
  } as const;
  const standing: StandingTouch = {
    step_key: 'first',
    step: reminder,
    state: 'approved',
    recipient_name: 'Customer C1',
    recipient_email: 'ap@c1.example',
    recipient_address: null,
    recipient_phone: null,
    style: 'own',
    ask_minor: 10_000,
    invoices,
  };

  test('stays while its figures, step, address and style stay; days late may grow', () => {
    expect(whyStale(standing, fresh, position())).toBeNull();
    const older = {
      ...fresh,
      invoices: [
        {
          ...invoices[0],
          invoiceId: 'I1',
          stepKey: 'first',
          stage: 'first' as const,
          openMinor: 10_000,
          daysLate: 9,
        },
      ],
    };
    expect(whyStale(standing, older, position())).toBeNull();
  });

  test('is taken back, in words, when any of them changed', () => {
    const part = [
      { invoiceId: 'I1', stepKey: 'first', stage: 'first' as const, openMinor: 4_000, daysLate: 8 },
    ];
    expect(whyStale(standing, { ...fresh, askMinor: 4_000, invoices: part }, position())).toContain(
      'figures changed',
    );
    expect(whyStale(standing, { ...fresh, askMinor: 9_000 }, position())).toContain('figures changed');
    expect(whyStale(standing, { ...fresh, stepKey: 'second' }, position())).toContain('another step');
    expect(whyStale(standing, { ...fresh, recipientEmail: 'new@c1.example' }, position())).toContain(
      'address changed',
    );
    expect(whyStale(standing, { ...fresh, style: 'service' }, position())).toContain('style of sender');
    const stricter = { ...fresh, step: { ...reminder, needsPerson: true } };
    expect(whyStale(standing, stricter, position())).toContain('a person must look');
  });

  test('is taken back with the hold’s own words, or because nothing is past due', () => {
    expect(whyStale(standing, null, position({ holds: [hold()] }))).toContain('they asked for a week');
    expect(whyStale(standing, null, null)).toContain('nothing is past due');
    expect(whyStale(standing, null, position({ invoices: [] }))).toContain('nothing is past due');
    expect(whyStale(standing, null, position())).toContain('no step is due');
  });
});

describe('the decision of a day (S11)', () => {
  const company = { time_zone: 'America/Los_Angeles', country: 'US' };

  test('carries its figures and its rule', () => {
    const input = stepInput();
    const decision = decisionOf(nextStep(input), input.position, input.now, company);
    expect(decision).toMatchObject({ verdict: 'touch', stepKey: 'first' });
    expect(decision.reasons.map((reason) => reason.rule)).toContain('R2');
    expect(decision.reasons.at(-1)?.words).toContain('Past due $100.00');
  });

  test('waits for a later day, is held by a hold, and has nothing to do without anything past due', () => {
    const verdict = (more: Parameters<typeof stepInput>[0]): string => {
      const input = stepInput(more);
      return decisionOf(nextStep(input), input.position, input.now, company).verdict;
    };
    expect(verdict({ position: position({ invoices: [owed('I1', { dueOn: day('2026-11-09') })] }) })).toBe(
      'wait',
    );
    expect(verdict({ position: position({ holds: [hold()] }) })).toBe('held');
    expect(verdict({ position: position({ invoices: [] }) })).toBe('nothing_due');
  });

  test('a touch is written down on its day, before its window opens', () => {
    const morning = new Date('2026-11-10T14:00:00Z');
    expect(isToday(new Date('2026-11-10T17:00:00Z'), morning, company.time_zone)).toBe(true);
    expect(isToday(new Date('2026-11-11T17:00:00Z'), morning, company.time_zone)).toBe(false);
    expect(isToday(new Date('2026-11-03T17:00:00Z'), morning, company.time_zone)).toBe(true);
  });

  test('the invoices of a touch go through their own steps, the others are only listed (S2)', () => {
    const invoices = [owed('I1'), owed('I2', { dueOn: day('2026-11-08') })];
    const next = nextStep(stepInput({ position: position({ invoices }) }));
    if (next.kind !== 'step') throw new Error(next.kind);
    expect(touchInvoices(next).map((row) => [row.invoiceId, row.stepKey])).toEqual([
      ['I1', 'first'],
      ['I2', 'listed'],
    ]);
    expect(payBy(day('2026-11-10'), 7)).toBe('2026-11-17');
  });
});
