import type { DebtorType } from './step.ts';

/** What a customer's segment is decided by: its own facts, nothing else. Days in the company's zone. */
export interface CustomerFacts {
  readonly customerId: string;
  /** Invoices ever seen, open and settled. */
  readonly invoices: number;
  /** Settled in the last 24 months with a due date; what follows rests on them. */
  readonly settled: number;
  readonly settledLate: number;
  readonly averageDaysLate: number | null;
  /** Promises to pay that the books have shown to be broken within the last 12 months (R11). */
  readonly brokenPromises: number;
  /** Open now, by currency, in minor units. */
  readonly openMinor: Readonly<Record<string, number>>;
  readonly debtorType: DebtorType;
  /**
   * The type, or `business` for an unknown one where the company stated that all its customers are. Else it stays unknown:
   * nobody lands among consumers by a rule only because nobody said what they are; the law protects them in any segment.
   */
  readonly countsAs: DebtorType;
  /** The ledger's groups, customer types or tags, as the ledger names them. */
  readonly groups: readonly string[];
  /** Segment set by hand; null: none. */
  readonly byHand: string | null;
}

/** A rule on those facts. Every condition given must hold; an empty rule holds for everybody. */
export interface SegmentRule {
  /** At most so many invoices ever: a new customer. */
  readonly invoicesAtMost?: number;
  /** At least so many settled invoices, so that the figures below mean something. */
  readonly settledAtLeast?: number;
  /** Share of settled invoices that were late, in percent, from and to, both included. */
  readonly latePercentAtLeast?: number;
  readonly latePercentAtMost?: number;
  readonly averageDaysLateAtLeast?: number;
  readonly averageDaysLateAtMost?: number;
  /** Promises broken within 12 months, from and to, both included; at most 0: whoever keeps their word, or gave none. */
  readonly brokenPromisesAtLeast?: number;
  readonly brokenPromisesAtMost?: number;
  /** Open balance in any of these currencies at or above the amount, minor units. */
  readonly openAtLeast?: Readonly<Record<string, number>>;
  readonly debtorTypes?: readonly DebtorType[];
  /** In any of these groups of the ledger. */
  readonly groups?: readonly string[];
  /** Only who is put here by hand. */
  readonly byHandOnly?: true;
}
