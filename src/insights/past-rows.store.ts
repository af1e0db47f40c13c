import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import type { Currency } from '../domain/currency.ts';
import { addDays, type Day, dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { CreditFact, InvoiceFact } from '../receivables/facts.store.ts';
import { holdFact, onlyCurrency } from '../receivables/hold-facts.store.ts';
import type { HoldFact } from '../receivables/holds.ts';
import type { LeftOut, Part, PastCredit, PastPayment, PastRows } from './replay-facts.ts';

/** Days in the company's zone, both included. */
export interface Stretch {
  readonly from: Day;
  readonly to: Day;
}

interface Loaded {
  readonly rows: PastRows;
  /** Where the ledger sends each invoice, for those with addresses of their own. */
  readonly emails: ReadonlyMap<string, readonly string[]>;
  readonly leftOut: Omit<LeftOut, 'settledOtherwise'>;
}

/** What was settled longer before the stretch was no matter in it: an invoice is looked for so far back. */
const LOOK_BACK_DAYS = 730;

/** The rows of the mirror that say what was open on the days of a stretch, with a handful of queries. */
export async function loadPastRows(tx: Tx, company: CompanyRow, stretch: Stretch): Promise<Loaded> {
  const { company_id: companyId } = company;
  const found = await loadInvoices(tx, company, stretch);
  const invoices = found.filter((row) => row.dueOn !== null);
  return {
    rows: {
      invoices,
      parts: await loadParts(tx, companyId),
      credits: await loadCredits(tx, companyId, stretch),
      payments: await loadPayments(tx, companyId, stretch),
      holds: await loadPastHolds(tx, company),
    },
    emails: new Map(found.filter((row) => row.emails.length > 0).map((row) => [row.invoiceId, row.emails])),
    leftOut: {
      withoutDueDate: found.length - invoices.length,
      voided: await countVoided(tx, companyId, stretch),
    },
  };
}

async function loadInvoices(
  tx: Tx,
  { company_id: companyId, time_zone: zone }: CompanyRow,
  { from, to }: Stretch,
): Promise<readonly (InvoiceFact & { readonly emails: readonly string[] })[]> {
  const rows = await tx
    .selectFrom('invoice')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('status', 'in', ['open', 'closed'])
    .where('total_minor', '>', 0)
    .where('issued_on', '<=', to)
    .where((eb) => eb.or([eb('open_minor', '>', 0), eb('issued_on', '>=', addDays(from, -LOOK_BACK_DAYS))]))
    .orderBy('invoice_id')
    .execute();
  return rows.map((row) => ({
    invoiceId: row.invoice_id,
    number: row.number,
    customerId: row.customer_id,
    issuedOn: row.issued_on as Day,
    dueOn: row.due_on as Day | null,
    currency: row.currency as Currency,
    totalMinor: row.total_minor,
    openMinor: row.open_minor,
    status: 'open',
    sent: row.sent as InvoiceFact['sent'],
    reference: row.reference,
    terms: row.terms,
    sentOn: row.sent_at === null ? null : dayAt(row.sent_at, zone),
    hasEmail: row.emails.length > 0,
    emails: row.emails,
  }));
}

/** Money that the books set against invoices: a payment's on its day, a credit's on the day of the credit. */
async function loadParts(tx: Tx, companyId: string): Promise<readonly Part[]> {
  const { rows } = await sql<{ invoice_id: string; on: Day; minor: number; by: Part['by'] }>`
    with money as (
      select paid_on as on, 'payment' as by, allocations from payment
      where company_id = ${companyId} and status = 'valid'
      union all
      select issued_on, 'credit', allocations from credit
      where company_id = ${companyId} and status in ('open', 'closed')
    )
    select a->>'invoiceId' as invoice_id, money.on, (a->>'amountMinor')::bigint as minor, money.by
    from money cross join lateral jsonb_array_elements(allocations) a`.execute(tx);
  return rows.map((row) => ({ invoiceId: row.invoice_id, on: row.on, minor: row.minor, by: row.by }));
}

async function loadCredits(tx: Tx, companyId: string, { to }: Stretch): Promise<readonly PastCredit[]> {
  const { rows } = await sql<{
    customer_id: string;
    currency: Currency;
    kind: CreditFact['kind'];
    id: string;
    minor: number;
    on: Day;
  }>`
    select customer_id, currency, kind, credit_id as id, remaining_minor as minor, issued_on as on from credit
    where company_id = ${companyId} and status = 'open' and remaining_minor > 0 and issued_on <= ${to}
    union all
    select customer_id, currency, 'payment', payment_id, unapplied_minor, paid_on from payment
    where company_id = ${companyId} and status = 'valid' and unapplied_minor > 0 and paid_on <= ${to}
      and customer_id is not null`.execute(tx);
  return rows.map(({ customer_id: customerId, ...row }) => ({ customerId, ...row }));
}

async function loadPayments(
  tx: Tx,
  companyId: string,
  { from, to }: Stretch,
): Promise<readonly PastPayment[]> {
  const { rows } = await sql<{ customer_id: string; currency: string; on: Day }>`
    select customer_id, currency, paid_on as on from payment
    where company_id = ${companyId} and customer_id is not null and status = 'valid' and total_minor > 0
      and paid_on between ${addDays(from, -40)} and ${to}
    union
    select customer_id, currency, issued_on from credit
    where company_id = ${companyId} and kind in ('overpayment', 'prepayment') and status in ('open', 'closed')
      and total_minor > 0 and issued_on between ${addDays(from, -40)} and ${to}
    union
    -- a parent's, for an invoice of theirs
    select i.customer_id, p.currency, p.paid_on from payment p
    cross join lateral jsonb_array_elements(p.allocations) a
    join invoice i on i.company_id = ${companyId} and i.invoice_id = a->>'invoiceId' and i.customer_id <> p.customer_id
    where p.company_id = ${companyId} and p.status = 'valid' and p.total_minor > 0
      and p.paid_on between ${addDays(from, -40)} and ${to}`.execute(tx);
  return rows.map((row) => ({ customerId: row.customer_id, currency: row.currency, on: row.on }));
}

/** Holds as they stood: one that was lifted ended on that day. */
async function loadPastHolds(tx: Tx, company: CompanyRow): Promise<readonly HoldFact[]> {
  const rows = await tx
    .selectFrom('hold')
    .selectAll()
    .select(onlyCurrency(company.company_id))
    .where('company_id', '=', company.company_id)
    .orderBy('hold_id')
    .execute();
  return rows.flatMap((row): HoldFact[] => {
    const lifted = row.lifted_at === null ? null : addDays(dayAt(row.lifted_at, company.time_zone), -1);
    const ends = [row.ends_on as Day | null, lifted].filter((day) => day !== null).sort()[0] ?? null;
    // lifted on the day on which it began: it held nothing overnight
    if (ends !== null && ends < row.starts_on) return [];
    return [{ ...holdFact(row), endsOn: ends }];
  });
}

async function countVoided(tx: Tx, companyId: string, { from, to }: Stretch): Promise<number> {
  const row = await tx
    .selectFrom('invoice')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('company_id', '=', companyId)
    .where('status', 'in', ['void', 'deleted'])
    .where('issued_on', '>=', addDays(from, -LOOK_BACK_DAYS))
    .where('issued_on', '<=', to)
    .executeTakeFirstOrThrow();
  return row.count;
}
