import { type RawBuilder, sql } from 'kysely';
import type { Credit, Customer, Invoice, Payment, RemovedRow, RowKind } from '../domain/books.ts';
import type { Tx } from '../platform/db.ts';
import type { BooksPage } from '../ports/ledger.ts';
import { keepRejected } from './rejected.store.ts';

/** PostgreSQL takes at most 65,535 parameters a statement; the widest row has 18 columns. */
const ROWS_A_STATEMENT = 1_000;

interface ApplyOptions {
  readonly now: Date;
  /** True in the first sync: payments seen then are history, not news (R5). */
  readonly first: boolean;
  /** When the reading began that this page belongs to; absent: with this page. */
  readonly startedAt?: Date;
}

/**
 * Writes one page of the ledger into the mirror and marks the customers whose position it may change.
 * An older version never overwrites a newer one (SYN-08); a rejected row leaves the stored one alone (R8).
 */
export async function applyPage(
  tx: Tx,
  companyId: string,
  page: BooksPage,
  options: ApplyOptions,
): Promise<void> {
  const touched = new Set<string>();
  const note = (customerId: string | null): void => void (customerId !== null && touched.add(customerId));
  for (const id of await customersOf(tx, companyId, page)) note(id);
  await saveCustomers(tx, companyId, page.customers);
  await saveInvoices(tx, companyId, page.invoices);
  await savePayments(tx, companyId, page.payments, options);
  await saveCredits(tx, companyId, page.credits);
  for (const row of page.customers) for (const id of [row.customerId, row.parentId]) note(id);
  for (const row of [...page.invoices, ...page.payments, ...page.credits]) note(row.customerId);
  await removeRows(tx, companyId, page.removed);
  for (const id of await keepRejected(tx, companyId, page, options)) note(id);
  await markStale(tx, companyId, [...touched]);
}

/** Asks for a new position of these customers; harmless when asked twice. */
export async function markStale(tx: Tx, companyId: string, customerIds: readonly string[]): Promise<void> {
  for (const ids of chunks(customerIds)) {
    await tx
      .insertInto('stale_position')
      .values(ids.map((customer_id) => ({ company_id: companyId, customer_id })))
      .onConflict((oc) => oc.doNothing())
      .execute();
  }
}

/** Asks for a new position of every customer of the company. */
export async function markAllStale(tx: Tx, companyId: string): Promise<void> {
  await sql`insert into stale_position (company_id, customer_id)
    select company_id, customer_id from customer where company_id = ${companyId}
    on conflict do nothing`.execute(tx);
}

/**
 * Who the rows of this page belonged to before: an invoice may have moved, a customer may have left the parent that it
 * billed with (R12), a removed row names nobody.
 */
async function customersOf(tx: Tx, companyId: string, page: BooksPage): Promise<string[]> {
  const ids = (kind: RowKind): string[] => [
    ...page.removed.filter((row) => row.kind === kind).map((row) => row.id),
    ...page.rejected.filter((row) => row.kind === kind).flatMap((row) => (row.id === null ? [] : [row.id])),
  ];
  const customerIds = [...page.customers.map((row) => row.customerId), ...ids('customer')];
  const invoiceIds = [...page.invoices.map((row) => row.invoiceId), ...ids('invoice')];
  const { rows } = await sql<{ customer_id: string }>`
    select distinct customer_id from invoice where company_id = ${companyId} and invoice_id = any(${invoiceIds})
    union select customer_id from customer where company_id = ${companyId} and customer_id = any(${ids('customer')})
    union select parent_id from customer
      where company_id = ${companyId} and customer_id = any(${customerIds}) and parent_id is not null
    union select customer_id from payment
      where company_id = ${companyId} and payment_id = any(${ids('payment')}) and customer_id is not null
    union select customer_id from credit where company_id = ${companyId} and credit_id = any(${ids('credit')})`.execute(
    tx,
  );
  return rows.map((row) => row.customer_id);
}

async function saveCustomers(tx: Tx, companyId: string, rows: readonly Customer[]): Promise<void> {
  const values = rows.map((row) => ({
    company_id: companyId,
    customer_id: row.customerId,
    name: row.name,
    first_name: row.firstName,
    emails: [...row.emails],
    contacts: JSON.stringify(row.contacts),
    phone: row.phone,
    parent_id: row.parentId,
    bills_with_parent: row.billsWithParent,
    active: row.active,
    merged_into_id: row.mergedIntoId,
    country: row.country,
    region: row.region,
    ledger_balance_minor: row.ledgerBalanceMinor,
    balance_currency: row.balanceCurrency,
    terms: row.terms,
    changed_at: row.changedAt,
    version: row.version,
  }));
  await upsert(tx, 'customer', 'customer_id', values);
}

async function saveInvoices(tx: Tx, companyId: string, rows: readonly Invoice[]): Promise<void> {
  const values = rows.map((row) => ({
    company_id: companyId,
    invoice_id: row.invoiceId,
    number: row.number,
    customer_id: row.customerId,
    issued_on: row.issuedOn,
    due_on: row.dueOn,
    currency: row.currency,
    total_minor: row.totalMinor,
    open_minor: row.openMinor,
    status: row.status,
    sent: row.sent,
    reference: row.reference,
    terms: row.terms,
    emails: [...row.emails],
    changed_at: row.changedAt,
    version: row.version,
  }));
  await upsert(tx, 'invoice', 'invoice_id', values);
}

async function savePayments(
  tx: Tx,
  companyId: string,
  rows: readonly Payment[],
  options: ApplyOptions,
): Promise<void> {
  const values = rows.map((row) => ({
    company_id: companyId,
    payment_id: row.paymentId,
    customer_id: row.customerId,
    paid_on: row.paidOn,
    currency: row.currency,
    total_minor: row.totalMinor,
    unapplied_minor: row.unappliedMinor,
    status: row.status,
    allocations: JSON.stringify(row.allocations),
    seen_at: options.first ? row.paidOn : options.now,
    changed_at: row.changedAt,
    version: row.version,
  }));
  await upsert(tx, 'payment', 'payment_id', values, ['seen_at']);
}

async function saveCredits(tx: Tx, companyId: string, rows: readonly Credit[]): Promise<void> {
  const values = rows.map((row) => ({
    company_id: companyId,
    credit_id: row.creditId,
    kind: row.kind,
    customer_id: row.customerId,
    issued_on: row.issuedOn,
    currency: row.currency,
    total_minor: row.totalMinor,
    remaining_minor: row.remainingMinor,
    status: row.status,
    allocations: JSON.stringify(row.allocations),
    changed_at: row.changedAt,
    version: row.version,
  }));
  await upsert(tx, 'credit', 'credit_id', values);
}

/** Inserts or updates mirror rows by their key; a stored row that the ledger stamped later stays as it is. */
async function upsert<T extends 'customer' | 'invoice' | 'payment' | 'credit'>(
  tx: Tx,
  table: T,
  idColumn: string,
  rows: readonly Record<string, unknown>[],
  keptColumns: readonly string[] = [],
): Promise<void> {
  for (const part of chunks(lastOf(rows, (row) => row[idColumn]))) {
    const columns = Object.keys(part[0] ?? {});
    const changing = columns.filter((column) => ![...keptColumns, 'company_id', idColumn].includes(column));
    const tuples = part.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
    await sql`insert into ${sql.table(table)} as stored (${sql.join(columns.map((column) => sql.ref(column)))})
      values ${sql.join(tuples)}
      on conflict (company_id, ${sql.ref(idColumn)}) do update
      set ${sql.join(changing.map(newValue))}
      where stored.changed_at <= excluded.changed_at`.execute(tx);
  }
}

/** One ledger tells of a merge once and never again with the row: it is kept as long as the customer stays inactive. */
function newValue(column: string): RawBuilder<unknown> {
  const set = sql`${sql.ref(column)} = excluded.${sql.ref(column)}`;
  if (column !== 'merged_into_id') return set;
  return sql`merged_into_id = case when excluded.active then excluded.merged_into_id
    else coalesce(excluded.merged_into_id, stored.merged_into_id) end`;
}

/** PAR-13, PAR-14: a row that is gone changes its state only; one that we never had changes nothing. */
async function removeRows(tx: Tx, companyId: string, rows: readonly RemovedRow[]): Promise<void> {
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

/** A page may name a row twice; one statement may not. The last mention is the newest. */
function lastOf<T>(rows: readonly T[], idOf: (row: T) => unknown): readonly T[] {
  return [...new Map(rows.map((row) => [idOf(row), row])).values()];
}

function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
    yield rows.slice(from, from + ROWS_A_STATEMENT);
}
