import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addBusinessDays, businessCalendar } from '../../../src/domain/calendar.ts';
import { addDays, day } from '../../../src/domain/day.ts';
import {
  type AnnouncementState,
  follow,
  LATE_BUSINESS_DAYS,
} from '../../../src/dunning/announcements/announcement.ts';
import { freeOnNow } from '../../../src/dunning/announcements/hold-seen.store.ts';
import {
  announced,
  type Consequence,
  consequenceKinds,
  whyNotAnnounced,
} from '../../../src/policies/consequences/consequence.ts';

const calendar = businessCalendar('US', 'OR', 'America/Los_Angeles');
const actOn = day('2026-11-20');
const standing = fc.record({
  actOn: fc.integer({ min: 0, max: 400 }).map((days) => addDays(day('2026-01-01'), days)),
  freeOn: fc.option(fc.integer({ min: 0, max: 400 }).map((days) => addDays(day('2026-01-01'), days))),
  open: fc.boolean(),
  held: fc.boolean(),
});
const later = fc.integer({ min: -30, max: 60 });

test('before its day it waits, on its day it is due, five business days later it is broken', () => {
  const at = (today: string) =>
    follow({ actOn, freeOn: null, open: true, held: false }, day(today), calendar).is;
  expect(at('2026-11-19')).toBe('waiting');
  expect(at('2026-11-20')).toBe('due');
  // Friday; 26 November is Thanksgiving, so five business days later is the Monday after next
  expect(at('2026-11-29')).toBe('due');
  expect(at('2026-11-30')).toBe('broken');
});

test('held over its day it has the same days from the end of the hold; a hold that ended before its day changes nothing', () => {
  const at = (freeOn: string, today: string) =>
    follow({ actOn, freeOn: day(freeOn), open: true, held: false }, day(today), calendar);
  expect(at('2026-12-08', '2026-12-08')).toEqual({ is: 'due', lookOn: '2026-12-15' });
  expect(at('2026-12-08', '2026-12-14').is).toBe('due');
  expect(at('2026-12-08', '2026-12-15').is).toBe('broken');
  expect(at('2026-11-17', '2026-11-19').is).toBe('waiting');
  expect(at('2026-11-17', '2026-11-30').is).toBe('broken');
});

test('a hold is over on the day on which it is first seen to be; what is broken stays broken', () => {
  const freed = (state: AnnouncementState, wasHeld: boolean, held: boolean) =>
    freeOnNow({ state, held: wasHeld, freeOn: null }, held, actOn);
  expect(freed('announced', true, false)).toBe(actOn);
  expect(freed('announced', true, true)).toBeNull();
  expect(freed('announced', false, false)).toBeNull();
  expect(freed('broken', true, false)).toBeNull();
});

test('nothing is due or broken that is paid, held or before its day', () => {
  fc.assert(
    fc.property(standing, later, (one, days) => {
      const today = addDays(one.actOn, days);
      const { is } = follow(one, today, calendar);
      if (!one.open) expect(is).toBe('not_needed');
      else if (one.held || today < one.actOn) expect(is).toBe('waiting');
      else expect(['due', 'broken']).toContain(is);
      if (is === 'broken')
        for (const from of [one.actOn, one.freeOn ?? one.actOn])
          expect(today >= addBusinessDays(from, LATE_BUSINESS_DAYS, calendar)).toBe(true);
    }),
  );
});

test('whoever looks only on the days it names sees every change on its day', () => {
  fc.assert(
    fc.property(standing, later, (one, days) => {
      const today = addDays(one.actOn, days);
      const { is, lookOn } = follow(one, today, calendar);
      if (lookOn !== null) expect(lookOn > today).toBe(true);
      const until = lookOn ?? addDays(today, 40);
      for (let on = addDays(today, 1); on < until; on = addDays(on, 1))
        // what is held or over changes by something that happens, never by the day alone
        if (!(one.held && on >= one.actOn)) expect(follow(one, on, calendar).is).toBe(is);
    }),
    { numRuns: 60 },
  );
});

const entry: Consequence = {
  kind: 'stop_supply',
  ownerName: 'Maria Lopez',
  ownerEmail: null,
  leadDays: 3,
  doing: 'Stop it.',
  approvedBy: 'Maria Lopez',
  approvedOn: day('2026-11-01'),
  active: true,
};

test('P8: only an approved entry is announced, and none while one is broken; the reason says which', () => {
  const catalogue = new Map([['stop_supply', entry]]);
  expect(whyNotAnnounced('stop_supply', { catalogue, broken: 0 })).toBeNull();
  expect(whyNotAnnounced('court', { catalogue, broken: 0 })?.words).toContain('“court” is not an approved');
  const retired = new Map([['stop_supply', { ...entry, active: false }]]);
  expect(whyNotAnnounced('stop_supply', { catalogue: retired, broken: 0 })?.words).toContain('“stop supply”');
  expect(whyNotAnnounced('stop_supply', { catalogue, broken: 1 })?.words).toContain('neither done nor');
  expect(whyNotAnnounced('stop_supply', { catalogue, broken: 2 })?.words).toMatch(
    /: 2 that were announced are/,
  );
});

test('what is announced follows the last day given to pay, whatever kind it is', () => {
  for (const kind of consequenceKinds) {
    const said = announced({ ...entry, kind, leadDays: 14 }, day('2026-11-25'));
    expect(said.on).toBe('2026-12-09');
    expect(said.words).toMatch(/^we .*[^.]$/);
  }
});
