import { type BusinessCalendar, nextWindow, type SendWindow } from '../../src/domain/calendar.ts';
import { addDays, type Day } from '../../src/domain/day.ts';

/** Business days after `from` up to and including `to`; 0 when `to` is not later. */
export function businessDaysBetween(from: Day, to: Day, calendar: BusinessCalendar): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
    if (calendar.isBusinessDay(day)) count += 1;
  return count;
}

export function isInsideWindow(at: Date, window: SendWindow, calendar: BusinessCalendar): boolean {
  return nextWindow(at, window, calendar).getTime() === at.getTime();
}
