import type { LedgerError } from '../platform/errors.ts';

/** The shorter of the vendors' replay memories is about six minutes (facts 2.8); after that the ledger is searched. */
const REPLAY_MEMORY_MS = 5 * 60_000;

/** Whether a note that may have been written must be looked for in the ledger before it is written again (S10). */
export function mustSearch(unsureSince: Date | null, now: Date): boolean {
  return unsureSince !== null && now.getTime() - unsureSince.getTime() >= REPLAY_MEMORY_MS;
}

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** About four days of waits for what concerns one note only. */
export const MOST_NOTE_ATTEMPTS = 24;
/** More than a week of hourly attempts: a ledger that fails for this note alone, while it takes others. */
export const MOST_OUTAGE_ATTEMPTS = 200;

export type NoteFate =
  | { readonly kind: 'again'; readonly at: Date }
  | { readonly kind: 'skip'; readonly why: string }
  | { readonly kind: 'fail' };

/** Such a refusal is not about this note: the next one would be refused as well. */
export function takesNothing(error: LedgerError): boolean {
  return ['rate_limited', 'unavailable', 'reconnect_needed', 'forbidden'].includes(error.kind);
}

/** What a refusal of one note means for it. A failed note never causes a second mail (S10). */
export function fateOf(error: LedgerError, attempts: number, now: Date): NoteFate {
  if (error.kind === 'gone') return { kind: 'skip', why: 'the invoice is not in the ledger any more.' };
  if (error.kind === 'invalid' || error.kind === 'closed_period') return { kind: 'fail' };
  const most = error.kind === 'conflict' ? MOST_NOTE_ATTEMPTS : MOST_OUTAGE_ATTEMPTS;
  // a limit, a lost right or a suspended subscription ends some day, and then the note is written
  const endless = takesNothing(error) && error.kind !== 'unavailable';
  if (!endless && attempts >= most) return { kind: 'fail' };
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(20, Math.max(0, attempts - 1)), LONGEST_WAIT_MS);
  return { kind: 'again', at: after(now, wait, error) };
}

const LONGEST_OUTAGE_WAIT_MS = 3_600_000;

/**
 * When a ledger that takes nothing is asked again: a minute, then as long as it has lasted (`waitingSince`), at most an
 * hour, and never before the vendor's own word.
 */
export function nextTry(error: LedgerError, waitingSince: Date | null, now: Date): Date {
  const lasted = waitingSince === null ? 0 : now.getTime() - waitingSince.getTime();
  return after(now, Math.min(Math.max(FIRST_WAIT_MS, lasted), LONGEST_OUTAGE_WAIT_MS), error);
}

function after(now: Date, waitMs: number, error: LedgerError): Date {
  return new Date(now.getTime() + Math.max(waitMs, (error.retryAfterSeconds ?? 0) * 1_000));
}
