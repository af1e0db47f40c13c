import { type Day, parseDay } from '../domain/day.ts';
import { dayNumber, dayOfNumber } from '../domain/day-number.ts';

/** Past due by age in days late, in minor units of one currency; their sum is what is past due. */
export interface Ages {
  readonly d1to30Minor: number;
  readonly d31to60Minor: number;
  readonly d61to90Minor: number;
  readonly over90Minor: number;
}

interface Aged {
  readonly daysLate: number;
  readonly openMinor: number;
}

/** The ages of some invoices of one currency: 1 to 30 days late, 31 to 60, 61 to 90, and more than 90. */
export function agesOf(lines: readonly Aged[]): Ages {
  let [first, second, third, rest] = [0, 0, 0, 0];
  for (const { daysLate, openMinor } of lines) {
    if (daysLate <= 0) continue;
    if (daysLate <= 30) first += openMinor;
    else if (daysLate <= 60) second += openMinor;
    else if (daysLate <= 90) third += openMinor;
    else rest += openMinor;
  }
  return { d1to30Minor: first, d31to60Minor: second, d61to90Minor: third, over90Minor: rest };
}

/** Days late on which an invoice enters an age. */
const entries = [1, 31, 61, 91] as const;

/** The next day after `today` on which one of these due days puts its invoice into another age; null: none ever. */
export function nextAgeOn(dueDays: readonly (Day | null)[], today: Day): Day | null {
  const now = dayNumber(today);
  let next = Number.POSITIVE_INFINITY;
  for (const dueOn of dueDays) {
    if (dueOn === null) continue;
    const due = dayNumber(dueOn);
    const entry = entries.find((days) => due + days > now);
    if (entry !== undefined && due + entry < next) next = due + entry;
  }
  // the morning after 9999-12-31, which some books use for "never", has five digits of year and no column takes it
  return Number.isFinite(next) ? parseDay(dayOfNumber(next)) : null;
}
