import { sql } from 'kysely';
import type { Currency } from '../domain/currency.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { AT_ODDS, atOdds } from './unsound.ts';

/** A row that stands in the mirror, and why it holds its customer all the same. */
export interface Found {
  readonly kind: 'payment' | 'credit' | 'customer';
  readonly row_id: string;
  readonly customer_id: string | null;
  readonly reason: string;
}

/** One part of a payment or credit beside the invoice that it settles; amounts in minor units. */
interface Part {
  readonly kind: 'payment' | 'credit';
  readonly row_id: string;
  readonly customer_id: string | null;
  readonly currency: Currency;
  readonly invoice_id: string;
  readonly amount_minor: number;
  readonly invoice_currency: string;
  readonly invoice_status: string;
  readonly invoice_minor: number;
}

/** Payments and credits by their ids; null: all of the company. */
export type Among = { readonly payments: readonly string[]; readonly credits: readonly string[] } | null;

/**
 * Payments and credits of the mirror that an invoice contradicts (SYN-09, SYN-10, R8): one that is void or in another
 * currency, or smaller than what is set against it. Each with its first contradiction.
 */
export async function moneyAtOdds(tx: Tx, companyId: string, among: Among): Promise<readonly Found[]> {
  const invoices = among === null ? await suspects(tx, companyId) : await namedBy(tx, companyId, among);
  if (invoices.length === 0) return [];
  const { rows } = await sql<Part>`
    with part as materialized (${partsOf(companyId, among)}),
      named as materialized (select invoice_id, currency, status, total_minor from invoice
        where company_id = ${companyId} and invoice_id = any(${binaryArray('text', invoices)}::text[]))
    select part.*, named.currency as invoice_currency, named.status as invoice_status,
      named.total_minor as invoice_minor
    from named join part using (invoice_id) order by kind, row_id, invoice_id`.execute(tx);
  const found = new Map<string, Found>();
  for (const row of rows) {
    const { kind, row_id, customer_id, invoice_id: invoiceId } = row;
    const invoice = {
      invoiceId,
      currency: row.invoice_currency,
      status: row.invoice_status,
      totalMinor: row.invoice_minor,
    };
    const why = atOdds(kind, { invoiceId, amountMinor: row.amount_minor }, row.currency, invoice);
    const key = `${kind} ${row_id}`;
    if (why !== null && !found.has(key))
      found.set(key, { kind, row_id, customer_id, reason: `${AT_ODDS}${why}` });
  }
  return [...found.values()];
}

/**
 * Invoices that may contradict something. Laid one list under the other, not joined: of a company that has just come
 * PostgreSQL believes that it has one row of each, and would compare all with all.
 */
async function suspects(tx: Tx, companyId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ invoice_id: string }>`
    select invoice_id from (
      select invoice_id, amount_minor, currency, null::bigint as total_minor, false as gone
        from (${partsOf(companyId, null)}) part
      union all
      select invoice_id, null, currency, total_minor, status in ('void', 'deleted') from invoice
        where company_id = ${companyId}) both_sides
    group by invoice_id
    having count(amount_minor) > 0 and count(total_minor) > 0
      and (max(amount_minor) > max(total_minor) or bool_or(gone) or min(currency) <> max(currency))`.execute(
    tx,
  );
  return rows.map((row) => row.invoice_id);
}

/** The invoices that these few settle, whatever they are. */
async function namedBy(tx: Tx, companyId: string, among: Exclude<Among, null>): Promise<readonly string[]> {
  if (among.payments.length === 0 && among.credits.length === 0) return [];
  const { rows } = await sql<{ invoice_id: string }>`
    select distinct invoice_id from (${partsOf(companyId, among)}) part`.execute(tx);
  return rows.map((row) => row.invoice_id);
}

function partsOf(companyId: string, among: Among) {
  const only = (ids: readonly string[] | undefined, column: string) =>
    ids === undefined ? sql`true` : sql`${sql.ref(column)} = any(${binaryArray('text', ids)}::text[])`;
  return sql`
    select 'payment' as kind, payment_id as row_id, customer_id, currency, part ->> 'invoiceId' as invoice_id,
      (part ->> 'amountMinor')::bigint as amount_minor
    from payment, jsonb_array_elements(allocations) part
    where company_id = ${companyId} and status = 'valid' and ${only(among?.payments, 'payment_id')}
    union all
    select 'credit', credit_id, customer_id, currency, part ->> 'invoiceId', (part ->> 'amountMinor')::bigint
    from credit, jsonb_array_elements(allocations) part
    where company_id = ${companyId} and status in ('open', 'closed') and ${only(among?.credits, 'credit_id')}`;
}
