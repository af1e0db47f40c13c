import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Reason } from '../domain/reason.ts';
import type { Tx } from '../platform/db.ts';
import type { Debt } from '../policies/law/accrual.ts';
import { type InterestAnswer, interestFor, whyNoInterest } from '../policies/law/interest.ts';
import { loadPolicies } from '../policies/policies.store.ts';
import type { LateFee } from '../policies/policy.ts';
import { familyOf } from '../receivables/behaviour.store.ts';
import { lawOfCustomer } from './law-of.store.ts';
import { doubtOf, type SettlingPart } from './paid-late.ts';
import { partsOfGroup, settlingParts } from './settling.store.ts';

export interface InvoiceInterest {
  readonly invoiceId: string;
  readonly number: string | null;
  readonly dueOn: Day;
  readonly currency: Currency;
  /** The ledger's open balance of now, in minor units. */
  readonly openMinor: number;
  readonly answer: InterestAnswer;
}

/** What a customer's policy and law make of late payment. */
export interface CustomerInterest {
  readonly terms: LateFee | null;
  /** Why nothing may be computed for this customer, whatever they owe; empty: it may. */
  readonly why: readonly Reason[];
  readonly invoices: readonly InvoiceInterest[];
}

/** More open invoices than that are not listed one by one. */
export const MOST_INVOICES = 500;

/**
 * D10: interest and fixed sum on each open invoice that is past due on `asOf` (a day of the company's zone), under the
 * customer's policy; to be shown, nothing is posted. Oldest first. Throws UserError not_found.
 */
export async function interestOfCustomer(
  tx: Tx,
  company: CompanyRow,
  customerId: string,
  { asOf, now }: { readonly asOf: Day; readonly now: Date },
): Promise<CustomerInterest> {
  const { law } = await lawOfCustomer(tx, company, customerId, asOf);
  const terms = (await loadPolicies(tx, company, [customerId], now))(customerId).lateFee;
  // whose bills go to the customer is chased there (R12)
  const family = await familyOf(tx, company.company_id, customerId);
  const invoices = await pastDue(tx, company.company_id, family, asOf);
  const locale = localeOf(company.country);
  const reckoned = invoices.map(
    ({ debt, doubt, ...invoice }): InvoiceInterest => ({
      ...invoice,
      answer:
        terms === null
          ? noTerms
          : doubt === null
            ? interestFor({ law, terms, debt, currency: invoice.currency, asOf, locale })
            : { kind: 'refused', reasons: [doubt] },
    }),
  );
  return { terms, why: whyNoInterest(law, terms), invoices: reckoned };
}

const noTerms: InterestAnswer = {
  kind: 'nothing',
  reasons: [{ rule: 'D10', words: 'The policy asks for no late fee or interest.' }],
};

interface PastDue extends Omit<InvoiceInterest, 'answer'> {
  readonly debt: Debt;
  /** R8; null: all that the books have of it could be read. */
  readonly doubt: Reason | null;
}

/** With what came in by day. What was owed is the ledger's open balance and that (R2); a write-off was never owed. */
async function pastDue(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
  asOf: Day,
): Promise<readonly PastDue[]> {
  const { rows } = await sql<{
    invoice_id: string;
    number: string | null;
    due_on: Day;
    currency: string;
    open_minor: number;
    unreadable: boolean;
    parts: SettlingPart[] | null;
  }>`
    with ${settlingParts(companyId, customerIds)}, late as (
      select invoice_id, number, due_on, currency, open_minor from invoice
      where company_id = ${companyId} and customer_id = any(${customerIds}) and open_minor > 0
        and status = 'open' and due_on < ${asOf}
      order by due_on, invoice_id limit ${MOST_INVOICES}
    )
    select l.invoice_id, l.number, l.due_on, l.currency, l.open_minor, r.row_id is not null as unreadable,
      ${partsOfGroup} as parts
    from late l
    left join part on part.invoice_id = l.invoice_id and part.currency = l.currency
    left join rejected_row r on r.company_id = ${companyId} and r.kind = 'invoice' and r.row_id = l.invoice_id
    group by l.invoice_id, l.number, l.due_on, l.currency, l.open_minor, r.row_id
    order by l.due_on, l.invoice_id`.execute(tx);
  return rows.map((row) => {
    const payments = row.parts ?? [];
    const amountMinor = payments.reduce((sum, { minor }) => sum + minor, row.open_minor);
    return {
      invoiceId: row.invoice_id,
      number: row.number,
      dueOn: row.due_on,
      currency: row.currency as Currency,
      openMinor: row.open_minor,
      debt: { amountMinor, dueOn: row.due_on, payments },
      doubt: doubtOf({ unreadable: row.unreadable, parts: payments }),
    };
  });
}
