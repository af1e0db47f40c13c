import { sql } from 'kysely';
import type { RejectedRow, RowKind } from '../domain/books.ts';
import type { Tx } from '../platform/db.ts';
import type { BooksPage } from '../ports/ledger.ts';

/** What stands for the id of a row that has none; one such row is kept of a kind and customer. */
const NO_ID = '(no id)';

/**
 * Keeps the rows of a page that could not be read and drops what the page settled; returns the customers that are held
 * for a row of theirs, or were until now (R8). Call it after the page's other rows were written.
 */
export async function keepRejected(
  tx: Tx,
  companyId: string,
  page: BooksPage,
  { now, startedAt = now }: { readonly now: Date; readonly startedAt?: Date },
): Promise<readonly string[]> {
  // nearly always there is nothing to keep and nothing to settle
  if (page.rejected.length === 0 && !(await anyRejected(tx, companyId))) return [];
  const rejected = await withCustomers(tx, companyId, page.rejected);
  const before = await heldBefore(tx, companyId, page);
  await saveRejected(tx, companyId, rejected, now);
  await clearRejected(tx, companyId, page);
  await clearNameless(tx, companyId, page, startedAt);
  return [...before, ...rejected.flatMap((row) => (row.customerId === null ? [] : [row.customerId]))];
}

/** Who was held for a row that this page brings, rejects or takes away: perhaps somebody else than who is now. */
async function heldBefore(tx: Tx, companyId: string, page: BooksPage): Promise<readonly string[]> {
  const named: readonly (readonly [RowKind, string])[] = [
    ...page.customers.map((row) => ['customer', row.customerId] as const),
    ...page.invoices.map((row) => ['invoice', row.invoiceId] as const),
    ...page.payments.map((row) => ['payment', row.paymentId] as const),
    ...page.credits.map((row) => ['credit', row.creditId] as const),
    ...page.removed.map((row) => [row.kind, row.id] as const),
    ...page.rejected.map((row) => [row.kind, storedId(row)] as const),
  ];
  const [kinds, ids] = [named.map(([kind]) => kind), named.map(([, id]) => id)];
  const { rows } = await sql<{ customer_id: string }>`select distinct customer_id from rejected_row
    where company_id = ${companyId} and customer_id is not null
      and (kind, row_id) in (select * from unnest(${kinds}::text[], ${ids}::text[]))`.execute(tx);
  return rows.map((row) => row.customer_id);
}

async function anyRejected(tx: Tx, companyId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('rejected_row')
    .select('row_id')
    .where('company_id', '=', companyId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** R8: a row that does not say whose it is belongs to the customer of the stored one, which stays and is held. */
async function withCustomers(
  tx: Tx,
  companyId: string,
  rows: readonly RejectedRow[],
): Promise<readonly RejectedRow[]> {
  const nameless = rows.filter((row) => row.customerId === null && row.id !== null);
  if (nameless.length === 0) return rows;
  const ids = nameless.map((row) => row.id);
  const { rows: stored } = await sql<{ key: string; customer_id: string | null }>`
    select 'invoice:' || invoice_id as key, customer_id from invoice
      where company_id = ${companyId} and invoice_id = any(${ids})
    union all select 'payment:' || payment_id, customer_id from payment
      where company_id = ${companyId} and payment_id = any(${ids})
    union all select 'credit:' || credit_id, customer_id from credit
      where company_id = ${companyId} and credit_id = any(${ids})`.execute(tx);
  const ownerOf = new Map(stored.map((row) => [row.key, row.customer_id]));
  return rows.map((row) => ({
    ...row,
    customerId:
      row.customerId ?? (row.kind === 'customer' ? row.id : (ownerOf.get(`${row.kind}:${row.id}`) ?? null)),
  }));
}

async function saveRejected(
  tx: Tx,
  companyId: string,
  rows: readonly RejectedRow[],
  now: Date,
): Promise<void> {
  // of two with one key the last counts
  const last = [...new Map(rows.map((row) => [`${row.kind} ${storedId(row)}`, row])).values()];
  if (last.length === 0) return;
  const each = (value: (row: RejectedRow) => string | null) => sql`${last.map(value)}::text[]`;
  await sql`insert into rejected_row (company_id, kind, row_id, customer_id, reason, seen_at)
    select ${companyId}::uuid, rejected.*, ${now}::timestamptz
    from unnest(${each((row) => row.kind)}, ${each(storedId)}, ${each((row) => row.customerId)},
      ${each((row) => row.reason)}) as rejected
    on conflict (company_id, kind, row_id) do update
      set reason = excluded.reason, customer_id = excluded.customer_id, seen_at = excluded.seen_at`.execute(
    tx,
  );
}

function storedId(row: RejectedRow): string {
  return row.id ?? `${NO_ID} ${row.customerId ?? ''}`.trim();
}

/** A row that could be read after all settles its own rejection. */
async function clearRejected(tx: Tx, companyId: string, page: BooksPage): Promise<void> {
  const read: readonly [RowKind, readonly string[]][] = [
    ['customer', page.customers.map((row) => row.customerId)],
    ['invoice', page.invoices.map((row) => row.invoiceId)],
    ['payment', page.payments.map((row) => row.paymentId)],
    ['credit', page.credits.map((row) => row.creditId)],
  ];
  for (const [kind, ids] of read) {
    const gone = page.removed.filter((row) => row.kind === kind).map((row) => row.id);
    await sql`delete from rejected_row
      where company_id = ${companyId} and kind = ${kind} and row_id = any(${[...ids, ...gone]})`.execute(tx);
  }
}

/**
 * A row without an id can never be told to be the same one again. It is settled when a later reading, one that began
 * after it was seen, brings a readable row of its kind and customer.
 */
async function clearNameless(tx: Tx, companyId: string, page: BooksPage, startedAt: Date): Promise<void> {
  const read: readonly [RowKind, readonly (string | null)[]][] = [
    ['customer', page.customers.map((row) => row.customerId)],
    ['invoice', page.invoices.map((row) => row.customerId)],
    ['payment', page.payments.map((row) => row.customerId)],
    ['credit', page.credits.map((row) => row.customerId)],
  ];
  for (const [kind, customerIds] of read) {
    await sql`delete from rejected_row
      where company_id = ${companyId} and kind = ${kind} and starts_with(row_id, ${NO_ID})
        and customer_id = any(${[...new Set(customerIds)]}) and seen_at < ${startedAt}`.execute(tx);
  }
}

/** Everything was read anew, from `startedAt` on: rows without an id that were seen before are gone or seen again. */
export async function settleNameless(tx: Tx, companyId: string, startedAt: Date): Promise<void> {
  await sql`with gone as (
      delete from rejected_row
      where company_id = ${companyId} and starts_with(row_id, ${NO_ID}) and seen_at < ${startedAt}
      returning customer_id
    )
    insert into stale_position (company_id, customer_id)
    select distinct ${companyId}::uuid, customer_id from gone where customer_id is not null
    on conflict do nothing`.execute(tx);
}
