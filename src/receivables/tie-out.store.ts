import { sql } from 'kysely';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { LedgerReceivables } from '../ports/ledger.ts';
import type { Family } from './debtor.ts';
import { type StatedSum, type StatedSums, statedSums } from './stated-sums.ts';

/**
 * R15: lays the ledger's sums beside every position, in a handful of statements whatever the size of the book. Writes
 * only where the ledger says something new, and marks those customers stale whose hold or task that changes. A debt that
 * the ledger states and that we know nothing of becomes a position of its own, with nothing in it but the difference.
 */
export async function compareSums(
  tx: Tx,
  companyId: string,
  asked: LedgerReceivables,
  computed: { readonly today: string; readonly now: Date },
): Promise<void> {
  const stated = statedSums(
    asked,
    await loadBilledWithParent(tx, companyId),
    await loadUnreadable(tx, companyId),
  );
  await writeFigures(tx, companyId, stated);
  await writeUnknown(tx, companyId, stated.sums, computed);
}

/** `customer currency` of the positions that did not tie out when they were last compared. */
export async function differingKeys(tx: Tx, companyId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('position')
    .select(['customer_id', 'currency'])
    .where('company_id', '=', companyId)
    .where('ties_out', '=', false)
    .execute();
  return new Set(rows.map((row) => `${row.customer_id} ${row.currency}`));
}

/** R12: those who bill with a parent, and their parents; everybody else is a debtor of his own. */
async function loadBilledWithParent(tx: Tx, companyId: string): Promise<ReadonlyMap<string, Family>> {
  const { rows } = await sql<{ customer_id: string; parent_id: string | null; bills_with_parent: boolean }>`
    with child as (
      select customer_id, parent_id, bills_with_parent from customer
      where company_id = ${companyId} and bills_with_parent and parent_id is not null
    )
    select customer_id, parent_id, bills_with_parent from child
    union
    select customer_id, parent_id, bills_with_parent from customer
    where company_id = ${companyId} and customer_id in (select parent_id from child)`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.customer_id,
      { customerId: row.customer_id, parentId: row.parent_id, billsWithParent: row.bills_with_parent },
    ]),
  );
}

async function loadUnreadable(tx: Tx, companyId: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('rejected_row')
    .select('customer_id')
    .distinct()
    .where('company_id', '=', companyId)
    .where('customer_id', 'is not', null)
    .execute();
  return rows.flatMap((row) => row.customer_id ?? []);
}

/**
 * A position that the ledger does not name owes nothing there. One that can't be compared keeps a difference that was
 * found before, so that nothing is let go unseen, and forgets a figure that agreed.
 */
async function writeFigures(tx: Tx, companyId: string, { sums, unsure }: StatedSums): Promise<void> {
  await sql`
    with stated as (
      select * from unnest(${text(sums, 'customerId')}::text[], ${text(sums, 'currency')}::text[],
        ${minors(sums)}::bigint[], ${wholes(sums)}::boolean[]) as stated (customer_id, currency, minor, whole)
    ), unsure as (
      select customer_id from unnest(${binaryArray('text', unsure)}::text[]) as unsure (customer_id)
    ), compared as (
      select position.customer_id, position.currency, ledger_minor, ties_out, open_minor - credits_minor as ours,
        case when unsure.customer_id is null or whole then coalesce(minor, 0)
          when not ties_out then ledger_minor end as theirs
      from position
        left join stated on stated.customer_id = position.customer_id and stated.currency = position.currency
        left join unsure on unsure.customer_id = position.customer_id
      where company_id = ${companyId}
    ), news as (
      select customer_id, currency, ties_out as tied_out, theirs, theirs is null or theirs = ours as ties_out
      from compared
      where ledger_minor is distinct from theirs or ties_out <> (theirs is null or theirs = ours)
    ), written as (
      update position set ledger_minor = news.theirs, ties_out = news.ties_out from news
      where position.company_id = ${companyId}
        and position.customer_id = news.customer_id and position.currency = news.currency
    )
    insert into stale_position (company_id, customer_id)
    select distinct ${companyId}::uuid, customer_id from news where not (tied_out and ties_out)
    on conflict do nothing`.execute(tx);
}

/** What the ledger states of customers and currencies in which we have nothing at all. */
async function writeUnknown(
  tx: Tx,
  companyId: string,
  sums: readonly StatedSum[],
  { today, now }: { readonly today: string; readonly now: Date },
): Promise<void> {
  const owed = sums.filter((row) => row.minor !== 0 && row.whole);
  if (owed.length === 0) return;
  await sql`
    with unknown as (
      insert into position (company_id, customer_id, currency, open_minor, not_due_minor, past_due_minor, held_minor,
        credits_minor, ask_minor, holds, ledger_minor, ties_out, computed_on, computed_at)
      select ${companyId}::uuid, customer_id, currency, 0, 0, 0, 0, 0, 0, '[]', minor, false,
        ${today}::date, ${now}::timestamptz
      from unnest(${text(owed, 'customerId')}::text[], ${text(owed, 'currency')}::text[],
        ${minors(owed)}::bigint[]) as stated (customer_id, currency, minor)
      where not exists (
        select from position as known where known.company_id = ${companyId}
          and known.customer_id = stated.customer_id and known.currency = stated.currency)
      returning customer_id
    )
    insert into stale_position (company_id, customer_id) select distinct ${companyId}::uuid, customer_id from unknown
    on conflict do nothing`.execute(tx);
}

function text(sums: readonly StatedSum[], column: 'customerId' | 'currency'): Buffer {
  return binaryArray(
    'text',
    sums.map((row) => row[column]),
  );
}

function minors(sums: readonly StatedSum[]): Buffer {
  return binaryArray(
    'bigint',
    sums.map((row) => row.minor),
  );
}

function wholes(sums: readonly StatedSum[]): Buffer {
  return binaryArray(
    'boolean',
    sums.map((row) => row.whole),
  );
}
