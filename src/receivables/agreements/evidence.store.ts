import { sql } from 'kysely';
import type { Currency } from '../../domain/currency.ts';
import type { Day } from '../../domain/day.ts';
import { sumMinor } from '../../domain/money.ts';
import { binaryArray } from '../../platform/binary-array.ts';
import type { Tx } from '../../platform/db.ts';
import { debtorOf } from '../debtor.ts';
import { type CustomerFacts, loadFamilies } from '../families.store.ts';
import type { UnappliedCredit } from './credit-claims.ts';
import type { CoveredInvoice, DatedPart } from './received.ts';

/** What the books say of the invoices of some agreements. */
export interface BooksEvidence {
  /** Everybody of the families concerned. */
  readonly customerIds: readonly string[];
  readonly invoicesOf: ReadonlyMap<string, readonly CoveredInvoice[]>;
  /** By agreement: its invoices that somebody else owes now. */
  readonly movedOf: ReadonlyMap<string, readonly string[]>;
  /** Who is chased for a customer now: after merges and parents (R12, R16). */
  debtorOf(customerId: string): string;
  /** The customer itself, or whom it was merged into. */
  survivorOf(customerId: string): string;
}

interface CoveredRow {
  readonly agreement_id: string;
  readonly invoice_id: string;
  readonly open_at_start: number;
  readonly total_at_start: number;
  readonly credited_at_start: number;
  readonly number: string | null;
  readonly customer_id: string | null;
  readonly status: string | null;
  readonly open_minor: number | null;
  readonly total_minor: number | null;
}

/** Reads the invoices of these agreements as the mirror has them now, with all that is set against them. */
export async function loadEvidence(
  tx: Tx,
  companyId: string,
  agreements: readonly { readonly agreementId: string; readonly customerId: string }[],
): Promise<BooksEvidence> {
  const rows = await loadCovered(
    tx,
    companyId,
    agreements.map((row) => row.agreementId),
  );
  const customerIds = [...agreements, ...rows.map((row) => ({ customerId: row.customer_id }))].flatMap(
    ({ customerId }) => (customerId === null ? [] : [customerId]),
  );
  const whoIsChased = await loadDebtors(tx, companyId, customerIds);
  const parts = await loadParts(
    tx,
    companyId,
    [...whoIsChased.known],
    rows.map((row) => row.invoice_id),
  );
  const ownerOf = new Map(agreements.map((row) => [row.agreementId, whoIsChased.of(row.customerId)]));
  const isMoved = (row: CoveredRow): boolean =>
    row.customer_id !== null && whoIsChased.of(row.customer_id) !== ownerOf.get(row.agreement_id);
  const groups = Map.groupBy(rows, (row) => row.agreement_id);
  const each = <T>(of: (list: readonly CoveredRow[]) => T): ReadonlyMap<string, T> =>
    new Map([...groups].map(([id, list]) => [id, of(list)]));
  return {
    customerIds: [...whoIsChased.known],
    invoicesOf: each((list) =>
      list.map((row) => coveredOf(row, isMoved(row), parts.get(row.invoice_id) ?? [])),
    ),
    movedOf: each((list) => list.filter(isMoved).map((row) => row.invoice_id)),
    debtorOf: whoIsChased.of,
    survivorOf: whoIsChased.survivorOf,
  };
}

function coveredOf(row: CoveredRow, moved: boolean, parts: readonly DatedPart[]): CoveredInvoice {
  const owed = row.status === 'open' || row.status === 'closed';
  return {
    invoiceId: row.invoice_id,
    number: row.number,
    openAtStartMinor: row.open_at_start,
    totalAtStartMinor: row.total_at_start,
    creditedAtStartMinor: row.credited_at_start,
    openMinor: row.status === 'open' ? Math.max(0, row.open_minor ?? 0) : 0,
    totalMinor: row.total_minor ?? 0,
    gone: !owed || moved,
    parts,
  };
}

async function loadCovered(
  tx: Tx,
  companyId: string,
  agreementIds: readonly string[],
): Promise<readonly CoveredRow[]> {
  const { rows } = await sql<CoveredRow>`
    select ai.agreement_id, ai.invoice_id, ai.open_minor as open_at_start, ai.total_minor as total_at_start,
      ai.credited_minor as credited_at_start,
      i.number, i.customer_id, i.status, i.open_minor, i.total_minor
    from agreement_invoice ai
    left join invoice i on i.company_id = ${companyId} and i.invoice_id = ai.invoice_id
    where ai.company_id = ${companyId} and ai.agreement_id = any(${[...agreementIds]}::uuid[])
    order by ai.invoice_id`.execute(tx);
  return rows;
}

interface Debtors {
  /** Everybody of the families concerned. */
  readonly known: ReadonlySet<string>;
  of(customerId: string): string;
  survivorOf(customerId: string): string;
}

/** No ledger merges a customer more often in a row; a loop of merges ends here too. */
const MOST_MERGES = 5;

/** A merged customer stands for the one that survives, whose family counts then (R16). */
async function loadDebtors(tx: Tx, companyId: string, customerIds: readonly string[]): Promise<Debtors> {
  const families = new Map<string, CustomerFacts>();
  let wanted: readonly string[] = [...new Set(customerIds)];
  for (let round = 0; round <= MOST_MERGES && wanted.length > 0; round += 1) {
    for (const [id, family] of await loadFamilies(tx, companyId, wanted)) families.set(id, family);
    wanted = [...families.values()].flatMap(({ mergedIntoId }) =>
      mergedIntoId === null || families.has(mergedIntoId) ? [] : [mergedIntoId],
    );
  }
  const survivorOf = (customerId: string): string => {
    let current = customerId;
    for (let step = 0; step < MOST_MERGES; step += 1) {
      const into = families.get(current)?.mergedIntoId ?? null;
      if (into === null || !families.has(into)) return current;
      current = into;
    }
    return current;
  };
  const of = (customerId: string): string => debtorOf(survivorOf(customerId), families);
  return { known: new Set(families.keys()), of, survivorOf };
}

/** Payments are found by their customer: those of the families, and of everybody above them who may pay for them. */
async function loadParts(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly DatedPart[]>> {
  const { rows } = await sql<{ invoice_id: string; on: Day; minor: number; credited: boolean }>`
    with recursive payer (customer_id) as (
      select unnest(${binaryArray('text', customerIds)}::text[])
      union
      select c.parent_id from payer join customer c
        on c.company_id = ${companyId} and c.customer_id = payer.customer_id and c.parent_id is not null
    ), document as (
      select p.paid_on as day, p.allocations, false as credited from payment p join payer using (customer_id)
      where p.company_id = ${companyId} and p.status = 'valid'
      union all
      select c.issued_on, c.allocations, c.kind = 'credit_note' from credit c join payer using (customer_id)
      where c.company_id = ${companyId} and c.status in ('open', 'closed')
    )
    select part->>'invoiceId' as invoice_id, day as on, (part->>'amountMinor')::bigint as minor, credited
    from document cross join lateral jsonb_array_elements(allocations) part
    where part->>'invoiceId' = any(${binaryArray('text', [...new Set(invoiceIds)])}::text[])`.execute(tx);
  return Map.groupBy(rows, (row) => row.invoice_id);
}

/** What credit notes have settled of these invoices of a family; minor units by invoice, those without left out. */
export async function loadCredited(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const parts = await loadParts(tx, companyId, customerIds, invoiceIds);
  const credited = (list: readonly DatedPart[]): number =>
    sumMinor(list.filter((part) => part.credited).map((part) => part.minor));
  return new Map([...parts].map(([invoiceId, list]) => [invoiceId, credited(list)]));
}

/** Unapplied credit as R4 counts it, with whose it is. */
export interface CustomerCredit extends UnappliedCredit {
  readonly customerId: string;
  readonly currency: Currency;
}

/** The unapplied credit of some customers, each with its own day. */
export async function loadUnapplied(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<readonly CustomerCredit[]> {
  const ids = binaryArray('text', customerIds);
  const { rows } = await sql<CustomerCredit>`
    select 'credit ' || credit_id as id, customer_id as "customerId", currency, issued_on as on,
      remaining_minor as minor, kind = 'credit_note' as credited
    from credit where company_id = ${companyId} and customer_id = any(${ids}::text[])
      and status = 'open' and remaining_minor > 0
    union all
    select 'payment ' || payment_id, customer_id, currency, paid_on, unapplied_minor, false from payment
    where company_id = ${companyId} and customer_id = any(${ids}::text[])
      and status = 'valid' and unapplied_minor > 0
    union all
    select 'invoice ' || invoice_id, customer_id, currency, issued_on, -open_minor, true from invoice
    where company_id = ${companyId} and customer_id = any(${ids}::text[])
      and status = 'open' and open_minor < 0`.execute(tx);
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
