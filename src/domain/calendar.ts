import { daysOff } from './business-days.ts';
import { addDays, type Day, dayAt, instantAt } from './day.ts';

/** Business days of one country and region: its working week without its public holidays. */
export interface BusinessCalendar {
  /** IANA name. */
  readonly timeZone: string;
  /** In words what is not known of its holidays; null or absent: nothing. */
  readonly doubt?: string | null;
  isBusinessDay(day: Day): boolean;
}

/** Wall-clock times `HH:MM` in the calendar's zone; the start is inside, the end outside (SEQ-13). */
export interface SendWindow {
  readonly from: string;
  readonly to: string;
}

/** Longer than any run of holidays anywhere; a calendar without a working day is an error, not a loop (SEQ-12). */
const MOST_DAYS_OFF = 30;

/**
 * The calendar of a country (ISO 3166-1 alpha-2) and, where known, its region, by its short form or its name. An unknown
 * country has weekends only, and says so in `doubt`.
 */
export function businessCalendar(country: string, region: string | null, timeZone: string): BusinessCalendar {
  const { isOff, doubt } = daysOff(country, region);
  return { timeZone, doubt, isBusinessDay: (day) => !isOff(day) };
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
