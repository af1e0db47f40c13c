import { sql } from 'kysely';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';

/** Stands in `plan_due` for everybody, so that what concerns a company of any size is one row. */
export const EVERYBODY = '';

/**
 * Has these customers planned anew with the next plan, whenever that is: their decisions may not stand any more. Call it
 * in the transaction that changes what a decision rests on; the plan itself takes `addJob(tx, 'plan')`. A plan that is
 * deciding for them at this moment finishes first, and they are due again. See `dunning/plan-due.store.ts` for who calls
 * it, and why nobody else needs to.
 */
export async function markPlanDue(tx: Tx, companyId: string, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  await sql`insert into plan_due (company_id, customer_id, look_at)
    select distinct ${companyId}::uuid, customer_id, '-infinity'::timestamptz
    from unnest(${binaryArray('text', customerIds)}::text[]) as marked (customer_id)
    order by customer_id
    on conflict (company_id, customer_id) do update set look_at = '-infinity' where plan_due.look_at > '-infinity'`.execute(
    tx,
  );
}

/** The same for everybody of the company who is pursued or owes something. */
export async function markEverybody(tx: Tx, companyId: string): Promise<void> {
  await markPlanDue(tx, companyId, [EVERYBODY]);
}

/** Customers whose positions were just computed. */
interface Computed {
  readonly pastDue: readonly string[];
  /** Who owe, and nothing of it is past due. */
  readonly owing: readonly string[];
  /** All who are not past due. */
  readonly others: readonly string[];
}

/**
 * Of customers whose positions were just computed marks those who have something past due, a case, a payment plan, or a
 * day to be looked at already, and with a policy that says something before the due date, everybody who owes.
 */
export async function markComputed(
  tx: Tx,
  companyId: string,
  { pastDue, owing, others }: Computed,
): Promise<void> {
  if (pastDue.length + others.length === 0) return;
  const ids = (some: readonly string[]) => sql`${binaryArray('text', some)}::text[]`;
  await sql`insert into plan_due (company_id, customer_id, look_at)
    select ${companyId}::uuid, customer_id, '-infinity'::timestamptz from (
      select unnest(${ids(pastDue)}) as customer_id
      union select unnest(${ids(owing)}) where duly.plans_early(${companyId}::uuid)
      union select customer_id from dunning_case
        where company_id = ${companyId} and state = 'open' and customer_id = any(${ids(others)})
      union select customer_id from plan_due where company_id = ${companyId} and customer_id = any(${ids(others)})
      union select customer_id from agreement where company_id = ${companyId} and settled_on is null and kind = 'plan'
        and customer_id = any(${ids(others)})
    ) as concerned
    order by customer_id
    on conflict (company_id, customer_id) do update set look_at = '-infinity' where plan_due.look_at > '-infinity'`.execute(
    tx,
  );
}
