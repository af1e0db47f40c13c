import { sql } from 'kysely';
import type { Currency } from '../../../domain/currency.ts';
import type { Tx } from '../../../platform/db.ts';
import { differsSince, readTieOutTotals } from '../../tie-out-totals.store.ts';
import { MOST_DIFFERENCES, type TieOut } from './tie-out.ts';

/** R15 for a person: totals per currency, and the customers whose sums differ, the largest difference first. */
export async function readTieOut(tx: Tx, companyId: string): Promise<TieOut> {
  const rows = await tx
    .selectFrom('position as p')
    .leftJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'p.company_id').onRef('c.customer_id', '=', 'p.customer_id'),
    )
    .select(['p.customer_id', 'c.name', 'p.currency', 'p.open_minor', 'p.credits_minor', 'p.ledger_minor'])
    .select(differsSince.as('since'))
    .where('p.company_id', '=', companyId)
    .where('p.ties_out', '=', false)
    .orderBy('p.currency')
    .orderBy(sql`abs(p.open_minor - p.credits_minor - p.ledger_minor) desc nulls last`)
    .orderBy('p.customer_id')
    .limit(MOST_DIFFERENCES)
    .execute();
  const trouble = await tx
    .selectFrom('problem')
    .select(['what', 'meaning'])
    .where('company_id', '=', companyId)
    .where('kind', '=', 'does_not_tie_out')
    .where('subject', '=', companyId)
    .where('resolved_at', 'is', null)
    .executeTakeFirst();
  return {
    totals: await readTieOutTotals(tx, companyId),
    differences: rows.map((row) => ({
      customerId: row.customer_id,
      name: row.name,
      currency: row.currency as Currency,
      ours: row.open_minor - row.credits_minor,
      ledger: row.ledger_minor ?? 0,
      since: row.since,
    })),
    trouble: trouble ?? null,
  };
}
