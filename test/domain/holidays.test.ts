import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { daysOff, publicHolidays } from '../../src/domain/business-days.ts';
import { addBusinessDays, businessCalendar } from '../../src/domain/calendar.ts';
import { addDays, day, weekday } from '../../src/domain/day.ts';
import { firstYear, lastYear } from '../../src/domain/holidays/years.ts';
import { workingWeek } from '../../src/domain/working-week.ts';
import { cpuMs } from '../support/took.ts';

const spans = lastYear - firstYear + 1;

test('the holidays are those of date-holidays, for every country and region, each in one of the years', () => {
  // in a process of its own: the library takes many times as long inside jest
  const { stdout } = spawnSync(process.execPath, ['--no-warnings', 'tools/holidays.ts', '--check'], {
    encoding: 'utf8',
  });
  const { places, wrong } = JSON.parse(stdout) as { places: number; wrong: string[] };
  expect(wrong).toEqual([]);
  expect(places).toBeGreaterThan(350);
});

test('every country of a law pack has its holidays', () => {
  const countries =
    'US GB AU NZ CA AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE';
  for (const country of countries.split(' ')) {
    expect(publicHolidays(country, null).length).toBeGreaterThan(5 * spans);
    expect(daysOff(country, null).doubt).toBeNull();
  }
});

describe('where little is known', () => {
  test('a British customer without a region has the summer bank holiday, which most of the kingdom keeps', () => {
    expect(publicHolidays('GB', null)).toContain('2026-08-31');
    expect(publicHolidays('GB', 'SCT')).not.toContain('2026-08-31');
    expect(publicHolidays('GB', 'scotland')).toEqual(publicHolidays('GB', 'SCT'));
    expect(publicHolidays('GB', 'Surrey')).toEqual(publicHolidays('GB', null));
  });

  test('a country without data has its weekends only, and says so', () => {
    const nowhere = businessCalendar('XX', null, 'UTC');
    expect(nowhere.isBusinessDay(day('2026-12-25'))).toBe(true);
    expect(nowhere.isBusinessDay(day('2026-12-26'))).toBe(false);
    expect(nowhere.doubt).toBe('The public holidays of XX are not known; only weekends are left out.');
    expect(businessCalendar('NZ', null, 'Pacific/Auckland').doubt).toBeNull();
  });

  test('years beyond the data have their weekends', () => {
    const { isBusinessDay } = businessCalendar('US', 'OR', 'America/Los_Angeles');
    for (const text of ['2023-12-29', '2033-01-03', '2041-07-05'])
      expect(isBusinessDay(day(text))).toBe(true);
    for (const text of ['2023-12-30', '2033-01-02', '2041-07-06'])
      expect(isBusinessDay(day(text))).toBe(false);
  });
});

describe('weekends', () => {
  test('lie where the country has them', () => {
    const open = (country: string): string[] =>
      ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].filter((text) =>
        businessCalendar(country, null, 'UTC').isBusinessDay(day(text)),
      );
    // a Friday, Saturday, Sunday and Monday
    expect(open('GB')).toEqual(['2026-11-20', '2026-11-23']);
    for (const country of ['SA', 'IL', 'EG', 'KW'])
      expect(open(country)).toEqual(['2026-11-22', '2026-11-23']);
    // since 2022 the Emirates rest on Saturday and Sunday
    expect(open('AE')).toEqual(['2026-11-20', '2026-11-23']);
  });

  test('are never shorter than CLDR says, for any country', () => {
    const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const countries = letters
      .flatMap((one) => letters.map((two) => one + two))
      .filter((code) => regions.of(code));
    expect(countries.length).toBeGreaterThan(200);
    for (const country of countries) {
      // Southern Yemen is no more
      if (country === 'YD') continue;
      const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
        getWeekInfo(): { weekend: number[] };
      };
      const { weekend } = locale.getWeekInfo();
      expect([country, workingWeek(country).filter((of) => weekend.includes(of))]).toEqual([country, []]);
      expect(workingWeek(country)).toHaveLength(5);
    }
  });
});

test('weekdays and holidays agree with Temporal on every day of the data', () => {
  const { isBusinessDay } = businessCalendar('NZ', null, 'Pacific/Auckland');
  const holidays = new Set(publicHolidays('NZ', null));
  for (let on = day(`${firstYear}-01-01`); on < `${lastYear + 1}`; on = addDays(on, 1))
    expect(isBusinessDay(on)).toBe(weekday(on) <= 5 && !holidays.has(on));
});

test('a calendar is made and asked a thousand days in microseconds', async () => {
  const days = Array.from({ length: 1_000 }, (_, index) => addDays(day('2026-01-01'), index));
  const took = await cpuMs(20, () => {
    const { isBusinessDay } = businessCalendar('US', 'CA', 'America/Los_Angeles');
    for (const on of days) isBusinessDay(on);
  });
  // 0.2 ms outside jest; the bound allows for jest's own cost
  expect(took).toBeLessThan(5);
  expect(addBusinessDays(day('2026-12-24'), 1, businessCalendar('GB', 'ENG', 'Europe/London'))).toBe(
    '2026-12-29',
  );
});
