import { dayNumber, dayOfNumber, weekdayOfNumber } from './day-number.ts';
import type { CountryHolidays } from './holidays/country-holidays.ts';
import { holidayData } from './holidays/data/index.ts';
import { firstYear, lastYear } from './holidays/years.ts';
import { regionCode } from './regions.ts';
import { workingWeek } from './working-week.ts';

/** Days off, and why nothing better is known; see `daysOff`. */
export interface DaysOff {
  isOff(day: string): boolean;
  /** In words what is not known of the holidays; null: all of them, from `firstYear` to `lastYear`. */
  readonly doubt: string | null;
}

const FIRST = dayNumber(`${firstYear}-01-01`);
const YEARS = lastYear - firstYear + 1;
/** Room for 31 days in each of 12 months: the place of a day follows from its digits alone. */
const A_YEAR = 12 * 31;

const known = new Map<string, DaysOff>();

/**
 * Weekends and public holidays of a country (ISO 3166-1 alpha-2) and region (its short form or its name). A region that
 * is not known has what at least half of the country's regions keep; a country that is not known, and years beyond the
 * data, have their weekends only. Kept once reckoned: asking is a look into a table.
 */
export function daysOff(country: string, region: string | null): DaysOff {
  const key = `${country}/${region ?? ''}`;
  let found = known.get(key);
  if (found === undefined) {
    found = reckon(country.toUpperCase(), regionCode(country, region));
    // what people type as a region is endless, places are not
    if (known.size >= MOST_KEPT) known.clear();
    known.set(key, found);
  }
  return found;
}

const MOST_KEPT = 2_000;

function reckon(country: string, region: string | null): DaysOff {
  const works = workingWeek(country);
  const data = holidayData[country];
  const table = new Uint8Array(YEARS * A_YEAR);
  for (let number = FIRST; ; number += 1) {
    const place = placeOf(dayOfNumber(number));
    if (place === -1) break;
    if (!works.includes(weekdayOfNumber(number))) table[place] = 1;
  }
  for (const day of data === undefined ? [] : holidaysIn(data, region)) table[placeOf(day)] = 1;
  const doubt =
    data === undefined
      ? `The public holidays of ${country} are not known; only weekends are left out.`
      : null;
  return {
    doubt,
    isOff(day) {
      const place = placeOf(day);
      return place === -1 ? !works.includes(weekdayOfNumber(dayNumber(day))) : table[place] === 1;
    },
  };
}

/** Where a day `YYYY-MM-DD` stands in a table; -1: beyond its years. Without Date or Number, as plans ask millions. */
function placeOf(day: string): number {
  if (day.length !== 10) return -1;
  const year = digits(day, 0) * 100 + digits(day, 2) - firstYear;
  if (!(year >= 0 && year < YEARS)) return -1;
  return year * A_YEAR + (digits(day, 5) - 1) * 31 + digits(day, 8) - 1;
}

function digits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
}

/** The public holidays of a country and region, in order, within the years of the data. */
export function publicHolidays(country: string, region: string | null): readonly string[] {
  const data = holidayData[country.toUpperCase()];
  return data === undefined ? [] : [...holidaysIn(data, regionCode(country, region))].toSorted();
}

function holidaysIn(data: CountryHolidays, region: string | null): ReadonlySet<string> {
  const days = new Set(listOf(data.national));
  for (const change of listOf(data.regions[region ?? '']?.days ?? data.usual)) {
    if (change.startsWith('-')) days.delete(change.slice(1));
    else days.add(change);
  }
  return days;
}

/** `0101 -1014|…` as days, a minus kept in front. */
function listOf(years: string): string[] {
  return years.split('|').flatMap((text, index) =>
    text.split(' ').flatMap((part) => {
      const [, minus, month, date] = /^(-?)(\d\d)(\d\d)$/.exec(part) ?? [];
      return month === undefined || date === undefined
        ? []
        : [`${minus}${firstYear + index}-${month}-${date}`];
    }),
  );
}
