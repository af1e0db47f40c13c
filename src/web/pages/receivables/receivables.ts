import type { Currency } from '../../../domain/currency.ts';
import type { Reason } from '../../../domain/reason.ts';
import type { HoldReason } from '../../../receivables/holds.ts';
import type { Ageing } from '../../ageing.ts';
import type { LastDecision, LastSent, OpenTouch } from '../../parts/next-step.ts';

export const filters = ['past_due', 'all', 'held', 'attention'] as const;
export type Filter = (typeof filters)[number];
export const sorts = ['past_due', 'customer', 'oldest', 'held'] as const;
export type Sort = (typeof sorts)[number];
export const PAGE_SIZE = 200;

/** One customer in one currency. Amounts in minor units. */
export interface ReceivableRow {
  readonly customerId: string;
  readonly name: string;
  readonly country: string | null;
  readonly region: string | null;
  readonly currency: Currency;
  readonly openMinor: number;
  readonly pastDueMinor: number;
  readonly heldMinor: number;
  readonly creditsMinor: number;
  readonly askMinor: number;
  readonly daysLate: number;
  readonly holds: readonly HoldReason[];
  readonly tiesOut: boolean;
  readonly touch: OpenTouch | null;
  readonly decision: LastDecision | null;
  readonly sent: LastSent | null;
  readonly reasons: readonly Reason[];
  readonly problem: string | null;
}

export interface CurrencyTotals {
  readonly currency: Currency;
  readonly openMinor: number;
  readonly pastDueMinor: number;
  readonly heldMinor: number;
  readonly creditsMinor: number;
  readonly askMinor: number;
  readonly customersPastDue: number;
  readonly ageing: Ageing;
}

export interface Receivables {
  readonly rows: readonly ReceivableRow[];
  readonly totals: readonly CurrencyTotals[];
  readonly counts: Readonly<Record<Filter, number>>;
  /** The next day on which something changes by itself; null: nothing is open. */
  readonly nextEventOn: string | null;
}

export interface Wish {
  readonly filter: Filter;
  readonly sort: Sort;
  /** From 1. */
  readonly page: number;
}

/** What the address asks for; anything unknown is the ordinary view. */
export function wishOf(query: Readonly<Record<string, unknown>>): Wish {
  const page = Number(query.page);
  return {
    filter: filters.find((known) => known === query.show) ?? 'past_due',
    sort: sorts.find((known) => known === query.sort) ?? 'past_due',
    page: Number.isSafeInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  };
}
