const SHORTEST_MS = 5 * 60_000;
const LONGEST_MS = 60 * 60_000;

/**
 * How long to wait before the next try at something that has failed since `since`: half of the time it has been
 * failing, at least five minutes and what the other side asked for, at most an hour unless it asked for more.
 */
export function retryWaitMs(since: Date | null, now: Date, retryAfterSeconds: number | null): number {
  const failingMs = since === null ? 0 : now.getTime() - since.getTime();
  const ours = Math.min(Math.max(failingMs / 2, SHORTEST_MS), LONGEST_MS);
  return Math.max(ours, (retryAfterSeconds ?? 0) * 1_000);
}
