import { sql } from 'kysely';
import type { Day } from '../domain/day.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';

/** Marks the customers whose figures change by themselves today or should have before: one probe of an index each. */
export async function markDue(tx: Tx, companyId: string, today: Day): Promise<void> {
  await sql`insert into stale_position (company_id, customer_id)
    select ${companyId}::uuid, customer_id from (
      select customer_id from position where company_id = ${companyId} and next_event_on <= ${today}
      union select customer_id from agreement where company_id = ${companyId} and next_event_on <= ${today}
    ) as due
    on conflict do nothing`.execute(tx);
}

/** Whether the company ever had an agreement that the books could settle: one probe of an index. */
export async function watchesAgreements(tx: Tx, companyId: string): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from agreement where company_id = ${companyId}) as any`.execute(tx);
  return rows[0]?.any === true;
}

/** The next marked customers in the order of their keys, behind `after`; they stay marked. */
export async function staleAfter(
  tx: Tx,
  companyId: string,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ customer_id: string }>`select customer_id from stale_position
    where company_id = ${companyId} and customer_id > ${after} order by customer_id limit ${limit}`.execute(
    tx,
  );
  return rows.map((row) => row.customer_id);
}

/**
 * The next marked customers in the order of their keys, behind `after`; their marks are gone with this transaction. One
 * that another transaction takes as of a family of its own is passed by.
 */
export async function takeStale(
  tx: Tx,
  companyId: string,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    with next as materialized (select customer_id from stale_position
      where company_id = ${companyId} and customer_id > ${after} order by customer_id limit ${limit}
      for update skip locked),
    -- an array, so that the keys are looked up: joined, all marks are walked over again for every chunk
    gone as (delete from stale_position where company_id = ${companyId}
      and customer_id = any(array(select customer_id from next)) returning customer_id)
    select customer_id from gone order by customer_id`.execute(tx);
  return rows.map((row) => row.customer_id);
}

/** These customers are computed now, from facts that are read after this. */
export async function clearStale(tx: Tx, companyId: string, customerIds: readonly string[]): Promise<void> {
  await sql`delete from stale_position where company_id = ${companyId}
    and customer_id = any(${binaryArray('text', customerIds)}::text[])`.execute(tx);
}
