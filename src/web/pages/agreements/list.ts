import type { AgreementSeen } from '../../agreement-seen.store.ts';

/** The lists of the Agreements page, in the order in which one works through them. */
export const lists = ['promised', 'week', 'broken', 'plans', 'offers', 'over'] as const;
export type List = (typeof lists)[number];
export const PAGE_SIZE = 100;

export interface ListWish {
  readonly show: List;
  /** From 1. */
  readonly page: number;
}

export interface AgreementList {
  readonly rows: readonly AgreementSeen[];
  readonly counts: Readonly<Record<List, number>>;
}

/** What the address asks for; anything unknown is the ordinary view. */
export function listWishOf(query: Readonly<Record<string, unknown>>): ListWish {
  const page = Number(query.page);
  return {
    show: lists.find((known) => known === query.show) ?? 'promised',
    page: Number.isSafeInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  };
}
