import fc from 'fast-check';
import { addDays, type Day, day } from '../../../src/domain/day.ts';
import type { Law } from '../../../src/policies/law/law.ts';
import { lawFor } from '../../../src/policies/law/law-for.ts';
import type { Policy } from '../../../src/policies/policy.ts';
import { presets } from '../../../src/policies/presets/presets.ts';
import { policyFor } from '../../../src/policies/resolve.ts';
import {
  type Channel,
  channels,
  type DebtorType,
  type Stage,
  type Step,
  stages,
  step,
} from '../../../src/policies/step.ts';
import { openLaw, policy, rule } from '../support.ts';

/** Everything that can happen to one customer in a quarter, as drawn. Days are counted from `start`. */
export interface World {
  readonly start: Day;
  readonly policy: Policy;
  /** The policy from a day on: somebody edited the sequence, or the customer changed its segment. */
  readonly changed: { readonly on: number; readonly policy: Policy } | null;
  readonly law: Law;
  readonly debtorType: DebtorType;
  readonly invoices: readonly {
    readonly id: string;
    readonly dueOn: Day;
    readonly paidOn: Day | null;
    readonly disputed: boolean;
  }[];
  readonly debtor: readonly [country: string, region: string | null, zone: string];
  readonly companyZone: string;
  /** Days on which no scheduler runs. */
  readonly outages: readonly (readonly [from: number, days: number])[];
  /** At which hour of the company's day the scheduler comes back after an outage. */
  readonly hour: number;
  readonly payments: readonly number[];
  /** Days on which something was said about the other currency. */
  readonly otherCurrency: readonly number[];
  /** On these days a person passes the next step over. */
  readonly skips: readonly number[];
  /** From a day until a day the sequence is paused. */
  readonly pause: readonly [from: number, until: number] | null;
  /** On these days the machine's clock steps back by so many hours for a moment, after what was sent. */
  readonly clockBack: readonly (readonly [on: number, hours: number])[];
}

export const LENGTH = 62;

const offset = fc.integer({ min: 0, max: LENGTH });

/** Sequences of any channels and units whose stages grow, with a courtesy step or one on the day itself in front. */
const steps: fc.Arbitrary<readonly Step[]> = fc
  .record({
    before: fc.option(fc.integer({ min: -8, max: 0 })),
    rows: fc.uniqueArray(
      fc.record({
        offsetDays: fc.integer({ min: 1, max: 40 }),
        rank: fc.integer({ min: 1, max: 4 }),
        channel: fc.oneof(
          { weight: 3, arbitrary: fc.constant<Channel>('email') },
          fc.constantFrom<Channel>('letter', 'call'),
        ),
        unit: fc.constantFrom<Step['offsetUnit']>('calendar', 'calendar', 'business'),
        daysSincePayment: fc.option(fc.integer({ min: 1, max: 15 }), { freq: 6 }),
        debtorTypes: fc.option(fc.constantFrom<DebtorType[]>(['business'], ['consumer', 'unknown']), {
          freq: 6,
        }),
        minimum: fc.option(fc.integer({ min: 5_000, max: 40_000 }), { freq: 6 }),
      }),
      { minLength: 1, maxLength: 5, selector: (row) => row.offsetDays },
    ),
    repeat: fc.option(
      fc.record({ everyDays: fc.integer({ min: 3, max: 20 }), most: fc.integer({ min: 1, max: 3 }) }),
      {
        freq: 3,
      },
    ),
  })
  .map(({ before, rows, repeat }) => {
    const ranks = rows.map((row) => row.rank).toSorted((a, b) => a - b);
    const sorted = rows.toSorted((a, b) => a.offsetDays - b.offsetDays);
    const main = sorted.map((row, index) =>
      step({
        key: `s${index}`,
        name: `step ${index}`,
        offsetDays: row.offsetDays,
        offsetUnit: row.unit,
        stage: stages[ranks[index] ?? 1] as Stage,
        channel: row.channel,
        conditions: {
          segments: null,
          minimum: row.minimum === null ? {} : { USD: row.minimum },
          debtorTypes: row.debtorTypes,
          daysSincePayment: row.daysSincePayment,
        },
        repeat: index === sorted.length - 1 ? repeat : null,
      }),
    );
    if (before === null) return main;
    const early: Pick<Step, 'offsetDays' | 'stage' | 'offsetUnit'> =
      before === 0
        ? { offsetDays: 0, stage: 'first', offsetUnit: 'calendar' }
        : { offsetDays: before, stage: 'courtesy', offsetUnit: before % 2 === 0 ? 'business' : 'calendar' };
    return [step({ key: 'early', name: 'early step', ...early }), ...main];
  });

const settings = fc.record({
  minGapBusinessDays: fc.integer({ min: 1, max: 6 }),
  restAfterPaymentBusinessDays: fc.integer({ min: 0, max: 5 }),
  caps: fc.record({ perWeek: fc.integer({ min: 1, max: 4 }), perMonth: fc.integer({ min: 2, max: 9 }) }),
  window: fc.record({
    from: fc.constantFrom('00:00', '02:30', '08:00', '09:00', '10:30'),
    to: fc.constantFrom('12:00', '17:00', '18:00', '23:30'),
  }),
  sendDays: fc.constantFrom([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [2, 4], [1], [3, 4, 5, 6, 7]),
  statement: fc.record({
    forWhom: fc.constantFrom<Policy['statement']['forWhom']>('nobody', 'nobody', 'several_open', 'everybody'),
    businessDay: fc.integer({ min: 1, max: 20 }),
  }),
  worthACall: fc.constantFrom({}, {}, { USD: 25_000 }),
});

const segments = ['new', 'reliable', 'sometimes_late', 'habitually_late', 'large_balance', 'individual'];
/** The presets as they are, for customers of any segment. */
export const presetPolicies: readonly Policy[] = Object.values(presets).flatMap((body) =>
  segments.map((segment) =>
    policyFor({ ...body, version: 1 }, null, { version: 1, segment, settings: {}, paused: false }),
  ),
);

const policies: fc.Arbitrary<Policy> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(policy) },
  { weight: 2, arbitrary: fc.constantFrom(...presetPolicies) },
  {
    weight: 5,
    arbitrary: fc.tuple(steps, settings).map(([own, more]) => ({ ...policy, ...more, steps: own })),
  },
);

/** Steps of another sequence have other keys; those of an edited one keep theirs, and one of them is gone or moved. */
function laterPolicy(before: Policy, other: Policy, how: 'another' | 'shorter' | 'moved'): Policy {
  if (how === 'another')
    return {
      ...other,
      steps: other.steps.map((each) => ({ ...each, key: `o-${each.key}`, name: `other ${each.name}` })),
    };
  const edited =
    how === 'shorter' && before.steps.length > 1
      ? before.steps.filter((_, index) => index !== 1)
      : before.steps.map((each) =>
          each.offsetDays > 0 ? { ...each, offsetDays: each.offsetDays + 4 } : each,
        );
  return { ...other, steps: edited };
}

const places = [
  ['US', 'OR', 'America/Los_Angeles'],
  ['US', 'NY', 'America/New_York'],
  ['NZ', null, 'Pacific/Auckland'],
  ['GB', 'ENG', 'Europe/London'],
  ['IN', null, 'Asia/Kolkata'],
] as const;

/** Of several channels, as drawn: caps, hours, gaps, deadlines and what is blocked. */
const drawnLaw: fc.Arbitrary<Law> = fc
  .record({
    caps: fc.array(
      fc.record({
        channels: fc.subarray([...channels], { minLength: 1 }),
        days: fc.integer({ min: 2, max: 21 }),
        most: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 2 },
    ),
    windows: fc.array(
      fc.record({
        channels: fc.subarray([...channels], { minLength: 1 }),
        from: fc.constantFrom('07:30', '08:00', '11:00'),
        to: fc.constantFrom('11:30', '18:00', '20:00'),
        days: fc.constantFrom([1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6], [2, 3, 4]),
      }),
      { maxLength: 2 },
    ),
    gap: fc.integer({ min: 0, max: 5 }),
    blocked: fc.option(fc.constantFrom<Channel>('email', 'letter', 'call', 'call'), { freq: 4 }),
    days: fc.integer({ min: 10, max: 30 }),
  })
  .map((drawn) => ({
    ...openLaw,
    packs: ['drawn'],
    caps: drawn.caps.map((cap, index) => ({ ...cap, rule: rule(`cap-${index}`) })),
    windows: drawn.windows.map((window, index) => ({ ...window, rule: rule(`hours-${index}`) })),
    minGapBusinessDays: { days: drawn.gap, rule: rule('gap') },
    blocked: drawn.blocked === null ? [] : [{ what: drawn.blocked, rule: rule('block') }],
    deadlines: [{ stage: 'final', days: drawn.days, rule: rule('days') }],
  }));

function packsOf([country, region]: World['debtor'], debtorType: DebtorType): Law {
  const place = {
    debtorCountry: country,
    debtorRegion: region,
    debtorCity: region === 'NY' ? 'New York' : null,
  };
  return lawFor(
    {
      ...place,
      debtorPostcode: null,
      debtorType,
      creditorCountry: 'US',
      allBusinesses: false,
      emailConsent: null,
    },
    day('2026-11-01'),
  );
}

export const worlds: fc.Arbitrary<World> = fc
  .record({
    // each of them runs over a change of the clocks somewhere
    start: fc.constantFrom('2026-02-20', '2026-03-20', '2026-09-18', '2026-10-20', '2026-12-10').map(day),
    policy: policies,
    changed: fc.option(
      fc.record({
        on: offset,
        policy: policies,
        how: fc.constantFrom('another' as const, 'shorter' as const, 'moved' as const),
      }),
      { freq: 3 },
    ),
    law: fc.oneof(fc.constant(openLaw), drawnLaw, fc.constant(null)),
    debtorType: fc.constantFrom<DebtorType>('business', 'business', 'sole_trader', 'consumer', 'unknown'),
    invoices: fc.array(
      fc.record({
        due: fc.integer({ min: -150, max: 70 }),
        paid: fc.option(offset, { freq: 2 }),
        disputed: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    debtor: fc.constantFrom<World['debtor']>(...places),
    companyZone: fc.constantFrom('America/Los_Angeles', 'Pacific/Auckland', 'Europe/London', 'UTC'),
    outages: fc.array(fc.tuple(offset, fc.integer({ min: 1, max: 20 })), { maxLength: 2 }),
    hour: fc.constantFrom(0, 0, 6, 9, 13, 23),
    payments: fc.array(offset, { maxLength: 2 }),
    otherCurrency: fc.uniqueArray(offset, { maxLength: 5 }),
    skips: fc.array(offset, { maxLength: 2 }),
    pause: fc.option(fc.tuple(offset, fc.integer({ min: 1, max: 20 })), { freq: 3 }),
    clockBack: fc.array(fc.tuple(offset, fc.constantFrom(1, 3, 30)), { maxLength: 3 }),
  })
  .map(({ invoices, pause, changed, ...world }) => ({
    ...world,
    changed:
      changed === null
        ? null
        : { on: changed.on, policy: laterPolicy(world.policy, changed.policy, changed.how) },
    law: world.law ?? packsOf(world.debtor, world.debtorType),
    invoices: invoices.map(({ due, paid, disputed }, index) => ({
      id: `I${index}`,
      dueOn: addDays(world.start, due),
      paidOn: paid === null ? null : addDays(world.start, paid),
      disputed: disputed && index === 1,
    })),
    pause: pause === null ? null : [pause[0], pause[0] + pause[1]],
  }));
