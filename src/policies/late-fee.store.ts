import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';

/**
 * Whether any late fee or interest could be in force for the customer: the policy, one of its segments, or the customer
 * itself (or one merged into it) names terms. One statement, so that pages of those without cost no more; true is not
 * yet a yes.
 */
export async function mayHaveLateFee(tx: Tx, companyId: string, customerId: string): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select coalesce((
        select jsonb_typeof(body #> '{settings,lateFee}') = 'object'
          or jsonb_path_exists(body, '$.segments[*].settings.lateFee ? (@.type() == "object")')
        from policy where company_id = ${companyId} order by version desc limit 1), false)
      or exists (
        select 1 from customer_policy p
        where p.company_id = ${companyId} and jsonb_typeof(p.body #> '{settings,lateFee}') = 'object'
          and (p.customer_id = ${customerId} or p.customer_id in (
            select c.customer_id from customer c
            where c.company_id = ${companyId} and c.merged_into_id = ${customerId}))) as may`.execute(tx);
  return rows[0]?.may === true;
}
