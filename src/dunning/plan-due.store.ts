import { sql } from 'kysely';
import { EVERYBODY } from '../companies/plan-due.store.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';

/*
 * Who is planned, and why nobody else needs to be: a decision is a function of what is listed here, so whatever changes
 * one of these marks whom it concerns (`companies/plan-due.store.ts`), in its own transaction.
 *
 *  what a decision rests on              who marks
 *  ------------------------------------  ---------------------------------------------------------------------------
 *  the position: rows, payments,         savePositions marks whoever it computed and is pursued or past due; rows, holds,
 *  credits, holds of customers and       agreements, debtor types, merges, parents and their own days (falling due, a
 *  invoices, debtor type, addresses      hold's end) all go through it
 *  holds of the whole company            followHolds marks everybody; their days stand in the look of everybody
 *  touches: sent, failed, taken back,    moveTouch and whoever writes a state by itself; keepEvent when a message came back
 *  released, uncertain, settled (S8)
 *  mode, all-businesses statement,       a recompute of everybody, so savePositions
 *  time zone, country, region
 *  the ledger's own reminders (R14)      showOwnReminders marks everybody
 *  the first batch is released (S4)      approveTouches marks everybody
 *  policy, segments, overrides           saveDocument marks everybody, saveCustomerPolicy the customer
 *  style of the sender (brand)           saveBrand marks everybody
 *  skipped, moved and repeated steps     the touch they take back, or the customer
 *  the day: the next step's, a look      `lookAgain` keeps them, the start of the day in the company's zone
 *  again, a refusal that lapses,
 *  a touch that stands (every day)
 *  law that comes into force             the look of everybody
 *  the volume brake (S4)                 counted after every plan, over the whole day
 *
 * What is forgotten all the same (a calendar of a newer release, a segment that only time moved) is found within a week:
 * the look of everybody is never further away. A day's cost so stays that of what is due, and of a seventh of the rest.
 */

/** Everybody is looked at again after so many days, whatever happens. */
export const SWEEP_DAYS = 7;

/**
 * The next customers that are due at `now`, at most `most`; their marks are gone with this transaction, which must read
 * the facts after this and end with `lookAgain`. `EVERYBODY` may be among them.
 */
export async function takeDue(
  tx: Tx,
  companyId: string,
  now: Date,
  most: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    with next as materialized (select customer_id from plan_due
      where company_id = ${companyId} and look_at <= ${now} order by look_at limit ${most}
      for update skip locked)
    delete from plan_due where company_id = ${companyId} and customer_id = any(array(select customer_id from next))
    returning customer_id`.execute(tx);
  return rows.map((row) => row.customer_id).sort();
}

/** Marks everybody who is pursued, past due, in a payment plan or waiting for a day of their own; with an early policy all who owe. */
export async function markAll(tx: Tx, companyId: string): Promise<void> {
  await sql`insert into plan_due (company_id, customer_id, look_at)
    select ${companyId}::uuid, customer_id, '-infinity'::timestamptz from (
      select customer_id from position where company_id = ${companyId} and past_due_minor > 0
      union select customer_id from position
        where company_id = ${companyId} and open_minor > 0 and duly.plans_early(${companyId}::uuid)
      union select customer_id from dunning_case where company_id = ${companyId} and state = 'open'
      union select customer_id from plan_due where company_id = ${companyId} and customer_id <> ${EVERYBODY}
      union select customer_id from agreement where company_id = ${companyId} and settled_on is null and kind = 'plan'
    ) as everybody
    order by customer_id
    on conflict (company_id, customer_id) do update set look_at = '-infinity'`.execute(tx);
}

/**
 * When each of these is looked at next; whoever is not named waits for a mark. One that was marked since, by somebody who
 * changed something meanwhile, keeps that mark.
 */
export async function lookAgain(
  tx: Tx,
  companyId: string,
  looks: readonly { readonly customerId: string; readonly at: Date }[],
): Promise<void> {
  if (looks.length === 0) return;
  const ids = binaryArray(
    'text',
    looks.map((look) => look.customerId),
  );
  const times = binaryArray(
    'timestamptz',
    looks.map((look) => look.at),
  );
  await sql`insert into plan_due as due (company_id, customer_id, look_at)
    select ${companyId}::uuid, customer_id, min(look_at)
    from unnest(${ids}::text[], ${times}::timestamptz[]) as look (customer_id, look_at)
    group by customer_id order by customer_id
    on conflict (company_id, customer_id) do update set look_at = least(due.look_at, excluded.look_at)`.execute(
    tx,
  );
}
