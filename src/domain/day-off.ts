import { daysOff } from './business-days.ts';
import { dayNumber, weekdayOfNumber } from './day-number.ts';
import { holidayData } from './holidays/data/index.ts';
import { holidayNames } from './holidays/names/index.ts';
import { firstYear } from './holidays/years.ts';
import { regionCode } from './regions.ts';
import { workingWeek } from './working-week.ts';

/** Why a day is no business day. */
export interface DayOff {
  /** What the holiday is called; null: it is a weekend, or the data has no name for it. */
  readonly name: string | null;
  readonly isWeekend: boolean;
  /** Who keeps it: "Oregon, United States", "United States"; where the region is not known "most of Germany". */
  readonly where: string;
}

/**
 * Why a day `YYYY-MM-DD` is no business day in a country (ISO 3166-1 alpha-2) and region (its short form or its name);
 * null: it is one. A holiday on a weekend is named as the holiday.
 */
export function dayOff(country: string, region: string | null, day: string): DayOff | null {
  const land = country.trim().toUpperCase();
  if (!daysOff(country, region).isOff(day)) return null;
  const code = regionCode(land, region);
  const found = nameOf(land, code, day);
  const isWeekend = !workingWeek(land).includes(weekdayOfNumber(dayNumber(day)));
  if (found === null) return { name: null, isWeekend, where: countryName(land) };
  return { name: found.name, isWeekend, where: placeOf(land, code, found.national) };
}

function placeOf(land: string, code: string | null, national: boolean): string {
  if (national) return countryName(land);
  if (code === null) return `most of ${countryName(land)}`;
  return `${holidayData[land]?.regions[code]?.name ?? code}, ${countryName(land)}`;
}

/** The region's own name for a day goes before the country's; without a region what most regions call it. */
function nameOf(
  land: string,
  code: string | null,
  day: string,
): { readonly name: string; readonly national: boolean } | null {
  const called = (holidayNames[land] ?? [])
    .filter(({ days }) => isOn(days, day))
    .map(({ name, in: regions }) => ({ name, regions: regions === '' ? [] : regions.split(' ') }));
  const national = called.find(({ regions }) => regions.length === 0);
  const own = code === null ? undefined : called.find(({ regions }) => regions.includes(code));
  if (own !== undefined) return { name: own.name, national: national !== undefined };
  if (national !== undefined) return { name: national.name, national: true };
  const most = called.toSorted((one, other) => other.regions.length - one.regions.length)[0];
  return code !== null || most === undefined ? null : { name: most.name, national: false };
}

/** `days`: as a `HolidayName` keeps them. */
function isOn(days: string, day: string): boolean {
  const years = days.split('|');
  const year = years.length === 1 ? years[0] : years[Number(day.slice(0, 4)) - firstYear];
  return (year ?? '').split(' ').includes(day.slice(5, 7) + day.slice(8, 10));
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

function countryName(land: string): string {
  return /^[A-Z]{2}$/.test(land) ? (countryNames.of(land) ?? land) : land;
}
