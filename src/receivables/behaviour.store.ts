import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import type { Currency } from '../domain/currency.ts';
import { type Day, dayAt, daysBetween } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import {
  type AgedFacts,
  agedFacts,
  behaviourSince,
  daysSince,
  type SettledFacts,
  type SettledInvoice,
  settledFacts,
} from './behaviour.ts';

/** How a customer has paid so far, from the mirrored books and the agreements. Facts, no judgement (P15, P32). */
export interface Behaviour {
  /** The first day that counts, in the company's zone. */
  readonly since: Day;
  readonly settled: SettledFacts;
  /** The latest payment in the books, whatever it was for; null: there is none. */
  readonly lastPaymentOn: Day | null;
  readonly daysSinceLastPayment: number | null;
  readonly promises: {
    readonly pending: number;
    readonly kept: number;
    readonly partKept: number;
    readonly broken: number;
  };
  readonly plans: { readonly active: number; readonly completed: number; readonly breached: number };
  readonly offers: { readonly open: number; readonly accepted: number; readonly lapsed: number };
  /** Disputes stated since that day, settled ones included. */
  readonly disputes: number;
  /** Currencies with something past due, the largest sum first. */
  readonly aged: readonly (AgedFacts & { readonly currency: Currency })[];
}

/** More settled invoices than anybody's behaviour needs; the newest are taken. */
const MOST_INVOICES = 5_000;

/** The facts about a customer, those who bill with it included (R12). */
export async function readBehaviour(
  tx: Tx,
  company: CompanyRow,
  customerId: string,
  now: Date,
): Promise<Behaviour> {
  const today = dayAt(now, company.time_zone);
  const since = behaviourSince(today);
  const family = await familyOf(tx, company.company_id, customerId);
  const of = { companyId: company.company_id, family };
  const settled = settledFacts(await readSettled(tx, of), today);
  const lastPaymentOn = await readLastPayment(tx, of);
  return {
    since,
    settled,
    lastPaymentOn,
    daysSinceLastPayment: daysSince(lastPaymentOn, today),
    ...(await readAgreed(tx, of, since)),
    disputes: await countDisputes(tx, of, since),
    aged: await readAged(tx, of, today),
  };
}

interface Of {
  readonly companyId: string;
  readonly family: readonly string[];
}

/** The customer and everybody below it who bills with it. A loop of parents ends where it began. */
export async function familyOf(tx: Tx, companyId: string, customerId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    with recursive family as (
      select customer_id from customer where company_id = ${companyId} and customer_id = ${customerId}
      union
      select c.customer_id from customer c join family f on c.parent_id = f.customer_id
      where c.company_id = ${companyId} and c.bills_with_parent
    )
    select customer_id from family`.execute(tx);
  return rows.map((row) => row.customer_id);
}

/** Invoices with nothing open, each with the valid payments and credits that the books set against it. */
async function readSettled(tx: Tx, { companyId, family }: Of): Promise<readonly SettledInvoice[]> {
  const { rows } = await sql<{
    invoice_id: string;
    issued_on: Day;
    due_on: Day | null;
    total_minor: number;
    days: Day[];
    minors: number[];
  }>`
    with closed as (
      select invoice_id, issued_on, due_on, total_minor from invoice
      where company_id = ${companyId} and customer_id = any(${family}) and open_minor = 0
        and status in ('open', 'closed') and total_minor > 0
      order by issued_on desc, invoice_id limit ${MOST_INVOICES}
    ), money as (
      select paid_on as day, allocations from payment
      where company_id = ${companyId} and customer_id = any(${family}) and status = 'valid'
      union all
      select issued_on, allocations from credit
      where company_id = ${companyId} and customer_id = any(${family}) and status in ('open', 'closed')
    ), part as (
      select a->>'invoiceId' as invoice_id, day, (a->>'amountMinor')::bigint as minor
      from money cross join lateral jsonb_array_elements(allocations) a
    )
    select i.invoice_id, i.issued_on, i.due_on, i.total_minor,
      coalesce(array_agg(p.day::text) filter (where p.minor is not null), '{}') as days,
      coalesce(array_agg(p.minor) filter (where p.minor is not null), '{}') as minors
    from closed i left join part p using (invoice_id)
    group by i.invoice_id, i.issued_on, i.due_on, i.total_minor`.execute(tx);
  return rows.map((row) => ({
    invoiceId: row.invoice_id,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    totalMinor: row.total_minor,
    parts: row.days.map((on, index) => ({ on, minor: row.minors[index] ?? 0 })),
  }));
}

/** The latest day on which the customer paid anything: payments, and money that came in ahead or was too much. */
async function readLastPayment(tx: Tx, { companyId, family }: Of): Promise<Day | null> {
  const { rows } = await sql<{ day: Day | null }>`
    select max(day) as day from (
      select max(paid_on) as day from payment
      where company_id = ${companyId} and customer_id = any(${family}) and status = 'valid' and total_minor > 0
      union all
      select max(issued_on) from credit
      where company_id = ${companyId} and customer_id = any(${family})
        and kind in ('overpayment', 'prepayment') and status in ('open', 'closed') and total_minor > 0
    ) paid`.execute(tx);
  return rows[0]?.day ?? null;
}

/** What became of promises, plans and offers made since that day. */
async function readAgreed(
  tx: Tx,
  { companyId, family }: Of,
  since: Day,
): Promise<Pick<Behaviour, 'promises' | 'plans' | 'offers'>> {
  const { rows } = await sql<{ kind: string; state: string; count: number }>`
    select kind, state, count(*) as count from agreement
    where company_id = ${companyId} and customer_id = any(${family}) and made_on >= ${since}
    group by kind, state`.execute(tx);
  const count = (kind: string, state: string): number =>
    rows.find((row) => row.kind === kind && row.state === state)?.count ?? 0;
  return {
    promises: {
      pending: count('promise', 'pending'),
      kept: count('promise', 'kept'),
      partKept: count('promise', 'part_kept'),
      broken: count('promise', 'broken'),
    },
    plans: {
      active: count('plan', 'active'),
      completed: count('plan', 'completed'),
      breached: count('plan', 'breached'),
    },
    offers: {
      open: count('offer', 'open'),
      accepted: count('offer', 'accepted'),
      lapsed: count('offer', 'lapsed'),
    },
  };
}

async function countDisputes(tx: Tx, { companyId, family }: Of, since: Day): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from hold
    where company_id = ${companyId} and customer_id = any(${family}) and kind = 'dispute'
      and starts_on >= ${since}`.execute(tx);
  return rows[0]?.count ?? 0;
}

async function readAged(tx: Tx, { companyId, family }: Of, today: Day): Promise<Behaviour['aged']> {
  const { rows } = await sql<{
    invoice_id: string;
    number: string | null;
    currency: Currency;
    due_on: Day;
    open_minor: number;
  }>`
    select invoice_id, number, currency, due_on, open_minor from invoice
    where company_id = ${companyId} and customer_id = any(${family}) and open_minor > 0 and status = 'open'
      and due_on < ${today}`.execute(tx);
  const lines = rows.map((row) => ({
    invoiceId: row.invoice_id,
    number: row.number,
    currency: row.currency,
    dueOn: row.due_on,
    openMinor: row.open_minor,
    daysLate: daysBetween(row.due_on, today),
  }));
  return [...Map.groupBy(lines, (line) => line.currency)]
    .map(([currency, mine]) => ({ currency, ...agedFacts(mine) }))
    .toSorted((one, other) => other.pastDueMinor - one.pastDueMinor);
}
