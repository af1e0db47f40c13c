import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import type { Currency } from '../domain/currency.ts';
import { type Day, dayAt } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Tx } from '../platform/db.ts';
import { whyNoInterest } from '../policies/law/interest.ts';
import { loadPolicies } from '../policies/policies.store.ts';
import { familyOf } from '../receivables/behaviour.store.ts';
import { lawOfCustomer } from './law-of.store.ts';
import { type PaidLate, paidLate, type Settled, type SettlingPart } from './paid-late.ts';
import { partsOfGroup, settlingParts } from './settling.store.ts';

/** Late-payment interest and fixed sums of what a customer has paid late, apart from what is open. */
export interface PaidLateList {
  /** Paid after this day … */
  readonly since: Day;
  /** … and up to this one. */
  readonly until: Day;
  /** The latest paid first; those whose day is not known last. */
  readonly invoices: readonly PaidLate[];
  /** There are more than are listed: of those paid in these days the ones paid first are left out. */
  readonly cut: boolean;
}

/** More of them are not listed one by one; an earlier day shows those before. */
const MOST_PAID_LATE = 200;
/** How far back the list goes. */
const PAID_LATE_MONTHS = 12;

/**
 * D10: interest and fixed sum on each invoice that was paid late in the twelve months up to and including `until` (a day
 * of the company's zone, today at the latest), under the customer's policy and law of now; those who bill with it included (R12). A claim of
 * its own: no reminder asks for it, nothing is posted. Empty where nothing may be computed. Throws UserError not_found.
 */
export async function paidLateOf(
  tx: Tx,
  company: CompanyRow,
  customerId: string,
  asked: { readonly until: Day; readonly now: Date },
): Promise<PaidLateList> {
  const { now } = asked;
  const today = dayAt(now, company.time_zone);
  const until = asked.until < today ? asked.until : today;
  const since = Temporal.PlainDate.from(until).subtract({ months: PAID_LATE_MONTHS }).toString() as Day;
  const { law } = await lawOfCustomer(tx, company, customerId, until);
  const terms = (await loadPolicies(tx, company, [customerId], now))(customerId).lateFee;
  if (terms === null || whyNoInterest(law, terms).length > 0)
    return { since, until, invoices: [], cut: false };
  const family = await familyOf(tx, company.company_id, customerId);
  const rows = await readSettled(tx, company.company_id, family, { since, until, grace: terms.graceDays });
  const locale = localeOf(company.country);
  const found = rows
    .slice(0, MOST_PAID_LATE)
    .map((row) => paidLate(row, { law, terms, locale, since, until }));
  return {
    since,
    until,
    invoices: found.filter((row) => row !== null).toSorted(latestFirst),
    cut: rows.length > MOST_PAID_LATE,
  };
}

function latestFirst(one: PaidLate, other: PaidLate): number {
  const [a, b] = [one.paidOn ?? '', other.paidOn ?? ''];
  if (a === b) return one.dueOn < other.dueOn ? 1 : -1;
  return a < b ? 1 : -1;
}

interface Window {
  readonly since: Day;
  readonly until: Day;
  readonly grace: number;
}

/**
 * Invoices with nothing open that may have been paid late in these days, or of which the books do not tell how they were
 * settled and that were due in them.
 */
async function readSettled(
  tx: Tx,
  companyId: string,
  family: readonly string[],
  { since, until, grace }: Window,
): Promise<readonly Settled[]> {
  const { rows } = await sql<{
    invoice_id: string;
    number: string | null;
    issued_on: Day;
    due_on: Day;
    currency: string;
    total_minor: number;
    unreadable: boolean;
    parts: SettlingPart[] | null;
  }>`
    with ${settlingParts(companyId, family)}
    select i.invoice_id, i.number, i.issued_on, i.due_on, i.currency, i.total_minor, r.row_id is not null as unreadable,
      ${partsOfGroup} as parts
    from invoice i
    left join part on part.invoice_id = i.invoice_id and part.currency = i.currency
    left join rejected_row r on r.company_id = ${companyId} and r.kind = 'invoice' and r.row_id = i.invoice_id
    where i.company_id = ${companyId} and i.customer_id = any(${family}) and i.open_minor = 0
      and i.status in ('open', 'closed') and i.total_minor > 0 and i.due_on < ${until}
    group by i.invoice_id, i.number, i.issued_on, i.due_on, i.currency, i.total_minor, r.row_id
    having (coalesce(sum(part.minor), 0) >= i.total_minor and max(part.day) > ${since} and max(part.day) <= ${until}
        and coalesce(bool_or(part.money and part.day > i.due_on + ${grace}::int), false))
      or (coalesce(sum(part.minor), 0) < i.total_minor and i.due_on >= ${since})
    order by max(part.day) desc nulls last, i.due_on desc, i.invoice_id
    limit ${MOST_PAID_LATE + 1}`.execute(tx);
  return rows.map((row) => ({
    invoiceId: row.invoice_id,
    number: row.number,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    currency: row.currency as Currency,
    totalMinor: row.total_minor,
    unreadable: row.unreadable,
    parts: row.parts ?? [],
  }));
}
