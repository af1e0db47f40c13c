/** Where reads are not metered, rings have the books read at most so often. */
const SHORTEST_MS = 60_000;
/**
 * What a company's own work needs of its budget a day, on average: a change read, before sending or daily; a
 * comparison of the sums; the links of what is sent; the weekly profile and sweep.
 */
const NEED_A_DAY = 2.8;
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

/**
 * From when on a ring is answered with a read, given the last read that a ring caused. Spare reads are spread evenly
 * over the rest of the month: the first ring after a quiet time is answered at once, a busy company's rings together,
 * later. Null: with nothing to spare they are left to the reads that come anyway, before sending and daily. `budget`
 * null: the ledger's reads are not metered.
 */
export function ringDueAt(lastRingRead: Date | null, budget: ReadBudget | null, now: Date): Date | null {
  const spare = budget === null ? null : spareReads(budget, now);
  if (spare === 0) return null;
  const apart = spare === null ? SHORTEST_MS : Math.max(SHORTEST_MS, (daysLeft(now) / spare) * DAY_MS);
  return lastRingRead === null ? now : new Date(lastRingRead.getTime() + apart);
}

/** A person who opens a page has the books read when they are older than this, at most as often. */
const LOOK_MS = 15 * 60_000;

/** Whether somebody who opens a page has the books read. */
export function lookIsDue(
  company: { readonly books_read_at: Date | null; readonly looked_at: Date | null },
  budget: ReadBudget | null,
  now: Date,
): boolean {
  const old = (at: Date | null): boolean => at === null || now.getTime() - at.getTime() >= LOOK_MS;
  if (company.books_read_at === null || !old(company.books_read_at) || !old(company.looked_at)) return false;
  return budget === null || spareReads(budget, now) > 0;
}
