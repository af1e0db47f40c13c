export const PROBLEMS_PER_PAGE = 50;

/** What of the open problems is wished for; null: all of it. `page` counts from 1. */
export interface ProblemWish {
  readonly kind: string | null;
  readonly customerId: string | null;
  readonly page: number;
}
