import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addBusinessDays, businessCalendar, nextBusinessDay, nextWindow } from '../../src/domain/calendar.ts';
import { addDays, day, dayAt, instantAt, weekday } from '../../src/domain/day.ts';
import { graceUntil } from '../../src/receivables/agreements/grace.ts';
import { businessDaysBetween, isInsideWindow } from '../support/business-days.ts';

const oregon = businessCalendar('US', 'OR', 'America/Los_Angeles');
const auckland = businessCalendar('NZ', null, 'Pacific/Auckland');
const london = businessCalendar('GB', 'ENG', 'Europe/London');
const office = { from: '09:00', to: '17:00' };

describe('business days', () => {
  test('SEQ-11: leave out weekends and the public holidays of each country', () => {
    const off = (calendar: typeof oregon, texts: string[]): boolean[] =>
      texts.map((text) => calendar.isBusinessDay(day(text)));
    expect(off(oregon, ['2026-11-26', '2026-12-25', '2027-01-01', '2026-11-25'])).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(off(auckland, ['2026-02-06', '2026-04-03', '2026-10-26', '2026-11-26'])).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(off(london, ['2026-04-03', '2026-05-04', '2026-08-31', '2026-07-03'])).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test('SEQ-11: a holiday that falls on a weekend is kept on its working day', () => {
    // 4 July 2026 is a Saturday; 26 December 2026 too
    expect(oregon.isBusinessDay(day('2026-07-03'))).toBe(false);
    expect(london.isBusinessDay(day('2026-12-28'))).toBe(false);
    expect(nextBusinessDay(day('2026-12-25'), london)).toBe('2026-12-29');
  });

  test('an unknown country or region still has its weekends', () => {
    const nowhere = businessCalendar('XX', 'ZZ', 'UTC');
    expect(nowhere.isBusinessDay(day('2026-12-25'))).toBe(true);
    expect(nowhere.isBusinessDay(day('2026-12-26'))).toBe(false);
    expect(businessCalendar('US', 'ZZ', 'UTC').isBusinessDay(day('2026-12-25'))).toBe(false);
  });

  test('SEQ-12: a calendar without any is an error, not an endless loop', () => {
    const never = { timeZone: 'UTC', isBusinessDay: () => false };
    expect(() => nextBusinessDay(day('2026-11-02'), never)).toThrow(RangeError);
    expect(() => addBusinessDays(day('2026-11-02'), 3, never)).toThrow(RangeError);
    expect(() => nextWindow(new Date('2026-11-02T09:00:00Z'), office, never)).toThrow(RangeError);
  });

  test('are counted the same way forwards and back, wherever one starts', () => {
    const starts = fc.integer({ min: 0, max: 1_500 }).map((offset) => addDays(day('2024-01-01'), offset));
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 15 }), (from, count) => {
        const end = addBusinessDays(from, count, oregon);
        expect(oregon.isBusinessDay(end)).toBe(true);
        expect(businessDaysBetween(from, end, oregon)).toBe(count);
      }),
    );
    expect(addBusinessDays(day('2026-11-07'), 0, oregon)).toBe('2026-11-09');
    expect(addBusinessDays(day('2026-11-07'), 1, oregon)).toBe('2026-11-09');
    expect(businessDaysBetween(day('2026-11-09'), day('2026-11-06'), oregon)).toBe(0);
  });

  test('EXC-08: a promise holds until its day plus two business days', () => {
    const company = { country: 'US', region: 'OR', time_zone: 'America/Los_Angeles' };
    expect(graceUntil(day('2026-11-24'), company)).toBe('2026-11-27');
    expect(graceUntil(day('2026-11-20'), company)).toBe('2026-11-24');
  });
});

describe('the window in which a message may leave', () => {
  const at = (text: string, calendar = oregon): string =>
    nextWindow(new Date(text), office, calendar).toISOString();

  test('SEQ-13: its start is inside, its end is outside', () => {
    expect(at('2026-11-10T16:59:59Z')).toBe('2026-11-10T17:00:00.000Z');
    expect(isInsideWindow(new Date('2026-11-10T17:00:00Z'), office, oregon)).toBe(true);
    expect(isInsideWindow(new Date('2026-11-11T00:59:59Z'), office, oregon)).toBe(true);
    expect(isInsideWindow(new Date('2026-11-11T01:00:00Z'), office, oregon)).toBe(false);
    // 11 November is Veterans Day
    expect(at('2026-11-11T01:00:00Z')).toBe('2026-11-12T17:00:00.000Z');
  });

  test('opens at the same wall-clock time on both sides of daylight saving', () => {
    expect(at('2026-03-06T18:00:00Z')).toBe('2026-03-06T18:00:00.000Z');
    expect(at('2026-03-07T18:00:00Z')).toBe('2026-03-09T16:00:00.000Z');
    expect(at('2026-10-31T18:00:00Z')).toBe('2026-11-02T17:00:00.000Z');
    expect(at('2026-09-26T12:00:00Z', auckland)).toBe('2026-09-27T20:00:00.000Z');
  });

  test('is the first allowed instant from any moment on: never earlier, inside hours, on a business day', () => {
    const moments = fc.date({
      min: new Date('2025-01-01'),
      max: new Date('2028-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, fc.constantFrom(oregon, auckland, london), (moment, calendar) => {
        const found = nextWindow(moment, office, calendar);
        expect(found >= moment).toBe(true);
        const on = dayAt(found, calendar.timeZone);
        expect(calendar.isBusinessDay(on) && weekday(on) <= 5).toBe(true);
        expect(found >= instantAt(on, office.from, calendar.timeZone)).toBe(true);
        expect(found < instantAt(on, office.to, calendar.timeZone)).toBe(true);
        if (found > moment) {
          expect(found).toEqual(instantAt(on, office.from, calendar.timeZone));
          for (let missed = dayAt(moment, calendar.timeZone); missed < on; missed = addDays(missed, 1)) {
            const closed = moment >= instantAt(missed, office.to, calendar.timeZone);
            expect(calendar.isBusinessDay(missed) && !closed).toBe(false);
          }
        }
      }),
    );
  });
});
