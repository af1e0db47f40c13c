import type { Effect } from './pack.ts';

/**
 * Whether keeping one effect keeps the other as well, for the same customer on the same day: more channels, a longer
 * time, a smaller number, a narrower window, a longer notice. False where the two can't be compared. Pure.
 */
export function keepsToo(one: Effect, other: Effect): boolean {
  if (one.kind === 'cap' && other.kind === 'cap')
    return within(other.channels, one.channels) && one.days >= other.days && one.most <= other.most;
  if (one.kind === 'gap' && other.kind === 'gap') return one.businessDays >= other.businessDays;
  if (one.kind === 'window' && other.kind === 'window')
    return (
      within(other.channels, one.channels) &&
      one.from >= other.from &&
      one.to <= other.to &&
      // a country's working week is compared with nothing but itself
      (one.days === 'working' || other.days === 'working'
        ? one.days === other.days
        : within(one.days, other.days))
    );
  if (one.kind === 'deadline' && other.kind === 'deadline')
    return one.stage === other.stage && one.days >= other.days;
  if (one.kind === 'block' && other.kind === 'block')
    return within(other.what, one.what) && sameOr(one.unless, other.unless) && sameOr(one.when, other.when);
  return false;
}

function within<T>(part: readonly T[], whole: readonly T[]): boolean {
  return part.every((one) => whole.includes(one));
}

/** A block without a condition holds where one with a condition does. */
function sameOr<T>(one: T | undefined, other: T | undefined): boolean {
  return one === undefined || one === other;
}
