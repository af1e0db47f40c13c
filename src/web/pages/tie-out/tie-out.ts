import type { Currency } from '../../../domain/currency.ts';
import type { TieOutTotals } from '../../tie-out-totals.store.ts';

/** A customer whose sums differ in one currency; minor units. */
export interface Difference {
  readonly customerId: string;
  /** Null: the mirror has no such customer. */
  readonly name: string | null;
  readonly currency: Currency;
  readonly ours: number;
  readonly ledger: number;
  readonly since: Date | null;
}

export interface TieOut {
  readonly totals: readonly TieOutTotals[];
  readonly differences: readonly Difference[];
  /** Why the ledger's sums could not be read, when that was the last that happened. */
  readonly trouble: { readonly what: string; readonly meaning: string } | null;
}

/** More than a person would go through; the API has them all. */
export const MOST_DIFFERENCES = 200;
