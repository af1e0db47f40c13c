import { sql } from 'kysely';
import { EVERYBODY } from '../../../companies/plan-due.store.ts';
import type { Tx } from '../../../platform/db.ts';

/**
 * Whether something changed about this customer that their decisions do not know yet: figures to be computed, or the
 * plan that follows. It lasts seconds, and is what somebody sees who has just noted a promise or a hold.
 */
export async function isReplanned(tx: Tx, companyId: string, customerId: string): Promise<boolean> {
  const { rows } = await sql<{ pending: boolean }>`select
    exists (select from stale_position where company_id = ${companyId} and customer_id = ${customerId})
    or exists (select from plan_due where company_id = ${companyId} and customer_id in (${customerId}, ${EVERYBODY})
      and look_at = '-infinity') as pending`.execute(tx);
  return rows[0]?.pending ?? false;
}
