import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allRules } from '../../src/policies/law/law-for.ts';
import type { Effect } from '../../src/policies/law/pack.ts';
import { keepsToo } from '../../src/policies/law/stricter.ts';
import { channels } from '../../src/policies/step.ts';

const effectOf = (id: string): Effect => {
  const found = allRules().find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`there is no rule ${id}`);
  return found.effect;
};
const keeps = (one: string, other: string): boolean => keepsToo(effectOf(one), effectOf(other));

test('a stricter rule keeps the weaker one too, and never the other way round', () => {
  for (const [strict, weak] of [
    ['house-calls-week', 'us-calls'],
    ['house-week-person', 'au-week'],
    ['strict-hours', 'house-hours-person'],
    ['strict-final-days', 'eu-consumer-final-days'],
    // whoever may not be written to at all need not have agreed
    ['us-own-name', 'strict-own-name'],
  ] as const)
    expect([strict, weak, keeps(strict, weak)]).toEqual([strict, weak, true]);
  expect(keeps('us-calls', 'house-calls-week')).toBe(false);
  expect(keeps('house-hours-person', 'strict-hours')).toBe(false);
  // both have their own condition
  expect(keeps('house-email-refused', 'us-nyc-email-consent')).toBe(false);
  // words are never compared: each has to be said
  expect(keeps('us-opt-out', 'house-stop')).toBe(false);
  // at most so many a week says nothing of a month
  expect(keeps('house-week-person', 'house-month-person')).toBe(false);
  // a working week may be any
  expect(keeps('house-hours-business', 'strict-call-days')).toBe(false);
});

const some = fc.subarray([...channels], { minLength: 1 });

test('whoever keeps the stricter cap keeps the weaker one, whatever happened on which day', () => {
  const cap = fc.record({
    kind: fc.constant('cap' as const),
    channels: some,
    days: fc.integer({ min: 1, max: 14 }),
    most: fc.integer({ min: 1, max: 4 }),
  });
  const contacts = fc.array(
    fc.record({ on: fc.integer({ min: 0, max: 30 }), channel: fc.constantFrom(...channels) }),
    { maxLength: 12 },
  );
  const kept = (of: { channels: readonly string[]; days: number; most: number }, all: Touches): boolean =>
    all.every(
      ({ on }) =>
        all.filter((one) => of.channels.includes(one.channel) && one.on <= on && one.on > on - of.days)
          .length <= of.most,
    );
  type Touches = readonly { readonly on: number; readonly channel: string }[];
  fc.assert(
    fc.property(cap, cap, contacts, (one, other, all) => {
      if (keepsToo(one, other) && kept(one, all)) expect(kept(other, all)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('whoever keeps the narrower hours keeps the wider ones, at any moment', () => {
  const hour = fc.integer({ min: 0, max: 23 }).map((at) => `${String(at).padStart(2, '0')}:00`);
  const window = fc.record({
    kind: fc.constant('window' as const),
    channels: some,
    from: hour,
    to: hour,
    days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  });
  const moment = fc.record({
    channel: fc.constantFrom(...channels),
    at: hour,
    day: fc.integer({ min: 1, max: 7 }),
  });
  fc.assert(
    fc.property(window, window, moment, (one, other, when) => {
      const open = (of: typeof one): boolean =>
        !of.channels.includes(when.channel) ||
        (of.days.includes(when.day) && when.at >= of.from && when.at < of.to);
      if (keepsToo(one, other) && open(one)) expect(open(other)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
