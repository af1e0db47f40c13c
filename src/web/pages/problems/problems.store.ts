import type { Selectable } from 'kysely';
import type { Tx } from '../../../platform/db.ts';
import type { Problem } from '../../../platform/db-types.ts';

export type ProblemRow = Selectable<Problem> & { readonly customerName: string | null };

/** Open problems, the newest last seen first, with the customer's name; at most 200. */
export function readProblems(tx: Tx, companyId: string): Promise<ProblemRow[]> {
  return tx
    .selectFrom('problem')
    .leftJoin('customer', (join) =>
      join
        .onRef('customer.company_id', '=', 'problem.company_id')
        .onRef('customer.customer_id', '=', 'problem.customer_id'),
    )
    .selectAll('problem')
    .select('customer.name as customerName')
    .where('problem.company_id', '=', companyId)
    .where('problem.resolved_at', 'is', null)
    .orderBy('problem.first_seen_at', 'desc')
    .limit(200)
    .execute();
}
