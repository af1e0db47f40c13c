import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { businessCalendar } from '../../src/domain/calendar.ts';
import { addDays, type Day, day, dayAt, instantAt } from '../../src/domain/day.ts';
import { sumMinor } from '../../src/domain/money.ts';
import { emptyHistory, type History, withTouch } from '../../src/dunning/history.ts';
import { nextStep } from '../../src/dunning/next-step.ts';
import {
  endsOn,
  noPlans,
  type PaymentPlan,
  plansThen,
  readOccasion,
  shortOf,
} from '../../src/dunning/payment-plan.ts';
import type { Instalment } from '../../src/receivables/agreements/agreement.ts';
import { graceUntil } from '../../src/receivables/agreements/grace.ts';
import { hold, owed, position, usd } from '../receivables/support.ts';
import { contact, due, history, openLaw, policy, rule, stepInput, zone } from './support.ts';

const oregon = { country: 'US', region: 'OR', time_zone: zone };

function instalment(number: number, on: string, amountMinor: number, grace = 2): Instalment {
  return { number, dueOn: day(on), graceUntil: graceUntil(day(on), oregon, grace), amountMinor };
}

/** 100.00 on I1 in two halves: the first was due on Monday, 9 November, and may be paid until Thursday, the 12th (the 11th is Veterans Day). */
function plan(more: Partial<PaymentPlan> = {}): PaymentPlan {
  return {
    planId: 'P1',
    instalments: [instalment(1, '2026-11-09', 5_000), instalment(2, '2026-12-07', 5_000)],
    debtMinor: 10_000,
    receivedMinor: 0,
    invoiceIds: new Set(['I1']),
    remindedThrough: 0,
    ...more,
  };
}

const held = (invoiceId = 'I1') =>
  hold({ kind: 'plan', scope: 'invoice', invoiceId, holdId: `h ${invoiceId}` });
const inPlan = (more: Parameters<typeof position>[0] = {}) => position({ holds: [held()], ...more });
const withPlan = (some: Partial<PaymentPlan> = {}) => ({
  position: inPlan(),
  plans: { ...noPlans, live: [plan(some)] },
});

describe('R11: the reminder of an instalment', () => {
  test('is due on the day after its day, lists the plan’s invoices and takes none through a step', () => {
    const found = due(withPlan());
    expect(found).toMatchObject({ askMinor: 5_000, occasion: 'plan P1 1', advances: [] });
    expect([found.step.key, found.step.template, found.step.channel]).toEqual([
      'instalment',
      'instalment',
      'email',
    ]);
    expect(found.listed.map(({ invoiceId }) => invoiceId)).toEqual(['I1']);
    expect(found.at).toEqual(stepInput().now);
    expect(readOccasion(`#${found.occasion}`)).toEqual({ planId: 'P1', number: 1 });
  });

  test('not on its day, and not while it is covered: the next one is waited for', () => {
    const early = due({ ...withPlan(), now: new Date('2026-11-09T18:00:00Z') });
    expect(dayAt(early.at, zone)).toBe('2026-11-10');
    const paid = due(withPlan({ receivedMinor: 5_000 }));
    expect(dayAt(paid.at, zone)).toBe('2026-12-08');
    expect(paid).toMatchObject({ askMinor: 5_000, occasion: 'plan P1 2', lookAgainOn: '2026-12-08' });
  });

  test('asks for what is short of one that is paid in part, never for more than is open', () => {
    expect(due(withPlan({ receivedMinor: 2_000 })).askMinor).toBe(3_000);
    const invoices = [owed('I1', { openMinor: 1_500 })];
    expect(due({ ...withPlan(), position: inPlan({ invoices }) }).askMinor).toBe(1_500);
  });

  test('several whose day has gone by are asked for together, once', () => {
    const instalments = [
      instalment(1, '2026-11-02', 2_000, 20),
      instalment(2, '2026-11-09', 3_000, 20),
      instalment(3, '2026-11-16', 5_000, 20),
    ];
    const found = due(withPlan({ instalments }));
    expect(found).toMatchObject({ askMinor: 5_000, occasion: 'plan P1 2' });
    // the third is asked for with what is short of the others
    const third = due({ ...withPlan({ instalments, remindedThrough: 2 }) });
    expect(third).toMatchObject({ askMinor: 10_000, occasion: 'plan P1 3', lookAgainOn: '2026-11-17' });
  });

  test('once: what was reminded of is told, with the day on which the plan ends', () => {
    const found = nextStep(stepInput(withPlan({ remindedThrough: 1 })));
    expect(found.kind).toBe('nothing');
    expect(found.reasons.map(({ words }) => words).join(' ')).toMatch(
      /reminded of once; .* ends on 2026-11-13/,
    );
    expect(found.lookAgainOn).toBe('2026-12-08');
  });

  test('the gap after another message, the rest after a payment and a grace of none leave no time: then there is none', () => {
    for (const said of [
      history({ contacts: [contact('2026-11-10')] }),
      history({ lastPaymentOn: day('2026-11-10') }),
    ]) {
      const found = nextStep(stepInput({ ...withPlan(), history: said }));
      expect([found.kind, found.reasons.at(-1)?.words]).toEqual([
        'nothing',
        expect.stringContaining('nothing may leave'),
      ]);
    }
    const none = withPlan({
      instalments: [instalment(1, '2026-11-09', 5_000, 0), instalment(2, '2026-12-07', 5_000)],
    });
    expect(nextStep(stepInput(none)).kind).toBe('nothing');
  });

  test('R10: a hold of the customer, of the company, of an invoice of the plan, or one that cannot be asked for, wins', () => {
    const invoices = [owed('I1'), owed('I2')];
    const live = [plan({ invoiceIds: new Set(['I1', 'I2']) })];
    const both = [held('I1'), held('I2')];
    const of = (more: Parameters<typeof position>[0]) =>
      nextStep(
        stepInput({ plans: { ...noPlans, live }, position: position({ invoices, holds: both, ...more }) }),
      );
    expect(of({}).kind).toBe('step');
    const others = [
      of({ holds: [...both, hold({ kind: 'do_not_contact' })] }),
      of({ holds: [...both, hold({ kind: 'legal', scope: 'company', customerId: null })] }),
      of({ holds: [...both, hold({ kind: 'dispute', scope: 'invoice', invoiceId: 'I2' })] }),
      of({ invoices: [owed('I1'), owed('I2', { dueOn: null })] }),
      of({ invoices: [owed('I1'), owed('I2', { sent: 'no' })] }),
      of({ unreadable: ['invoice 9: no amount'] }),
      of({ ledgerMinor: 1 }),
      of({ creditsMinor: 5_000 }),
    ];
    expect(others.map(({ kind }) => kind)).toEqual(others.map(() => 'held'));
    // what the plan has counted as received is no credit besides
    const counted = {
      ...noPlans,
      live: [
        plan({
          receivedMinor: 5_000,
          instalments: [instalment(1, '2026-11-02', 5_000), instalment(2, '2026-11-09', 5_000)],
        }),
      ],
    };
    expect(nextStep(stepInput({ plans: counted, position: inPlan({ creditsMinor: 5_000 }) })).kind).toBe(
      'step',
    );
  });

  test('an invoice that the plan does not hold is chased by its sequence alone', () => {
    expect(due({ ...withPlan(), position: position() }).step.key).toBe('first');
  });

  test('law, pause, minimum and a policy of nothing hold it back', () => {
    const blocked = { ...openLaw, blocked: [{ what: 'email' as const, rule: rule('NYC') }] };
    expect(nextStep(stepInput({ ...withPlan(), law: blocked })).kind).toBe('held');
    expect(nextStep(stepInput({ ...withPlan(), policy: { ...policy, paused: 'Paused.' } })).kind).toBe(
      'held',
    );
    expect(nextStep(stepInput({ ...withPlan(), policy: { ...policy, steps: [] } })).kind).toBe('nothing');
    const minimum = { ...policy, minimumBalance: { USD: 5_000 } };
    expect(nextStep(stepInput({ ...withPlan(), policy: minimum })).kind).toBe('nothing');
  });

  test('the instalment goes first, and the step of another invoice after its gap', () => {
    const both = { ...withPlan(), position: inPlan({ invoices: [owed('I1'), owed('I2')] }) };
    expect(due(both).step.key).toBe('instalment');
    const after = due({
      ...both,
      plans: { ...noPlans, live: [plan({ remindedThrough: 1 })] },
      history: history({ contacts: [contact('2026-11-10', { stepKey: 'instalment' })] }),
    });
    expect([after.step.key, dayAt(after.at, zone), after.askMinor]).toEqual(['first', '2026-11-16', 10_000]);
    expect(after.advances.map(({ line }) => line.invoiceId)).toEqual(['I2']);
  });
});

describe('R11: after a plan has ended', () => {
  const ended = [{ endedOn: day('2026-11-09'), invoiceIds: new Set(['I1']) }];

  test('the next e-mail about its invoices speaks of that, not one about others, no letter, and nothing before the due date', () => {
    expect(due({ plans: { live: [], ended } }).step.template).toBe('plan_ended');
    const other = due({ plans: { live: [], ended }, position: position({ invoices: [owed('I2')] }) });
    expect(other.step.template).toBe('first');
    const letters = {
      ...policy,
      steps: policy.steps.map((step) => ({ ...step, channel: 'letter' as const })),
    };
    expect(due({ plans: { live: [], ended }, policy: letters }).step.template).toBe('first');
  });

  test('of a promise that broke and a plan that ended, the later one is spoken of', () => {
    const spoken = (brokenOn: string) =>
      due({ plans: { live: [], ended }, history: history({ promiseBrokenOn: day(brokenOn) }) }).step.template;
    expect([spoken('2026-11-08'), spoken('2026-11-10')]).toEqual(['plan_ended', 'promise_broken']);
  });

  test('ahead: a plan that stays short ends on the day after its grace, and is spoken of once', () => {
    const plans = { live: [plan()], ended: [] };
    expect(endsOn(plan())).toBe('2026-11-13');
    expect(plansThen(plans, [], day('2026-11-12'))).toEqual(plans);
    const then = plansThen(plans, [], day('2026-11-13'));
    expect(then).toEqual({ live: [], ended: [{ endedOn: '2026-11-13', invoiceIds: new Set(['I1']) }] });
    const said = { day: day('2026-11-16'), occasion: null, invoiceIds: ['I1'] };
    expect(plansThen(plans, [{ ...said, channel: 'call' }], day('2026-11-17')).ended).toHaveLength(1);
    expect(plansThen(plans, [{ ...said, channel: 'email' }], day('2026-11-17')).ended).toHaveLength(0);
    const told = { day: day('2026-11-10'), channel: 'email', occasion: 'plan P1 1', invoiceIds: [] };
    expect(plansThen(plans, [told], day('2026-11-11')).live[0]?.remindedThrough).toBe(1);
  });
});

/** A plan, what comes in on which day, and an invoice besides that is chased by the sequence. */
const lives = fc
  .record({
    gaps: fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 6 }),
    amounts: fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 6, maxLength: 6 }),
    grace: fc.integer({ min: 0, max: 20 }),
    payments: fc.array(
      fc.record({ on: fc.integer({ min: 0, max: 90 }), minor: fc.integer({ min: 1, max: 9_000 }) }),
      { maxLength: 8 },
    ),
    other: fc.option(fc.integer({ min: -20, max: 60 }), { nil: null }),
    dispute: fc.option(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 })), {
      nil: null,
    }),
  })
  .map(({ gaps, amounts, grace, ...more }) => {
    let on = start;
    const instalments = gaps.map((gap, index) => {
      on = addDays(on, gap);
      return instalment(index + 1, on, amounts[index] ?? 1, grace);
    });
    return { ...more, instalments };
  });
const start = day('2026-11-10');

interface Sent {
  readonly on: Day;
  readonly key: string;
  readonly askMinor: number;
  readonly occasion: string | null;
  readonly steps: readonly string[];
}

test('R11: whatever comes in and whatever else is said, an instalment is asked for once, only while it is short, within its grace, on a business day, and never two things on one day', () => {
  const calendar = businessCalendar('US', 'OR', zone);
  let reminders = 0;
  fc.assert(
    fc.property(lives, ({ instalments, payments, other, dispute }) => {
      const debtMinor = sumMinor(instalments.map(({ amountMinor }) => amountMinor));
      const sent: Sent[] = [];
      let said: History = emptyHistory;
      let reminded = 0;
      for (let index = 0; index < 90; index += 1) {
        const today = addDays(start, index);
        const came = sumMinor(payments.filter(({ on }) => on <= index).map(({ minor }) => minor));
        const receivedMinor = Math.min(debtMinor, came);
        const own = plan({ instalments, debtMinor, receivedMinor, remindedThrough: reminded });
        const over = endsOn(own);
        if (over === null || over <= today) break;
        const disputed = dispute !== null && index >= dispute[0] && index < dispute[0] + dispute[1];
        const rest = other === null ? [] : [owed('I2', { dueOn: addDays(start, other) })];
        const input = stepInput({
          position: position({
            today,
            invoices: [owed('I1', { openMinor: debtMinor - receivedMinor, totalMinor: debtMinor }), ...rest],
            holds: [
              held(),
              ...(disputed ? [hold({ kind: 'dispute', scope: 'invoice', invoiceId: 'I1' })] : []),
            ],
          }),
          plans: { ...noPlans, live: [own] },
          history: said,
          now: instantAt(today, '10:00', zone),
        });
        const next = nextStep(input);
        if (next.kind !== 'step' || next.at > input.now) continue;
        const steps = next.advances.map(({ line: { invoiceId }, step }) => ({
          invoiceId,
          stepKey: step.key,
          stage: step.stage,
          on: today,
        }));
        const { key: stepKey, channel } = next.step;
        said = withTouch(said, { at: input.now, on: today, channel, currency: usd, stepKey, steps });
        sent.push({
          on: today,
          key: stepKey,
          askMinor: next.askMinor,
          occasion: next.occasion,
          steps: steps.map(({ invoiceId }) => invoiceId),
        });
        if (stepKey !== 'instalment') continue;
        reminders += 1;
        const number = readOccasion(next.occasion ?? '')?.number ?? 0;
        const short = shortOf(own).filter(({ dueOn }) => dueOn < today);
        expect(disputed).toBe(false);
        expect(number).toBeGreaterThan(reminded);
        expect(number).toBe(short.at(-1)?.number);
        expect(next.askMinor).toBe(
          sumMinor(short.map(({ amountMinor, paidMinor }) => amountMinor - paidMinor)),
        );
        expect(short.every((one) => today <= one.graceUntil)).toBe(true);
        expect(calendar.isBusinessDay(today)).toBe(true);
        reminded = number;
      }
      expect(new Set(sent.map(({ on }) => on)).size).toBe(sent.length);
      const occasions = sent.flatMap(({ occasion, key }) => (key === 'instalment' ? [occasion] : []));
      expect(new Set(occasions).size).toBe(occasions.length);
      expect(sent.flatMap(({ steps }) => steps)).not.toContain('I1');
    }),
    { numRuns: 60 },
  );
  expect(reminders).toBeGreaterThan(20);
});
