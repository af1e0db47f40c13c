import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { businessCalendar } from '../../src/domain/calendar.ts';
import { addDays, type Day, day, dayAt, daysBetween, instantAt } from '../../src/domain/day.ts';
import type { StepDone } from '../../src/dunning/history.ts';
import { nextStep } from '../../src/dunning/next-step.ts';
import type { Policy } from '../../src/policies/policy.ts';
import { hold, owed, position } from '../receivables/support.ts';
import { businessDaysBetween, isInsideWindow } from '../support/business-days.ts';
import { history, policy } from './support.ts';

interface World {
  readonly policy: Policy;
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
  /** At which hour of the company's day the scheduler wakes. */
  readonly hour: number;
  readonly payments: readonly number[];
  readonly otherCurrency: readonly number[];
}

interface Sent {
  readonly at: Date;
  readonly on: Day;
  readonly steps: readonly StepDone[];
}

const start = day('2026-02-20');
const length = 64;
const keys: readonly string[] = ['first', 'second', 'third', 'final'];

const offsets = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });
const policies: fc.Arbitrary<Policy> = fc
  .record({
    offsets,
    gap: fc.integer({ min: 1, max: 6 }),
    rest: fc.integer({ min: 0, max: 5 }),
    perWeek: fc.integer({ min: 1, max: 4 }),
    perMonth: fc.integer({ min: 2, max: 9 }),
    from: fc.constantFrom('08:00', '09:00', '10:30'),
    to: fc.constantFrom('12:00', '17:00', '18:00'),
  })
  .map((facts) => ({
    ...policy,
    steps: facts.offsets
      .toSorted((a, b) => a - b)
      .map((offsetDays, index) => ({ ...(policy.steps[index] ?? fail()), offsetDays })),
    window: { from: facts.from, to: facts.to },
    minGapBusinessDays: facts.gap,
    restAfterPaymentBusinessDays: facts.rest,
    caps: { perWeek: facts.perWeek, perMonth: facts.perMonth },
  }));

function fail(): never {
  throw new Error('the standard policy has four steps');
}

const offset = fc.integer({ min: 0, max: length });
const worlds: fc.Arbitrary<World> = fc.record({
  policy: fc.oneof(fc.constant(policy), policies),
  invoices: fc
    .array(
      fc.record({
        dueOn: fc.integer({ min: -200, max: 80 }).map((days) => addDays(start, days)),
        paidOn: fc.option(offset.map((days) => addDays(start, days))),
        disputed: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((rows) =>
      rows.map((row, index) => ({ ...row, id: `I${index}`, disputed: row.disputed && index === 1 })),
    ),
  debtor: fc.constantFrom<World['debtor']>(
    ['US', 'OR', 'America/Los_Angeles'],
    ['NZ', null, 'Pacific/Auckland'],
    ['GB', 'ENG', 'Europe/London'],
    ['IN', null, 'Asia/Kolkata'],
  ),
  companyZone: fc.constantFrom('America/Los_Angeles', 'Pacific/Auckland', 'Europe/London', 'UTC'),
  outages: fc.array(fc.tuple(offset, fc.integer({ min: 1, max: 20 })), { maxLength: 3 }),
  hour: fc.integer({ min: 0, max: 23 }),
  payments: fc.array(offset, { maxLength: 3 }),
  otherCurrency: fc.array(offset, { maxLength: 6 }),
});

function isDown(world: World, offsetDays: number): boolean {
  return world.outages.some(([from, days]) => offsetDays >= from && offsetDays < from + days);
}

/** What the world's customer owes on a day, as the reconciler would say it. */
function positionOn(world: World, today: Day) {
  const open = world.invoices.filter((row) => row.paidOn === null || row.paidOn > today);
  return position({
    today,
    invoices: open.map((row) => owed(row.id, { dueOn: row.dueOn })),
    holds: open
      .filter((row) => row.disputed)
      .map((row) => hold({ kind: 'dispute', scope: 'invoice', invoiceId: row.id, startsOn: start })),
  });
}

function lastPaymentOn(world: World, today: Day): Day | null {
  const paid = world.invoices.flatMap((row) =>
    row.paidOn !== null && row.paidOn <= today ? [row.paidOn] : [],
  );
  const others = world.payments.map((days) => addDays(start, days)).filter((on) => on <= today);
  return [...paid, ...others].sort().at(-1) ?? null;
}

/** What is decided at an instant, on the figures of that day. */
function decide(world: World, sent: readonly Sent[], today: Day, now: Date) {
  const touches = sent.map((each) => each.on);
  const others = world.otherCurrency.map((days) => addDays(start, days)).filter((on) => on <= today);
  return nextStep({
    position: positionOn(world, today),
    policy: world.policy,
    history: history({
      stepsDone: sent.flatMap((each) => each.steps),
      touchDays: touches,
      customerTouchDays: [...touches, ...others].sort(),
      lastPaymentOn: lastPaymentOn(world, today),
    }),
    calendar: businessCalendar(...world.debtor),
    locale: 'en-US',
    companyZone: world.companyZone,
    now,
  });
}

/** Lives through the days with nothing but the decision: it wakes once a day, and at the instant that was decided. */
function live(world: World): readonly Sent[] {
  const sent: Sent[] = [];
  let timer: Date | null = null;
  for (let offsetDays = 0; offsetDays < length; offsetDays += 1) {
    if (isDown(world, offsetDays)) continue;
    const today = addDays(start, offsetDays);
    const daily = instantAt(today, `${String(world.hour).padStart(2, '0')}:00`, world.companyZone);
    const wakes = timer !== null && timer < daily ? [timer, daily] : [daily];
    for (let now = wakes.shift(); now !== undefined; now = wakes.shift()) {
      // a timer that ran out while nobody listened is heard in the morning
      if (dayAt(now, world.companyZone) !== today) now = instantAt(today, '00:00', world.companyZone);
      const found = decide(world, sent, today, now);
      timer = found.kind === 'step' ? found.at : null;
      if (found.kind !== 'step') continue;
      if (found.at > now) {
        if (wakes.length === 0 && dayAt(found.at, world.companyZone) === today) wakes.push(found.at);
        continue;
      }
      const steps = found.advances.map(({ line, step }) => ({
        invoiceId: line.invoiceId,
        stepKey: step.key,
        on: today,
      }));
      sent.push({ at: now, on: today, steps });
    }
  }
  return sent;
}

function expectLawful(world: World, sent: readonly Sent[]): void {
  const calendar = businessCalendar(...world.debtor);
  const { steps, caps, window, minGapBusinessDays, restAfterPaymentBusinessDays } = world.policy;
  for (const [index, touch] of sent.entries()) {
    expect(isInsideWindow(touch.at, window, calendar)).toBe(true);
    expect(touch.steps.length).toBeGreaterThan(0);
    const before = sent[index - 1];
    if (before !== undefined) {
      expect(businessDaysBetween(before.on, touch.on, calendar)).toBeGreaterThanOrEqual(minGapBusinessDays);
    }
    for (const [days, most] of [
      [7, caps.perWeek],
      [30, caps.perMonth],
    ] as const) {
      const inside = sent.filter((other) => other.on <= touch.on && daysBetween(other.on, touch.on) < days);
      expect(inside.length).toBeLessThanOrEqual(most);
    }
    const paid = lastPaymentOn(world, touch.on);
    if (paid !== null && restAfterPaymentBusinessDays > 0) {
      expect(businessDaysBetween(paid, touch.on, calendar)).toBeGreaterThanOrEqual(
        restAfterPaymentBusinessDays,
      );
    }
    expect(world.otherCurrency.map((days) => addDays(start, days))).not.toContain(touch.on);
  }
  for (const invoice of world.invoices) {
    const taken = sent.flatMap((touch) => touch.steps.filter((step) => step.invoiceId === invoice.id));
    if (invoice.disputed) expect(taken).toEqual([]);
    expect(taken.map((step) => step.stepKey)).toEqual(keys.slice(0, taken.length));
    for (const [index, step] of taken.entries()) {
      const [rule, earlier] = [steps[index], taken[index - 1]];
      if (rule === undefined) throw new Error('more steps than the policy has');
      expect(daysBetween(invoice.dueOn, step.on)).toBeGreaterThanOrEqual(rule.offsetDays);
      if (invoice.paidOn !== null) expect(step.on < invoice.paidOn).toBe(true);
      if (earlier !== undefined) {
        expect(daysBetween(earlier.on, step.on)).toBeGreaterThanOrEqual(
          rule.offsetDays - (steps[index - 1]?.offsetDays ?? 0),
        );
      }
    }
  }
}

test('S1, S3, R5: whatever the invoices, the policy, the outages and the zones, no schedule breaks spacing, caps, windows, holidays or rests, and none skips, repeats or bunches a step', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      expectLawful(world, live(world));
    }),
    { numRuns: 300 },
  );
});

test('an idle scheduler loses nothing: whoever stays late goes through every step in the end', () => {
  fc.assert(
    fc.property(worlds, (drawn) => {
      const caps = { perWeek: 4, perMonth: 9 };
      const only = { id: 'I0', dueOn: addDays(start, -30), paidOn: null, disputed: false };
      const world = {
        ...drawn,
        policy: { ...policy, caps },
        invoices: [only],
        payments: [],
        otherCurrency: [],
        hour: 10,
      };
      const down = world.outages.reduce((sum, [, days]) => sum + days, 0);
      fc.pre(down <= 8);
      expect(
        live(world)
          .flatMap((touch) => touch.steps)
          .map((step) => step.stepKey),
      ).toEqual(keys);
    }),
    { numRuns: 40 },
  );
});
