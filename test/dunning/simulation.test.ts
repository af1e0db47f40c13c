import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../src/domain/day.ts';
import { nextStep } from '../../src/dunning/next-step.ts';
import { type Decider, live } from './simulation/live.ts';
import { judge, Unlawful } from './simulation/referee.ts';
import { LENGTH, presetPolicies, type World, worlds } from './simulation/world.ts';
import { openLaw } from './support.ts';

/** What was run, so that none of this can pass by doing nothing. */
const ran = { runs: 0, again: 0, withTouches: 0, touches: 0, decisions: 0 };

function liveAndJudge(world: World, wakes: 'daily' | 'when_told', days?: number) {
  const lived = live(world, wakes, nextStep, days);
  judge(world, lived);
  ran.runs += 1;
  ran.withTouches += lived.sent.length > 0 ? 1 : 0;
  ran.touches += lived.sent.length;
  ran.decisions += lived.decisions;
  return lived;
}

test('S1-S3, S6, R5 and the law: whatever the invoices, the policy, its changes, the outages, the clocks and the zones, no schedule breaks spacing, caps, hours, holidays or order, and none skips a step without a reason', () => {
  fc.assert(
    fc.property(worlds, (world) => void liveAndJudge(world, 'when_told')),
    { numRuns: 1_850 },
  );
});

test('whoever looks only when it was told to sends the same as whoever looks every day', () => {
  fc.assert(
    fc.property(worlds, (drawn) => {
      const world = { ...drawn, hour: 0 };
      const [daily, told] = [liveAndJudge(world, 'daily'), liveAndJudge(world, 'when_told')];
      ran.again += 1;
      expect(told.sent.map(({ at, step }) => [at, step.key])).toEqual(
        daily.sent.map(({ at, step }) => [at, step.key]),
      );
      expect(told.decisions).toBeLessThanOrEqual(daily.decisions);
    }),
    { numRuns: 80 },
  );
});

test('an idle scheduler loses nothing: whoever stays late goes through every step that is for them in the end', () => {
  fc.assert(
    fc.property(worlds, fc.constantFrom(...presetPolicies), (drawn, policy) => {
      const world: World = {
        ...drawn,
        policy: { ...policy, caps: { perWeek: 4, perMonth: 9 } },
        changed: null,
        law: openLaw,
        debtorType: 'business',
        invoices: [{ id: 'I0', dueOn: addDays(drawn.start, -40), paidOn: null, disputed: false }],
        payments: [],
        otherCurrency: [],
        skips: [],
        pause: null,
        hour: 10,
      };
      fc.pre(world.outages.reduce((sum, [, days]) => sum + days, 0) <= 8);
      // the longest preset, after an outage over Christmas, is not through within the quarter
      const { sent } = liveAndJudge(world, 'daily', LENGTH + 30);
      const keys = sent.flatMap(({ steps }) => steps.map(({ step }) => step.key));
      const reasons = sent.flatMap((touch) => touch.reasons).map(({ words }) => words);
      const left = policy.steps.filter((step) => !keys.includes(step.key));
      for (const step of left)
        expect(reasons.find((words) => words.includes(`The ${step.name} is passed over`))).toBeDefined();
      expect(keys.length).toBeGreaterThan(0);
    }),
    { numRuns: 100 },
  );
});

describe('the referee is awake: it catches', () => {
  const broken: Readonly<Record<string, Decider>> = {
    'a gap that is not kept': (input) =>
      nextStep({
        ...input,
        policy: { ...input.policy, minGapBusinessDays: 0 },
        law: { ...input.law, minGapBusinessDays: openLaw.minGapBusinessDays },
      }),
    'caps that are not kept': (input) =>
      nextStep({
        ...input,
        policy: { ...input.policy, caps: { perWeek: 99, perMonth: 99 } },
        law: { ...input.law, caps: [] },
      }),
    'hours of the law that are not kept': (input) =>
      nextStep({ ...input, law: { ...input.law, windows: [] } }),
    'the company’s hours instead of the debtor’s': (input) =>
      nextStep({
        ...input,
        debtorZones: [input.companyZone],
        calendar: { ...input.calendar, timeZone: input.companyZone },
      }),
    'holidays that are not kept': (input) =>
      nextStep({ ...input, calendar: { ...input.calendar, isBusinessDay: () => true } }),
    'days that are not kept': (input) =>
      nextStep({ ...input, policy: { ...input.policy, sendDays: [1, 2, 3, 4, 5, 6, 7] } }),
    'a rest that is not kept': (input) =>
      nextStep({ ...input, history: { ...input.history, lastPaymentOn: null } }),
    'a block that is not kept': (input) => nextStep({ ...input, law: { ...input.law, blocked: [] } }),
    'a deadline that is not kept': (input) => nextStep({ ...input, law: { ...input.law, deadlines: [] } }),
    'a pause that is not kept': (input) => nextStep({ ...input, policy: { ...input.policy, paused: null } }),
    'steps that are forgotten': (input) =>
      nextStep({ ...input, history: { ...input.history, stepsDone: [] } }),
    'contacts that are forgotten': (input) =>
      nextStep({ ...input, history: { ...input.history, contacts: [] } }),
    'calls and messages in another currency that are forgotten': (input) => {
      const contacts = input.history.contacts.filter(({ currency }) => currency === input.position.currency);
      return nextStep({ ...input, history: { ...input.history, contacts } });
    },
    'a step that is left out': (input) =>
      nextStep({ ...input, policy: { ...input.policy, steps: input.policy.steps.slice(1) } }),
    'a step that is early': (input) => {
      const steps = input.policy.steps.map((step) => ({ ...step, offsetDays: step.offsetDays - 2 }));
      const found = nextStep({ ...input, policy: { ...input.policy, steps } });
      if (found.kind !== 'step') return found;
      const own = (key: string) => input.policy.steps.find((step) => step.key === key);
      const advances = found.advances.map((each) => ({ ...each, step: own(each.step.key) ?? each.step }));
      return { ...found, advances };
    },
    'an hour that is early': (input) => {
      const found = nextStep(input);
      return found.kind === 'step' ? { ...found, at: new Date(found.at.getTime() - 2 * 3_600_000) } : found;
    },
  };
  const drawn = fc.sample(worlds, { seed: 20_261_110, numRuns: 120 });

  test.each(Object.entries(broken))('%s', (_, decider) => {
    const caught = drawn.some((world) => {
      const lived = live(world, 'when_told', decider);
      try {
        judge(world, lived);
        return false;
      } catch (error) {
        if (error instanceof Unlawful) return true;
        throw error;
      }
    });
    expect(caught).toBe(true);
  });
});

afterAll(() => {
  // drawn worlds: one that was lived twice counts once
  expect(ran.runs - ran.again).toBeGreaterThanOrEqual(2_000);
  // most worlds have something to say, and none of it is guesswork
  expect(ran.withTouches).toBeGreaterThan(ran.runs * 0.6);
  expect(ran.touches).toBeGreaterThan(4_000);
});
