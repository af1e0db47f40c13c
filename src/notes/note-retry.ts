import type { LedgerError } from '../platform/errors.ts';

/** The shorter of the vendors' replay memories is about six minutes (facts 2.8); after that the ledger is searched. */
const REPLAY_MEMORY_MS = 5 * 60_000;

/** Whether a note that was attempted before must be looked for in the ledger before it is written again (S10). */
export function mustSearch(firstAttemptAt: Date | null, now: Date): boolean {
  return firstAttemptAt !== null && now.getTime() - firstAttemptAt.getTime() >= REPLAY_MEMORY_MS;
}

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** About four days of waits: longer than any outage of a ledger that was ever seen. */
export const MOST_NOTE_ATTEMPTS = 24;

export type NoteFate =
  | { readonly kind: 'again'; readonly at: Date }
  | { readonly kind: 'skip'; readonly why: string }
  | { readonly kind: 'fail' };

/** What a refusal means for the note. A failed note never causes a second mail (S10). */
export function fateOf(error: LedgerError, attempts: number, now: Date): NoteFate {
  if (error.kind === 'gone') return { kind: 'skip', why: 'the invoice is not in the ledger any more.' };
  const permanent = error.kind === 'invalid' || error.kind === 'closed_period';
  if (permanent || attempts >= MOST_NOTE_ATTEMPTS) return { kind: 'fail' };
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1), LONGEST_WAIT_MS);
  return {
    kind: 'again',
    at: new Date(now.getTime() + Math.max(wait, (error.retryAfterSeconds ?? 0) * 1_000)),
  };
}
