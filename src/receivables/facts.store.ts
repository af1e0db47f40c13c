import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { loadHolds } from './hold-facts.store.ts';
import type { HoldFact } from './holds.ts';
import type { PositionCredit, PositionInvoice } from './position.ts';

export interface CreditFact extends PositionCredit {
  readonly customerId: string;
  readonly currency: Currency;
}

export interface InvoiceFact extends PositionInvoice {
  /** Whether the ledger sends this invoice to an address of its own. */
  readonly hasEmail: boolean;
}

/** What the positions of some customers are made of, read with a handful of set-based queries. */
export interface PositionFacts {
  readonly invoices: readonly InvoiceFact[];
  readonly credits: readonly CreditFact[];
  readonly holds: readonly HoldFact[];
  readonly unreadable: readonly { readonly customerId: string | null; readonly reason: string }[];
}

type FactsCompany = Pick<CompanyRow, 'company_id' | 'time_zone'>;

/** The facts of these customers. `companyHolds`: the holds of the whole company among them. */
export async function loadFacts(
  tx: Tx,
  company: FactsCompany,
  customerIds: readonly string[],
  { companyHolds }: { readonly companyHolds: boolean },
): Promise<PositionFacts> {
  const { company_id: companyId } = company;
  const ids = binaryArray('text', customerIds);
  const invoices = await loadInvoices(tx, company, ids);
  return {
    invoices,
    credits: await loadCredits(tx, companyId, ids),
    holds: await loadHolds(tx, companyId, ids, invoices, companyHolds),
    unreadable: await loadUnreadable(tx, companyId, ids),
  };
}

/**
 * The open invoices, out of the index `invoice_owed` alone, in which a customer's stand side by side: the rows
 * themselves lie all over a large table. Another column here, and every one of them is read.
 */
async function loadInvoices(tx: Tx, company: FactsCompany, ids: Buffer): Promise<PositionFacts['invoices']> {
  const rows = await tx
    .selectFrom('invoice')
    .select([
      'invoice_id',
      'short_number',
      'customer_id',
      'issued_on',
      'due_on',
      'currency',
      'total_minor',
      'open_minor',
      'sent',
      'short_reference',
      'short_terms',
      'texts_long',
      'has_email',
      // a day of the company's own zone; reckoned there, as here it would cost more than all the rest
      sql<Day | null>`(sent_at at time zone ${company.time_zone})::date`.as('sent_on'),
    ])
    .where('company_id', '=', company.company_id)
    .where('open_minor', '>', sql.lit(0))
    .where('status', '=', 'open')
    .where(sql<boolean>`customer_id = any(${ids}::text[])`)
    .execute();
  const long = await loadLongTexts(
    tx,
    company.company_id,
    rows.filter((row) => row.texts_long).map((row) => row.invoice_id),
  );
  return rows.map((row) => ({
    invoiceId: row.invoice_id,
    number: row.short_number,
    customerId: row.customer_id,
    issuedOn: row.issued_on as Day,
    dueOn: row.due_on as Day | null,
    currency: row.currency as Currency,
    totalMinor: row.total_minor,
    openMinor: row.open_minor,
    status: 'open',
    sent: row.sent as PositionInvoice['sent'],
    reference: row.short_reference,
    terms: row.short_terms,
    sentOn: row.sent_on,
    hasEmail: row.has_email,
    ...(row.texts_long ? long.get(row.invoice_id) : undefined),
  }));
}

type Texts = Pick<PositionInvoice, 'number' | 'reference' | 'terms'>;

/** The texts of invoices of which one is too long for the index. */
async function loadLongTexts(
  tx: Tx,
  companyId: string,
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, Texts>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('invoice')
    .select(['invoice_id', 'number', 'reference', 'terms'])
    .where('company_id', '=', companyId)
    .where(sql<boolean>`invoice_id = any(${binaryArray('text', invoiceIds)}::text[])`)
    .execute();
  return new Map(rows.map(({ invoice_id: id, ...texts }) => [id, texts]));
}

/**
 * R4: credit notes, overpayments, prepayments and unapplied payments, per customer and currency. An invoice below zero
 * is no receivable (R7), but the ledger counts it against what the customer owes, so it is a credit.
 */
async function loadCredits(tx: Tx, companyId: string, ids: Buffer): Promise<readonly CreditFact[]> {
  const { rows } = await sql<{
    customer_id: string;
    currency: string;
    kind: CreditFact['kind'];
    id: string;
    minor: number;
  }>`
    select customer_id, currency, kind, credit_id as id, remaining_minor as minor from credit
    where company_id = ${companyId} and customer_id = any(${ids}::text[]) and status = 'open' and remaining_minor > 0
    union all
    select customer_id, currency, 'payment', payment_id, unapplied_minor from payment
    where company_id = ${companyId} and customer_id = any(${ids}::text[]) and status = 'valid' and unapplied_minor > 0
    union all
    select customer_id, currency, 'negative_invoice', invoice_id, -open_minor from invoice
    where company_id = ${companyId} and customer_id = any(${ids}::text[]) and status = 'open' and open_minor < 0
    order by customer_id, kind, id`.execute(tx);
  return rows.map((row) => ({
    customerId: row.customer_id,
    currency: row.currency as Currency,
    kind: row.kind,
    id: row.id,
    minor: row.minor,
  }));
}

async function loadUnreadable(tx: Tx, companyId: string, ids: Buffer): Promise<PositionFacts['unreadable']> {
  const rows = await tx
    .selectFrom('rejected_row')
    .select(['customer_id', 'reason', 'kind', 'row_id'])
    .where('company_id', '=', companyId)
    .where(sql<boolean>`customer_id = any(${ids}::text[])`)
    .orderBy('kind')
    .orderBy('row_id')
    .execute();
  return rows.map((row) => ({
    customerId: row.customer_id,
    reason: `${row.kind} ${row.row_id}: ${row.reason}`,
  }));
}
