import { addDays, type Day } from '../domain/day.ts';
import { volumeBrake } from './plan.ts';

/** What is usual on a day is the average of so many days before it. */
export const TRAILING_DAYS = 14;

/**
 * S4, S7: the one question that the plan of today and its preview ask: whether a day that plans so many touches is
 * unusually large, by how many were sent in the `TRAILING_DAYS` before it.
 */
export function brakes(planned: number, sentBefore: number): boolean {
  return volumeBrake(planned, sentBefore / TRAILING_DAYS);
}

/** A touch of the coming days: `stands`, that it was written down on an earlier day or earlier today. */
export interface PlannedAhead {
  readonly day: Day;
  readonly stands: boolean;
}

/** What was planned today and sent on each day of the company's zone so far, today included. */
interface VolumeSoFar {
  readonly plannedToday: number;
  readonly sentOn: ReadonlyMap<Day, number>;
}

/**
 * S4: the days ahead on which the brake engages, if every touch is sent on its day, also those that a person has to
 * release. What stands already is counted on the day on which it was written down.
 */
export function brakedDays(
  today: Day,
  soFar: VolumeSoFar,
  touches: readonly PlannedAhead[],
): ReadonlySet<Day> {
  const planned = new Map([[today, soFar.plannedToday]]);
  const sent = new Map(soFar.sentOn);
  for (const { day, stands } of touches) {
    if (!stands) planned.set(day, (planned.get(day) ?? 0) + 1);
    sent.set(day, (sent.get(day) ?? 0) + 1);
  }
  const sentBefore = (day: Day): number => {
    let sum = 0;
    for (let back = 1; back <= TRAILING_DAYS; back += 1) sum += sent.get(addDays(day, -back)) ?? 0;
    return sum;
  };
  return new Set([...planned].flatMap(([day, count]) => (brakes(count, sentBefore(day)) ? [day] : [])));
}
