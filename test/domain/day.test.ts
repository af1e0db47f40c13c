import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  type Day,
  day,
  dayAt,
  daysBetween,
  formatDay,
  instantAt,
  parseDay,
  weekday,
} from '../../src/domain/day.ts';
import { localeOf } from '../../src/domain/locale.ts';

const days = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)));

function exists(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

describe('a day', () => {
  test('that does not exist is null, never today (R8)', () => {
    const bad = [
      '2026-02-30',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '02/03/2026',
      '2026-01-01T00:00:00Z',
      '',
    ];
    for (const text of [...bad, null, undefined, 20260101, new Date()]) expect(parseDay(text)).toBeNull();
    expect(() => day('2026-02-30')).toThrow(RangeError);
    expect(parseDay('2028-02-29')).toBe('2028-02-29');
  });

  test('exists exactly when the calendar of the runtime has it', () => {
    const two = (part: number): string => String(part).padStart(2, '0');
    const written = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), fc.nat(14), fc.nat(33))
      .map(([year, month, date]) => `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`);
    fc.assert(
      fc.property(written, (text) => {
        expect(parseDay(text) !== null).toBe(exists(text));
      }),
      { numRuns: 2_000 },
    );
    expect(['1900-02-29', '2000-02-29', '0000-01-01'].map(parseDay)).toEqual([null, '2000-02-29', null]);
  });

  test('later, earlier and between are what the calendar of the runtime says, from the year 1 on', () => {
    const anyDay = fc
      .integer({ min: 0, max: 3_652_058 })
      .map((count) => day(Temporal.PlainDate.from('0001-01-01').add({ days: count }).toString()));
    fc.assert(
      fc.property(anyDay, anyDay, fc.integer({ min: -800_000, max: 800_000 }), (one, other, count) => {
        const [from, to] = [Temporal.PlainDate.from(one), Temporal.PlainDate.from(other)];
        expect(daysBetween(one, other)).toBe(from.until(to, { largestUnit: 'days' }).days);
        expect(addDays(one, count)).toBe(from.add({ days: count }).toString());
      }),
      { numRuns: 2_000 },
    );
    expect(addDays(day('9999-12-31'), 1)).toBe('+010000-01-01');
    expect(() => daysBetween('-infinity' as Day, day('2026-01-01'))).toThrow('Temporal');
  });

  test('DET-01: is the calendar day of its zone, not of UTC', () => {
    const instant = new Date('2026-11-02T06:30:00Z');
    expect(dayAt(instant, 'America/Los_Angeles')).toBe('2026-11-01');
    expect(dayAt(instant, 'Pacific/Auckland')).toBe('2026-11-02');
    expect(dayAt(new Date('2026-11-01T11:30:00Z'), 'Pacific/Auckland')).toBe('2026-11-02');
  });

  test('DET-13: adding days neither loses nor doubles one at the ends of months and years', () => {
    expect(addDays(day('2028-02-28'), 1)).toBe('2028-02-29');
    expect(addDays(day('2026-02-28'), 1)).toBe('2026-03-01');
    expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01');
    expect(daysBetween(day('2026-12-31'), day('2027-01-01'))).toBe(1);
    expect(daysBetween(day('2026-03-01'), day('2026-02-28'))).toBe(-1);
  });

  test('adding and counting days are each other’s opposites', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5_000, max: 5_000 }), (from, count) => {
        expect(daysBetween(from, addDays(from, count))).toBe(count);
        expect(weekday(addDays(from, 7 * count))).toBe(weekday(from));
      }),
    );
  });

  test('sorts as text', () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(a < b).toBe(daysBetween(a, b) > 0);
      }),
    );
  });
});

describe('an instant of a wall clock', () => {
  test('comes back as the same day in every zone', () => {
    const zones = fc.constantFrom(
      'Pacific/Auckland',
      'America/Los_Angeles',
      'Europe/London',
      'Asia/Kolkata',
      'UTC',
    );
    fc.assert(
      fc.property(days, zones, (on, zone) => {
        expect(dayAt(instantAt(on, '09:00', zone), zone)).toBe(on);
        expect(dayAt(instantAt(on, '00:00', zone), zone)).toBe(on);
      }),
    );
  });

  test('follows daylight saving in both directions, and a skipped time moves forward', () => {
    const zone = 'America/Los_Angeles';
    expect(instantAt(day('2026-03-07'), '09:00', zone).toISOString()).toBe('2026-03-07T17:00:00.000Z');
    expect(instantAt(day('2026-03-08'), '09:00', zone).toISOString()).toBe('2026-03-08T16:00:00.000Z');
    expect(instantAt(day('2026-11-01'), '09:00', zone).toISOString()).toBe('2026-11-01T17:00:00.000Z');
    expect(instantAt(day('2026-03-08'), '02:30', zone).toISOString()).toBe('2026-03-08T10:30:00.000Z');
  });
});

test('days are shown as the reader’s country writes them, and an unknown country gets a neutral form', () => {
  expect(formatDay(day('2026-12-03'), localeOf('US'))).toBe('Dec 3, 2026');
  expect(formatDay(day('2026-12-03'), localeOf('nz'))).toBe('3 Dec 2026');
  expect(formatDay(day('2026-12-03'), localeOf(null), true)).toBe('Thu, 3 Dec 2026');
});
