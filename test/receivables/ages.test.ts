import { describe, expect, test } from '@jest/globals';
import { addDays, day } from '../../src/domain/day.ts';
import { agesOf, nextAgeOn } from '../../src/receivables/ages.ts';
import { owed, position } from './support.ts';

const due = day('2026-01-31');
const daysAfter = (days: number) =>
  position({ today: addDays(due, days), invoices: [owed('I1', { dueOn: due })] });

describe('past due by age', () => {
  test.each([
    [0, [0, 0, 0, 0]],
    [1, [10_000, 0, 0, 0]],
    [30, [10_000, 0, 0, 0]],
    [31, [0, 10_000, 0, 0]],
    [60, [0, 10_000, 0, 0]],
    [61, [0, 0, 10_000, 0]],
    [90, [0, 0, 10_000, 0]],
    [91, [0, 0, 0, 10_000]],
    [4_000, [0, 0, 0, 10_000]],
  ])('%i days after the due date', (days, expected) => {
    const { ages, lines } = daysAfter(days);
    expect(lines[0]?.daysLate).toBe(days);
    expect(Object.values(ages)).toEqual(expected);
  });

  test('changes by itself on the day after the due date, and 31, 61 and 91 days after it', () => {
    const entered = [1, 31, 61, 91].map((days) => addDays(due, days));
    expect([-1, 0, 1, 30, 31, 60, 61, 90].map((days) => daysAfter(days).nextEventOn)).toEqual(
      [0, 0, 1, 1, 2, 2, 3, 3].map((at) => entered[at]),
    );
    expect(daysAfter(91).nextEventOn).toBeNull();
  });

  test('a leap day is a day like any other', () => {
    expect(nextAgeOn([day('2028-02-28')], day('2028-02-28'))).toBe('2028-02-29');
    expect(nextAgeOn([day('2028-02-29')], day('2028-02-29'))).toBe('2028-03-01');
    expect(nextAgeOn([day('2028-01-30')], day('2028-02-01'))).toBe('2028-03-01');
    expect(nextAgeOn([day('2027-01-30')], day('2027-02-01'))).toBe('2027-03-02');
    const late = position({ today: day('2028-03-01'), invoices: [owed('I1', { dueOn: day('2028-01-31') })] });
    expect(late.lines[0]?.daysLate).toBe(30);
    expect(late.ages.d1to30Minor).toBe(10_000);
  });

  test('"never", as some books write it, is no day on which anything happens', () => {
    expect(nextAgeOn([day('9999-12-31')], day('2026-01-01'))).toBeNull();
    expect(nextAgeOn([day('9999-12-01')], day('9999-12-15'))).toBeNull();
  });

  test('of several invoices the earliest counts, and one without a due date never does', () => {
    const today = day('2026-02-10');
    expect(nextAgeOn([due, null, day('2026-02-20'), day('2026-01-20')], today)).toBe('2026-02-20');
    expect(nextAgeOn([null], today)).toBeNull();
  });

  test('what is not late has no age', () => {
    const lines = [
      { daysLate: 0, openMinor: 7 },
      { daysLate: 31, openMinor: 9 },
      { daysLate: 31, openMinor: 1 },
    ];
    expect(agesOf(lines)).toEqual({ d1to30Minor: 0, d31to60Minor: 10, d61to90Minor: 0, over90Minor: 0 });
  });
});
