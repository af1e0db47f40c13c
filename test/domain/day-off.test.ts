import { describe, expect, test } from '@jest/globals';
import { publicHolidays } from '../../src/domain/business-days.ts';
import { dayOff } from '../../src/domain/day-off.ts';
import { holidayData } from '../../src/domain/holidays/data/index.ts';
import { firstYear, lastYear } from '../../src/domain/holidays/years.ts';

const words = (country: string, region: string | null, day: string): string | null => {
  const off = dayOff(country, region, day);
  return off === null ? null : `${off.name ?? (off.isWeekend ? 'weekend' : 'holiday')} in ${off.where}`;
};

describe('why a day is no business day', () => {
  test('the holiday by its name, and who keeps it: the country or the region', () => {
    expect(words('US', 'OR', '2026-11-11')).toBe('Veterans Day in United States');
    expect(words('US', 'Alaska', '2026-10-18')).toBe('Alaska Day in Alaska, United States');
    expect(words('NZ', 'WGN', '2026-01-19')).toBe(
      'Provincial anniversary day in Wellington Province, New Zealand',
    );
    expect(words('us', 'ME', '2026-10-12')).toBe("Indigenous Peoples' Day in United States");
  });

  test('substitute days, and a holiday that no region is known for', () => {
    expect(words('GB', null, '2026-12-28')).toMatch(/^Boxing Day .*United Kingdom$/);
    expect(words('GB', null, '2026-08-31')).toMatch(/ in most of United Kingdom$/);
  });

  test('a weekend, as the country has it; a business day has no reason', () => {
    expect(words('NZ', 'WGN', '2026-11-21')).toBe('weekend in New Zealand');
    expect(words('IL', null, '2026-11-20')).toBe('weekend in Israel');
    expect(words('US', 'OR', '2026-11-10')).toBeNull();
    expect(words('XX', null, '2026-11-21')).toBe('weekend in XX');
  });

  test('every day that the data keeps has a name, in every country and region, each in one of the years', () => {
    const nameless = Object.entries(holidayData).flatMap(([country, { regions }]) =>
      [null, ...Object.keys(regions)].flatMap((region, at) =>
        publicHolidays(country, region)
          .filter((day) => Number(day.slice(0, 4)) === firstYear + (at % (lastYear - firstYear + 1)))
          .filter((day) => (dayOff(country, region, day)?.name ?? null) === null)
          .map((day) => `${country} ${region ?? ''} ${day}`),
      ),
    );
    expect(nameless).toEqual([]);
  });
});
