import { sql } from 'kysely';
import type { RemovedRow, RowKind } from '../domain/books.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { BooksPage } from '../ports/ledger.ts';
import { idsIn, tell, watch } from './changed.store.ts';
import type { Unsettled } from './changed.ts';
import { creditTable, customerTable, invoiceTable, paymentTable } from './mirror-tables.ts';
import { keepRejected } from './rejected.store.ts';
import { encodeAhead, upsert } from './upsert.store.ts';

interface ApplyOptions {
  readonly now: Date;
  /**
   * True in the first sync: payments seen then are history, not news (R5), and no position is asked for page by page:
   * call `markAllStale` with the last one.
   */
  readonly first: boolean;
  /** What the reading's pages have not explained yet; absent: this page is the whole reading. */
  readonly unsettled?: Unsettled;
  /** When the reading began that this page belongs to; absent: with this page. */
  readonly startedAt?: Date;
  /** Called once while PostgreSQL is at work on the page: the time to prepare the next one. */
  readonly meanwhile?: () => void;
}

/**
 * Writes one page of the ledger into the mirror and marks the customers whose position it may change: all that its rows
 * name, whether the rows were news or not (a mark too many is only work).
 * An older version never overwrites a newer one (SYN-08); a rejected row leaves the stored one alone (R8). What that
 * changed for customers who are chased is recorded, but for a first sync, in which everything is history.
 */
export async function applyPage(
  tx: Tx,
  companyId: string,
  page: BooksPage,
  options: ApplyOptions,
): Promise<void> {
  const { now, first, meanwhile } = options;
  const touched = new Set<string | null>(first ? [] : await customersOf(tx, companyId, page));
  const watched = first ? null : await watch(tx, companyId, idsIn(page), now);
  const how = { fresh: first, sent: meanwhile };
  const seen = first ? {} : { constants: { seen_at: now } };
  await upsert(tx, companyId, customerTable, page.customers, how);
  await upsert(tx, companyId, invoiceTable, page.invoices, how);
  await upsert(tx, companyId, paymentTable, page.payments, { ...how, ...seen });
  await upsert(tx, companyId, creditTable, page.credits, how);
  if (!first) {
    for (const row of page.customers) for (const id of [row.customerId, row.parentId]) touched.add(id);
    for (const row of [...page.invoices, ...page.payments, ...page.credits]) touched.add(row.customerId);
  }
  await removeRows(tx, companyId, page.removed);
  if (watched !== null) await tell(tx, companyId, watched, now, options.unsettled);
  for (const id of await keepRejected(tx, companyId, page, options)) touched.add(id);
  await markStale(
    tx,
    companyId,
    [...touched].filter((id) => id !== null),
  );
}

/** Pages that are ready to be applied: their rows are encoded as soon as they are there, not when the database waits. */
export async function* readyPages(pages: AsyncIterable<BooksPage>): AsyncGenerator<BooksPage> {
  for await (const page of pages) {
    encodeAhead(customerTable, page.customers);
    encodeAhead(invoiceTable, page.invoices);
    encodeAhead(paymentTable, page.payments);
    encodeAhead(creditTable, page.credits);
    yield page;
  }
}

/** Asks for a new position of these customers; harmless when asked twice. */
export async function markStale(tx: Tx, companyId: string, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  await sql`insert into stale_position (company_id, customer_id)
    select distinct ${companyId}::uuid, customer_id
    from unnest(${binaryArray('text', customerIds)}::text[]) as touched (customer_id)
    order by customer_id
    -- locked, so that whoever computes them meanwhile waits for what this transaction changes
    on conflict (company_id, customer_id) do update set customer_id = excluded.customer_id`.execute(tx);
}

/**
 * Asks for a new position of every customer of the company, those included that only something open of theirs names, or
 * that have a figure of something that is gone.
 */
export async function markAllStale(tx: Tx, companyId: string): Promise<void> {
  await sql`insert into stale_position (company_id, customer_id)
    select ${companyId}::uuid, customer_id from (
      select customer_id from customer where company_id = ${companyId}
      union select customer_id from invoice where company_id = ${companyId} and open_minor > 0
      union select customer_id from payment
        where company_id = ${companyId} and unapplied_minor > 0 and customer_id is not null
      union select customer_id from credit where company_id = ${companyId} and remaining_minor > 0
      union select customer_id from position where company_id = ${companyId}
    ) as everybody
    on conflict do nothing`.execute(tx);
}

/**
 * Who the rows of this page belonged to before: an invoice or a credit may have moved, a customer may have left the parent that it
 * billed with (R12), a removed row names nobody.
 */
async function customersOf(tx: Tx, companyId: string, page: BooksPage): Promise<string[]> {
  const ids = (kind: RowKind): string[] => [
    ...page.removed.filter((row) => row.kind === kind).map((row) => row.id),
    ...page.rejected.filter((row) => row.kind === kind).flatMap((row) => (row.id === null ? [] : [row.id])),
  ];
  const customerIds = [...page.customers.map((row) => row.customerId), ...ids('customer')];
  const invoiceIds = [...page.invoices.map((row) => row.invoiceId), ...ids('invoice')];
  const paymentIds = [...page.payments.map((row) => row.paymentId), ...ids('payment')];
  const creditIds = [...page.credits.map((row) => row.creditId), ...ids('credit')];
  const { rows } = await sql<{ customer_id: string }>`
    select distinct customer_id from invoice where company_id = ${companyId} and invoice_id = any(${invoiceIds})
    union select customer_id from customer where company_id = ${companyId} and customer_id = any(${ids('customer')})
    union select parent_id from customer
      where company_id = ${companyId} and customer_id = any(${customerIds}) and parent_id is not null
    union select customer_id from payment
      where company_id = ${companyId} and payment_id = any(${paymentIds}) and customer_id is not null
    union select customer_id from credit where company_id = ${companyId} and credit_id = any(${creditIds})`.execute(
    tx,
  );
  return rows.map((row) => row.customer_id);
}

/** PAR-13, PAR-14: a row that is gone changes its state only; one that we never had changes nothing. */
async function removeRows(tx: Tx, companyId: string, rows: readonly RemovedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const idsOf = (kind: RowKind): string[] => rows.filter((row) => row.kind === kind).map((row) => row.id);
  await sql`update invoice set status = 'deleted' where company_id = ${companyId} and invoice_id = any(${idsOf('invoice')})`.execute(
    tx,
  );
  await sql`update payment set status = 'deleted', unapplied_minor = 0
    where company_id = ${companyId} and payment_id = any(${idsOf('payment')})`.execute(tx);
  await sql`update credit set status = 'deleted' where company_id = ${companyId} and credit_id = any(${idsOf('credit')})`.execute(
    tx,
  );
  await sql`update customer set active = false where company_id = ${companyId} and customer_id = any(${idsOf('customer')})`.execute(
    tx,
  );
}
