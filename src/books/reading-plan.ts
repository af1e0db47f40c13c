/** Milliseconds; infinite when it never happened. */
export type Age = number;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Within a day, every list is asked once at least: what no doorbell tells and no invoice shows comes to light then. */
const THOROUGH_MS = 20 * HOUR_MS;
/** R14: the ledger's own reminders are looked at with the first read of a day. */
const REMINDERS_MS = 20 * HOUR_MS;
const PROFILE_MS = 7 * DAY_MS;
const SWEEP_MS = 7 * DAY_MS;

/**
 * A daily change read is due when the books were read longer ago than this: an hour more than a day, so that a company
 * that sends every morning has the read before its sending and no second one.
 */
export const DAILY_READ_MS = 25 * HOUR_MS;

export function ageOf(instant: Date | null, now: Date): Age {
  return instant === null ? Number.POSITIVE_INFINITY : now.getTime() - instant.getTime();
}

/**
 * Whether one read may vouch for the books now, provided that their doorbell works (docs/decisions/0012): every list
 * was asked within the day, and the last read ended well.
 */
export function mayBeQuick(booksReadAt: Date | null, failed: boolean, now: Date): boolean {
  return !failed && ageOf(booksReadAt, now) < THOROUGH_MS;
}

/** What is due besides the changes. */
export interface UpkeepDue {
  readonly profile: boolean;
  readonly reminders: boolean;
  readonly sweep: boolean;
}

interface LastTimes {
  readonly profileReadAt: Date | null;
  readonly remindersReadAt: Date | null;
  readonly fullReadAt: Date | null;
  readonly sweepAskedAt: Date | null;
}

/** The profile says of the reminders too, so never both. */
export function upkeepDue(last: LastTimes, now: Date): UpkeepDue {
  const profile = ageOf(last.profileReadAt, now) >= PROFILE_MS;
  return {
    profile,
    reminders: !profile && ageOf(last.remindersReadAt, now) >= REMINDERS_MS,
    sweep: last.sweepAskedAt !== null || ageOf(last.fullReadAt, now) >= SWEEP_MS,
  };
}
