/**
 * Why the ledger is called. It decides who goes on when calls get scarce:
 * `send`: the read right before a batch, and the notes; refused only by the vendor's own limits.
 * `first`: the first reading of a company; not charged to the company's budget.
 * `person`: somebody waits on a page; refused when the company's budget is used up.
 * `background`: doorbells, the daily read, sweeps, comparisons; leaves a fifth of everything to the others.
 */
export type CallPurpose = 'send' | 'first' | 'person' | 'background';

/** A vendor's limits, and our own budget below them. Null: there is no such limit. */
export interface CallLimits {
  /** Calls in flight for one set of books. */
  readonly atOnce: number;
  readonly perMinute: number;
  /** Calls a day for one set of books: one number for each plan of the vendor's, smallest first; empty: no limit. */
  readonly perDay: readonly number[];
  /** Calls a minute of all companies together. */
  readonly appPerMinute: number | null;
  /** Reads a month of all companies together. */
  readonly appReadsPerMonth: number | null;
  /** Our budget: reads of one company. */
  readonly readsPerMonth: number | null;
  readonly readsPerDay: number | null;
}

/** What an answer says about limits. */
export interface CallNews {
  /** The call was refused because of a limit (429). `seconds` until the next try; null: not stated. */
  readonly refused: {
    readonly reach: 'books' | 'app';
    readonly limit: string;
    readonly seconds: number | null;
  } | null;
  /** How many calls the vendor says are left; null: it doesn't say. */
  readonly dayLeft: number | null;
  readonly minuteLeft: number | null;
  readonly appMinuteLeft: number | null;
}

/** What a call came to, and what its answer says about limits (null: there was no answer). */
export interface Called<T> {
  readonly value: T;
  readonly news: CallNews | null;
}

/**
 * Stands before every call to one set of books and keeps the limits over all processes. A call that the vendor
 * refused for a limit (`news.refused`) is made again while the wait is short; the last one's value is what the caller
 * gets. Throws LedgerError `rate_limited` (with `deferred` when only our own budget stands in the way) or
 * `unavailable`; then nothing was sent. A place is given back however the call ends (RATE-07).
 */
export interface CallGate {
  pass<T>(kind: 'read' | 'write', call: () => Promise<Called<T>>): Promise<T>;
}
