import Holidays from 'date-holidays';
import { addDays, type Day, dayAt, instantAt, weekday } from './day.ts';

/** Business days of one country and region: Monday to Friday without its public holidays. */
export interface BusinessCalendar {
  /** IANA name. */
  readonly timeZone: string;
  isBusinessDay(day: Day): boolean;
}

/** Wall-clock times `HH:MM` in the calendar's zone; the start is inside, the end outside (SEQ-13). */
export interface SendWindow {
  readonly from: string;
  readonly to: string;
}

/** Longer than any run of holidays anywhere; a calendar without a working day is an error, not a loop (SEQ-12). */
const MOST_DAYS_OFF = 30;

const holidaysOf = new Map<string, ReadonlySet<string>>();

/**
 * The calendar of a country (ISO 3166-1 alpha-2) and, where known, its region. An unknown country has weekends only.
 * Holiday data: date-holidays (ISC AND CC-BY-3.0).
 */
export function businessCalendar(country: string, region: string | null, timeZone: string): BusinessCalendar {
  return {
    timeZone,
    isBusinessDay: (day) =>
      weekday(day) <= 5 && !publicHolidays(country, region, Number(day.slice(0, 4))).has(day),
  };
}

function publicHolidays(country: string, region: string | null, year: number): ReadonlySet<string> {
  const key = `${country} ${region ?? ''} ${year}`;
  let found = holidaysOf.get(key);
  if (found === undefined) {
    found = new Set(
      calendarData(country, region)
        .getHolidays(year)
        .filter((holiday) => holiday.type === 'public')
        .flatMap(daysOf),
    );
    holidaysOf.set(key, found);
  }
  return found;
}

function calendarData(country: string, region: string | null): Holidays {
  const data = new Holidays();
  // a region that the data does not know must not cost us the country's own holidays
  const known = region !== null && region.toUpperCase() in (data.getStates(country) ?? {});
  if (known) data.init(country, region);
  else data.init(country);
  return data;
}

/** The library's `date` is the local first day; `start` and `end` are instants that only tell how long it lasts. */
function daysOf(holiday: { readonly date: string; readonly start: Date; readonly end: Date }): Day[] {
  const count = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / (24 * 3_600_000)));
  const first = holiday.date.slice(0, 10) as Day;
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}

/** The day itself if it is a business day, else the next one. Throws RangeError when there is none in a month. */
export function nextBusinessDay(from: Day, calendar: BusinessCalendar): Day {
  let day = from;
  for (let steps = 0; steps <= MOST_DAYS_OFF; steps += 1) {
    if (calendar.isBusinessDay(day)) return day;
    day = addDays(day, 1);
  }
  throw new RangeError(`the calendar has no business day within ${MOST_DAYS_OFF} days of ${from}`);
}

/** The day that lies `count` business days after `from` (`count` 0: `from`, or the next business day). */
export function addBusinessDays(from: Day, count: number, calendar: BusinessCalendar): Day {
  let day = count > 0 ? from : nextBusinessDay(from, calendar);
  for (let left = count; left > 0; left -= 1) day = nextBusinessDay(addDays(day, 1), calendar);
  return day;
}

/** The first instant at or after `earliest` that lies inside a window on a business day of the calendar. */
export function nextWindow(earliest: Date, window: SendWindow, calendar: BusinessCalendar): Date {
  const today = dayAt(earliest, calendar.timeZone);
  const opensOn = nextBusinessDay(today, calendar);
  const opens = instantAt(opensOn, window.from, calendar.timeZone);
  if (opens >= earliest) return opens;
  if (earliest < instantAt(opensOn, window.to, calendar.timeZone)) return earliest;
  return instantAt(nextBusinessDay(addDays(opensOn, 1), calendar), window.from, calendar.timeZone);
}
