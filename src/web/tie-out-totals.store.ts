import { sql } from 'kysely';
import type { Currency } from '../domain/currency.ts';
import type { Tx } from '../platform/db.ts';

/** One currency's sums over all customers for whom both figures are known; minor units. */
export interface TieOutTotals {
  readonly currency: Currency;
  readonly ours: number;
  readonly ledger: number;
  readonly compared: number;
  readonly differing: number;
  readonly notCompared: number;
}

/** R15 per currency (R3). Who was not compared is counted, never taken for zero. */
export async function readTieOutTotals(tx: Tx, companyId: string): Promise<readonly TieOutTotals[]> {
  const { rows } = await sql<TieOutTotals>`
    select currency,
      coalesce(sum(open_minor - credits_minor) filter (where ledger_minor is not null), 0)::bigint as ours,
      coalesce(sum(ledger_minor), 0)::bigint as ledger,
      count(ledger_minor) as compared,
      count(*) filter (where not ties_out) as differing,
      count(*) filter (where ledger_minor is null) as "notCompared"
    from position where company_id = ${companyId} group by currency order by currency`.execute(tx);
  return rows;
}

/** Since when a customer's sums differ: since the open problem of it was first seen. For a query of `position as p`. */
export const differsSince = sql<Date | null>`(
  select first_seen_at from problem
  where problem.company_id = p.company_id and problem.kind = 'does_not_tie_out'
    and problem.subject = p.customer_id || ' ' || p.currency and problem.resolved_at is null and not p.ties_out)`;
