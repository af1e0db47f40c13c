import { dayNumber, dayOfNumber } from './day-number.ts';

/** A calendar day `YYYY-MM-DD` in a zone that the context names; compares and sorts as text. */
export type Day = string & { readonly __day: unique symbol };

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The day, or `null` when the text isn't a day that exists (`2026-02-30`): never today by default (rule R8). Reckoned
 * here, as every row that is read has several; a test holds it against Temporal. The year 0 counts as no day: the
 * database writes it otherwise.
 */
export function parseDay(text: unknown): Day | null {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const [year, month, date] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = (monthDays[month - 1] ?? 0) + (leap ? 1 : 0);
  return year > 0 && date > 0 && date <= last ? (text as Day) : null;
}

/** For days written in our own code and tests. Throws RangeError when the day does not exist. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === null) throw new RangeError(`${text} is not a calendar day (YYYY-MM-DD)`);
  return parsed;
}

/** The calendar day at an instant in a time zone (IANA name): the only way from "now" to "today" (R1). */
export function dayAt(instant: Date, timeZone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString() as Day;
}

/** The day `count` calendar days later (earlier when negative). */
export function addDays(from: Day, count: number): Day {
  return dayOfNumber(dayNumber(from) + count) as Day;
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function weekday(of: Day): number {
  return Temporal.PlainDate.from(of).dayOfWeek;
}

/** The instant at which a wall-clock time (`HH:MM`) happens on a day in a zone; a skipped time moves forward. */
export function instantAt(on: Day, time: string, timeZone: string): Date {
  const zoned = Temporal.PlainDate.from(on).toZonedDateTime({
    timeZone,
    plainTime: Temporal.PlainTime.from(time),
  });
  return new Date(zoned.epochMilliseconds);
}

/** A day for a reader: `Thu, 3 Dec 2026`, in the reader's locale. */
export function formatDay(of: Day, locale = 'en-GB', withWeekday = false): string {
  return Temporal.PlainDate.from(of).toLocaleString(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(withWeekday ? { weekday: 'short' as const } : {}),
  });
}
