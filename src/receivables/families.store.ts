import { sql } from 'kysely';
import type { Contact } from '../domain/books.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { Family } from './debtor.ts';

export interface CustomerFacts extends Family {
  readonly name: string;
  readonly emails: readonly string[];
  readonly contacts: readonly Contact[];
  readonly active: boolean;
  readonly mergedIntoId: string | null;
}

/**
 * These customers, everybody above them that bills go to, and everybody below those (R12): enough for `debtorOf` and
 * `familiesByDebtor` to say who is chased for whom, whatever the size of the book. Loops of parents end by themselves.
 */
export async function loadFamilies(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, CustomerFacts>> {
  const { rows } = await sql<{
    customer_id: string;
    name: string;
    emails: string[];
    contacts: readonly Contact[];
    parent_id: string | null;
    bills_with_parent: boolean;
    active: boolean;
    merged_into_id: string | null;
  }>`with recursive ${closure(companyId, customerIds)}
    select c.customer_id, c.name, c.emails, c.contacts, c.parent_id, c.bills_with_parent, c.active, c.merged_into_id
    from down cross join lateral (
      select * from customer where company_id = ${companyId} and customer_id = down.customer_id offset 0) c`.execute(
    tx,
  );
  return new Map(
    rows.map((row) => [
      row.customer_id,
      {
        customerId: row.customer_id,
        name: row.name,
        emails: row.emails,
        contacts: row.contacts,
        parentId: row.parent_id,
        billsWithParent: row.bills_with_parent,
        active: row.active,
        mergedIntoId: row.merged_into_id,
      },
    ]),
  );
}

/**
 * `up`: the customers and those above them; `down`: those and everybody below. Each step looks one row up by its key:
 * `offset 0` keeps the planner from walking over the whole book instead.
 */
export function closure(companyId: string, customerIds: readonly string[]) {
  return sql`up (customer_id) as (
      select unnest(${binaryArray('text', customerIds)}::text[])
      union
      select c.parent_id from up cross join lateral (
        select parent_id from customer where company_id = ${companyId} and customer_id = up.customer_id
          and bills_with_parent and parent_id is not null offset 0) c
    ), down (customer_id) as (
      select customer_id from up
      union
      select c.customer_id from down cross join lateral (
        select customer_id from customer where company_id = ${companyId} and parent_id = down.customer_id
          and bills_with_parent offset 0) c
    )`;
}
