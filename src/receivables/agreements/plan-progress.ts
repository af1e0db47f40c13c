import type { Day } from '../../domain/day.ts';
import type { Instalment } from './agreement.ts';

/** `due`: today, or past it and still within grace; `late`: past its grace. */
export type InstalmentState = 'paid' | 'part_paid' | 'due' | 'upcoming' | 'late';

export interface InstalmentProgress extends Instalment {
  /** What of the plan's money reached it, oldest first; minor units. */
  readonly paidMinor: number;
  readonly state: InstalmentState;
}

/**
 * How far a plan is: what was received fills the instalments, oldest first. `part_paid` is one that has something and
 * whose grace is not over; without enough after its grace it is `late`, whatever it has.
 */
export function planProgress(
  instalments: readonly Instalment[],
  receivedMinor: number,
  today: Day,
): readonly InstalmentProgress[] {
  let left = receivedMinor;
  return instalments.map((instalment) => {
    const paidMinor = Math.min(left, instalment.amountMinor);
    left -= paidMinor;
    return { ...instalment, paidMinor, state: stateOf(instalment, paidMinor, today) };
  });
}

function stateOf(instalment: Instalment, paidMinor: number, today: Day): InstalmentState {
  if (paidMinor >= instalment.amountMinor) return 'paid';
  if (today > instalment.graceUntil) return 'late';
  if (paidMinor > 0) return 'part_paid';
  return today >= instalment.dueOn ? 'due' : 'upcoming';
}
