import type { Tx } from '../platform/db.ts';

export interface OpenProblem {
  readonly companyId: string;
  readonly kind: string;
  readonly subject: string;
  readonly what: string;
}

/** What a person should look at in this company, the oldest first. */
export async function openProblems(tx: Tx, companyId: string): Promise<readonly OpenProblem[]> {
  return await tx
    .selectFrom('problem')
    .select(['company_id as companyId', 'kind', 'subject', 'what'])
    .where('company_id', '=', companyId)
    .where('resolved_at', 'is', null)
    .orderBy('first_seen_at')
    .orderBy('problem_id')
    .execute();
}
