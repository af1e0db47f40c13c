import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addBusinessDays, businessCalendar } from '../../src/domain/calendar.ts';
import { addDays, type Day, day } from '../../src/domain/day.ts';
import { checkCustomerPolicy, checkDocument } from '../../src/policies/check-document.ts';
import type { CustomerPolicy, PolicyBody } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { presets } from '../../src/policies/presets/presets.ts';
import { withPreset } from '../../src/policies/presets/switch.ts';
import { policyFor } from '../../src/policies/resolve.ts';
import type { CustomerFacts } from '../../src/policies/segment.ts';
import { type Step, stages, step } from '../../src/policies/step.ts';
import { stepTemplates } from '../../src/policies/templates.ts';
import { whatChangedInPolicy } from '../../src/policies/what-changed.ts';

const known = Object.values(presets);
const sequenceKeys = ['one', 'two', 'three'] as const;
const segmentKeys = ['new', 'reliable', 'large_balance'] as const;

const anyStep: fc.Arbitrary<Step> = fc
  .record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'thank_you'),
    template: fc.constantFrom(...Object.keys(stepTemplates)),
    offsetDays: fc.integer({ min: -8, max: 60 }),
    offsetUnit: fc.constantFrom('calendar' as const, 'calendar' as const, 'business' as const),
    stage: fc.constantFrom(...stages),
    payWithinDays: fc.integer({ min: 5, max: 30 }),
  })
  .map((some) =>
    step({ ...some, name: some.key, channel: stepTemplates[some.template]?.channel ?? 'email' }),
  );

/** Mostly in an order that could be right, so that many of them pass. */
const anySteps = fc
  .array(anyStep, { minLength: 1, maxLength: 5 })
  .map((steps) =>
    [...steps]
      .sort((one, other) => one.offsetDays - other.offsetDays)
      .map((one, index) => ({ ...one, key: `s${index}` }))
      .map((one) => (one.offsetDays <= 0 ? courtesyOf(one) : one)),
  )
  .chain((steps) => fc.nat(9).map((chance) => (chance > 0 ? inOrder(steps) : steps)));

function courtesyOf(one: Step): Step {
  return { ...one, stage: 'courtesy', template: 'courtesy', channel: 'email', waitsBusinessDays: null };
}

function inOrder(steps: readonly Step[]): readonly Step[] {
  const late = steps.filter(({ offsetDays }) => offsetDays > 0).length;
  return steps.map((one, index) => {
    if (one.offsetDays <= 0) return one;
    const place = index - (steps.length - late);
    const stage = stages[Math.min(place + 1, stages.length - 1)] ?? 'first';
    return step({ key: one.key, name: one.name, offsetDays: one.offsetDays, stage, payWithinDays: 14 });
  });
}

const anyDocument: fc.Arbitrary<PolicyBody> = fc.record({
  preset: fc.constantFrom('gentle' as const, 'standard' as const, 'letter_first' as const),
  sequences: fc.tuple(anySteps, anySteps, anySteps).map((all) =>
    all.map((steps, index) => ({
      key: sequenceKeys[index] ?? '',
      name: `Q${index}`,
      steps,
      paused: index === 2,
    })),
  ),
  settings: fc
    .record({
      sequence: fc.constantFrom(...sequenceKeys, null),
      minGapBusinessDays: fc.integer({ min: 1, max: 10 }),
      sendDays: fc.subarray([1, 2, 3, 4, 5, 6], { minLength: 1 }),
    })
    .map((some) => ({ ...emailBody.settings, ...some })),
  segments: fc
    .subarray([...segmentKeys])
    .chain((keys) =>
      fc.tuple(
        ...keys.map((key) => fc.constantFrom(...sequenceKeys, null).map((sequence) => ({ key, sequence }))),
      ),
    )
    .map((all) =>
      all.map(({ key, sequence }, index) => ({
        key,
        name: key,
        when:
          [{ invoicesAtMost: 2 }, { latePercentAtMost: 20 }, { openAtLeast: { USD: 5_000 } }][index] ?? {},
        settings: { sequence },
        paused: false,
      })),
    ),
});

const anyFacts: fc.Arbitrary<CustomerFacts> = fc
  .record({
    customerId: fc.constant('7'),
    invoices: fc.nat(10),
    settled: fc.nat(10),
    settledLate: fc.nat(10),
    averageDaysLate: fc.option(fc.integer({ min: -20, max: 60 })),
    brokenPromises: fc.nat(3),
    openMinor: fc.record({ USD: fc.nat(3_000_000) }),
    debtorType: fc.constantFrom('business', 'sole_trader', 'consumer', 'unknown'),
    groups: fc.subarray(['A', 'B']),
    byHand: fc.constantFrom(null, ...segmentKeys),
  })
  .map((facts) => ({ ...facts, countsAs: facts.debtorType }));

const anyOwn: fc.Arbitrary<CustomerPolicy | null> = fc.option(
  fc.record({
    version: fc.integer({ min: 1, max: 9 }),
    segment: fc.constantFrom(null, ...segmentKeys, 'gone'),
    settings: fc.constantFrom(
      {},
      { sequence: null },
      { sequence: 'one' },
      { sequence: 'gone' },
      { minGapBusinessDays: 9 },
    ),
    paused: fc.boolean(),
  }),
);

const calendar = businessCalendar('US', 'NY', 'America/New_York');

/** The day of a step by a calendar of weekends only, for a due date on any weekday. */
function dayOf(some: Step, dueOn: Day): Day {
  if (some.offsetUnit === 'calendar') return addDays(dueOn, some.offsetDays);
  // on the due date, whatever weekday that is (SEQ-03)
  if (some.offsetDays === 0) return dueOn;
  if (some.offsetDays > 0) return addBusinessDays(dueOn, some.offsetDays, calendar);
  let [found, left] = [dueOn, -some.offsetDays];
  while (left > 0) {
    found = addDays(found, -1);
    if (calendar.isBusinessDay(found)) left -= 1;
  }
  return found;
}

/** A week in August without a public holiday, and weeks around it. */
const dueDays = Array.from({ length: 7 }, (_, index) => addDays(day('2026-08-10'), index));

describe('any policy that passes the check', () => {
  it('gives any customer steps that rise in days and never fall in strictness, whatever its facts', () => {
    let passed = 0;
    fc.assert(
      fc.property(anyDocument, anyFacts, anyOwn, (body, facts, own) => {
        if (checkDocument(body).some(({ level }) => level === 'refuse')) return;
        passed += 1;
        const policy = policyFor({ ...body, version: 1 }, facts, own);
        const { steps } = policy;
        expect(steps.length === 0).toBe(policy.sequence === null);
        for (const dueOn of dueDays) {
          const days = steps.map((one) => dayOf(one, dueOn));
          expect(days).toEqual([...new Set(days)].sort());
        }
        const strictness = steps.map(({ stage }) => stages.indexOf(stage));
        expect(strictness).toEqual([...strictness].sort((one, other) => one - other));
        for (const one of steps.filter(({ stage }) => stage === 'final')) {
          expect(one.needsPerson).toBe(true);
          expect(one.payWithinDays).toBeGreaterThanOrEqual(7);
        }
        expect(policy.sendDays.some((weekday) => weekday <= 5)).toBe(true);
      }),
      { numRuns: 800, seed: 5 },
    );
    // else the property would say nothing
    expect(passed).toBeGreaterThan(200);
  });

  it('every preset passes, also after any change between them, and for anybody', () => {
    for (const one of known)
      for (const other of known)
        for (const third of known)
          expect(checkDocument(withPreset(withPreset(one, other.preset), third.preset))).toEqual([]);
    fc.assert(
      fc.property(fc.constantFrom(...known), anyFacts, (body, facts) => {
        const policy = policyFor({ ...body, version: 1 }, facts, null);
        expect(policy.steps.length).toBeGreaterThan(2);
        expect(policy.steps.at(-1)?.stage).toBe('final');
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it('still passes after another preset is chosen, and coming back to the same one changes nothing more', () => {
    const refused = (body: PolicyBody) => checkDocument(body).filter(({ level }) => level === 'refuse');
    let passed = 0;
    fc.assert(
      fc.property(anyDocument, fc.constantFrom(...known), (body, { preset }) => {
        if (refused(body).length > 0) return;
        passed += 1;
        const chosen = withPreset(body, preset);
        expect(refused(chosen)).toEqual([]);
        expect(whatChangedInPolicy(chosen, withPreset(chosen, preset))).toEqual([]);
      }),
      { numRuns: 500, seed: 7 },
    );
    expect(passed).toBeGreaterThan(50);
  });

  it('what changed is empty exactly when nothing did', () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (one, other) => {
        expect(whatChangedInPolicy(one, structuredClone(one))).toEqual([]);
        expect(whatChangedInPolicy(one, other).length === 0).toBe(
          JSON.stringify(one) === JSON.stringify(other),
        );
      }),
      { numRuns: 300, seed: 8 },
    );
  });

  it('a customer’s own that passes leaves a policy that can be carried out', () => {
    fc.assert(
      fc.property(anyOwn, fc.constantFrom(...known), (own, body) => {
        if (own === null || checkCustomerPolicy(own, body).length > 0) return;
        const policy = policyFor({ ...body, version: 1 }, null, own);
        expect(policy.paused === null).toBe(!own.paused);
        expect(policy.steps.length === 0).toBe(own.settings.sequence === null);
      }),
      { numRuns: 200, seed: 9 },
    );
  });
});
