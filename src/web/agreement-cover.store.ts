import { sql } from 'kysely';
import { noCustomer } from '../books/customer-name.store.ts';
import type { CompanyRow } from '../companies/company.store.ts';
import type { Currency } from '../domain/currency.ts';
import { type Day, dayAt, daysBetween } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { loadPolicies } from '../policies/policies.store.ts';
import { debtorOf, familiesByDebtor } from '../receivables/debtor.ts';
import { loadFamilies } from '../receivables/families.store.ts';
import type { OpenInvoice } from './agreement-open.ts';

export interface OpenToAgree {
  /** Who is chased for this customer's invoices (R12): itself, or the parent that its bills go to. */
  readonly debtorId: string;
  /** The oldest first; invoices without a due date last. */
  readonly open: readonly OpenInvoice[];
  /** Business days by which a promise of theirs may be late, as their policy says. */
  readonly promiseGrace: number;
}

/** What is open at the debtor of this customer. Throws UserError not_found when the books have no such customer. */
export async function openToAgree(
  tx: Tx,
  company: CompanyRow,
  customerId: string,
  now: Date,
): Promise<OpenToAgree> {
  const { company_id: companyId } = company;
  const today = dayAt(now, company.time_zone);
  const families = await loadFamilies(tx, companyId, [customerId]);
  if (!families.has(customerId)) throw noCustomer();
  const debtorId = debtorOf(customerId, families);
  const family = familiesByDebtor(families).get(debtorId) ?? [customerId];
  const rows = await tx
    .selectFrom('invoice as i')
    .select(['i.invoice_id', 'i.number', 'i.due_on', 'i.currency', 'i.open_minor'])
    .select(
      sql<boolean>`exists (select from agreement_invoice ai
        where ai.company_id = i.company_id and ai.invoice_id = i.invoice_id and ai.live)`.as('agreed'),
    )
    .where('i.company_id', '=', companyId)
    .where('i.customer_id', 'in', [...family])
    .where('i.open_minor', '>', 0)
    .where('i.status', '=', 'open')
    .orderBy(sql`i.due_on nulls last, i.invoice_id`)
    .execute();
  const open = rows.map((row) => ({
    invoiceId: row.invoice_id,
    number: row.number,
    dueOn: row.due_on as Day | null,
    currency: row.currency as Currency,
    openMinor: row.open_minor,
    daysLate: row.due_on === null ? 0 : Math.max(0, daysBetween(row.due_on as Day, today)),
    agreed: row.agreed,
  }));
  return { debtorId, open, promiseGrace: await graceOf(tx, company, debtorId, now) };
}

/**
 * R11: business days by which a promise of this customer may be late, by the policy of whoever is chased for it (R12).
 * Of a customer that the books do not have: the company's own.
 */
export async function promiseGraceOf(
  tx: Tx,
  company: CompanyRow,
  customerId: string,
  now: Date,
): Promise<number> {
  const families = await loadFamilies(tx, company.company_id, [customerId]);
  return await graceOf(tx, company, debtorOf(customerId, families), now);
}

async function graceOf(tx: Tx, company: CompanyRow, debtorId: string, now: Date): Promise<number> {
  const policyOf = await loadPolicies(tx, company, [debtorId], now);
  return policyOf(debtorId).promiseGraceBusinessDays;
}

/** Throws UserError not_found. */
export async function ownerOfInvoice(tx: Tx, companyId: string, invoiceId: string): Promise<string> {
  const row = await tx
    .selectFrom('invoice')
    .select('customer_id')
    .where('company_id', '=', companyId)
    .where('invoice_id', '=', invoiceId)
    .executeTakeFirst();
  if (row !== undefined) return row.customer_id;
  throw new UserError('not_found', 'There is no such invoice in the books.', 'Check the invoice id.');
}
