/**
 * What a company's own work needs of its budget a day, on average: a change read, before sending or daily; a
 * comparison of the sums; the links of what is sent; the weekly profile and sweep.
 */
const NEED_A_DAY = 2.8;
/** Rings may have so many reads before their share of the month is there. */
const AHEAD = 6;
const DAY_MS = 86_400_000;

/** A month's reads of one company. */
export interface ReadBudget {
  /** Reads at which background work stops. */
  readonly most: number;
  /** Charged so far this month (UTC). */
  readonly used: number;
}

/** Reads that the rest of the month doesn't need, at least 0. */
export function spareReads(budget: ReadBudget, now: Date): number {
  return Math.max(0, Math.floor(budget.most - budget.used - NEED_A_DAY * daysLeft(now)));
}

function daysLeft(now: Date): number {
  const end = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
  return (end - now.getTime()) / DAY_MS;
}

/** The reads that would be to spare by now if rings spent them evenly over the month. */
function evenly(budget: ReadBudget, now: Date): number {
  const begin = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  const end = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
  const days = (end - begin) / DAY_MS;
  return (Math.max(0, budget.most - NEED_A_DAY * days) * daysLeft(now)) / days;
}

/**
 * From when on a ring is answered with a read, given the last read that a ring caused. At once, while the month's spare
 * reads allow it; a company that rings all day has spent what was in advance, and its rings are answered together, evenly
 * over the rest of the month. Null: with nothing to spare they are left to the reads that come anyway, before sending and
 * daily. `budget` null: the ledger's reads are not metered.
 */
export function ringDueAt(lastRingRead: Date | null, budget: ReadBudget | null, now: Date): Date | null {
  if (budget === null) return now;
  const spare = spareReads(budget, now);
  if (spare === 0) return null;
  if (lastRingRead === null || spare - evenly(budget, now) + AHEAD >= 1) return now;
  return new Date(lastRingRead.getTime() + (daysLeft(now) / spare) * DAY_MS);
}

const SOON_SECONDS = 3;
const LATER_SECONDS = 15;
const BUSY_MS = 60_000;

/**
 * Seconds of real time for which rings are gathered after the first of them: a burst is one ring, and a company whose
 * rings had its books read a moment ago has them read a few times a minute at most.
 */
export function gatherSeconds(lastRingRead: Date | null, now: Date): number {
  return lastRingRead !== null && now.getTime() - lastRingRead.getTime() < BUSY_MS
    ? LATER_SECONDS
    : SOON_SECONDS;
}

/** A person who opens a page has the books read when they are older than this, at most as often. */
const LOOK_MS = 15 * 60_000;

/** Whether books that were read then are too old for somebody who opens a page. */
export function isOldForAPage(readAt: Date, now: Date): boolean {
  return now.getTime() - readAt.getTime() >= LOOK_MS;
}

/** Whether somebody who opens a page has the books read. */
export function lookIsDue(
  company: { readonly books_read_at: Date | null; readonly looked_at: Date | null },
  budget: ReadBudget | null,
  now: Date,
): boolean {
  const { books_read_at: readAt, looked_at: lookedAt } = company;
  if (readAt === null || !isOldForAPage(readAt, now)) return false;
  if (lookedAt !== null && !isOldForAPage(lookedAt, now)) return false;
  return budget === null || spareReads(budget, now) > 0;
}
