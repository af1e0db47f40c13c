import { type Day, formatDay, weekday } from '../domain/day.ts';
import { dayOff } from '../domain/day-off.ts';
import { openOn } from '../domain/open-hours.ts';
import { daysInWords, type Gate, lawWindows } from './windows.ts';

/** What keeps a channel closed at a time that somebody wants. */
export interface Closed {
  /** Another hour of the same day would not help either, or might. */
  readonly what: 'day' | 'hour';
  /** As a sentence. */
  readonly words: string;
}

export interface WantedDay {
  /** Of the debtor. */
  readonly on: Day;
  /** From when on; with `anyHour`, whenever that day opens after it. */
  readonly at: Date;
  readonly anyHour: boolean;
}

/**
 * What stands in the way of a touch at a time: the holiday by its name and region, the weekend, days and hours of the
 * policy and of the law. Empty: it is open then. `place`: where the debtor's business days are kept. Pure.
 */
export function whyClosed(
  wanted: WantedDay,
  gate: Gate,
  place: { readonly country: string; readonly region: string | null },
  locale: string,
): readonly Closed[] {
  const day = (words: string): Closed => ({ what: 'day', words });
  const on = weekday(wanted.on);
  const off = dayOff(place.country, place.region, wanted.on);
  const days: Closed[] = off === null ? [] : [day(offWords(off, formatDay(wanted.on, locale, true)))];
  if (!gate.policy.sendDays.includes(on) && off?.isWeekend !== true)
    days.push(day(`The policy’s days are ${daysInWords(gate.policy.sendDays)}.`));
  for (const { days: open, rule } of lawWindows(gate))
    if (!open.includes(on) && off?.isWeekend !== true) days.push(day(`${rule.words} (${rule.source})`));
  return days.length > 0 ? days : hours(wanted, gate);
}

function hours({ on, at, anyHour }: WantedDay, gate: Gate): readonly Closed[] {
  const misses = (
    window: { readonly from: string; readonly to: string },
    zones: readonly string[],
  ): boolean => {
    const open = openOn(on, [window], zones);
    return open === null || at >= open.to || (at < open.from && !anyHour);
  };
  const { policy, calendar, zones } = gate;
  const own = misses(policy.window, [calendar.timeZone])
    ? [`The policy’s hours are ${policy.window.from} to ${policy.window.to} their time.`]
    : [];
  const lawful = lawWindows(gate)
    .filter((window) => misses(window, zones))
    .map(({ rule }) => `${rule.words} (${rule.source})`);
  return [...new Set([...own, ...lawful])].map((words) => ({ what: 'hour', words }));
}

/** Why a day is no business day to a debtor, as a sentence; null: it is one. `place`: where their business days are kept. */
export function whyNoBusinessDay(
  on: Day,
  place: { readonly country: string; readonly region: string | null },
  locale: string,
): string | null {
  const off = dayOff(place.country, place.region, on);
  return off === null ? null : offWords(off, formatDay(on, locale, true));
}

function offWords({ name, where, isWeekend }: NonNullable<ReturnType<typeof dayOff>>, on: string): string {
  if (name !== null) return `${on} is a public holiday where they are: ${name} (${where}).`;
  return `${on} is a ${isWeekend ? 'weekend day' : 'public holiday'} where they are (${where}).`;
}
