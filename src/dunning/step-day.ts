import { addBusinessDays, type BusinessCalendar } from '../domain/calendar.ts';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Step } from '../policies/step.ts';

type Offset = Pick<Step, 'offsetDays' | 'offsetUnit'>;

/**
 * The day on which a step is due by age: so many calendar days, or business days of the debtor, after the due date, or
 * before it when the offset is below zero (SEQ-02); on it when it is zero (SEQ-03).
 */
export function stepDay(dueOn: Day, { offsetDays, offsetUnit }: Offset, calendar: BusinessCalendar): Day {
  if (offsetDays === 0) return dueOn;
  if (offsetUnit === 'calendar') return addDays(dueOn, offsetDays);
  return offsetDays > 0
    ? addBusinessDays(dueOn, offsetDays, calendar)
    : businessDaysBefore(dueOn, -offsetDays, calendar);
}

/**
 * S1: the first day on which a step may follow another one that was taken on `on`: their distance after it, as far as
 * their offsets are apart; days of the same unit in that unit, else as the due date lays them.
 */
export function stepDayAfter(
  on: Day,
  before: Offset,
  step: Offset,
  dueOn: Day,
  calendar: BusinessCalendar,
): Day {
  const apart = step.offsetDays - before.offsetDays;
  const same = step.offsetUnit === before.offsetUnit;
  if (same && step.offsetUnit === 'business') return apart > 0 ? addBusinessDays(on, apart, calendar) : on;
  const days = same ? apart : daysBetween(stepDay(dueOn, before, calendar), stepDay(dueOn, step, calendar));
  return addDays(on, Math.max(0, days));
}

/** More days off in a row there are nowhere. Throws RangeError for a calendar without a business day (SEQ-12). */
const MOST_DAYS_OFF = 30;

function businessDaysBefore(from: Day, count: number, calendar: BusinessCalendar): Day {
  let day = from;
  let off = 0;
  for (let left = count; left > 0; ) {
    day = addDays(day, -1);
    if (calendar.isBusinessDay(day)) [left, off] = [left - 1, 0];
    else off += 1;
    if (off > MOST_DAYS_OFF)
      throw new RangeError(`the calendar has no business day within ${MOST_DAYS_OFF} days before ${day}`);
  }
  return day;
}
