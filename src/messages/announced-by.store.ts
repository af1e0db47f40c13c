import { getCompany } from '../companies/company.store.ts';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import { interestOfCustomer } from '../dunning/interest-of.store.ts';
import type { Tx } from '../platform/db.ts';
import { loadAnnouncing } from '../policies/consequences/catalogue.store.ts';
import {
  type Accrued,
  type Announced,
  announced,
  whyNotAnnounced,
  whyNotToDebtor,
} from '../policies/consequences/consequence.ts';
import { interestClause } from '../policies/law/interest-clause.ts';
import type { Law } from '../policies/law/law.ts';
import { loadPolicies } from '../policies/policies.store.ts';
import type { LateFee } from '../policies/policy.ts';
import type { Step } from '../policies/step.ts';
import { type AskedInvoice, accruedOf } from './accrued.ts';
import type { TouchToWord } from './touch-row.store.ts';

export interface Announcement {
  readonly touch: TouchToWord;
  readonly step: Step;
  readonly law: Law;
  readonly payBy: Day;
  readonly now: Date;
  /** In the company's zone. */
  readonly today: Day;
  readonly invoices: readonly AskedInvoice[];
}

/** P8: what the step announces, if that is approved, allowed and nothing else is broken at this moment. */
export async function announcedBy(
  tx: Tx,
  companyId: string,
  announcement: Announcement,
): Promise<Announced | null> {
  const { touch, law, payBy, now } = announcement;
  const key = announcement.step.consequence;
  if (key === null) return null;
  const lateFee = key === 'interest' ? await lateFeeOf(tx, companyId, touch, now) : null;
  if (whyNotToDebtor(key, law, lateFee).length > 0) return null;
  const announcing = await loadAnnouncing(tx, companyId);
  const entry = announcing.catalogue.get(key);
  if (entry === undefined || whyNotAnnounced(key, announcing) !== null) return null;
  if (lateFee === null) return announced(entry, payBy);
  const accrued = await accruedBy(tx, companyId, announcement);
  const clause = interestClause(law.parties, lateFee, touch.currency as Currency, accrued !== null);
  return clause === null ? null : announced(entry, payBy, { clause, accrued });
}

/** As in force for the customer at this moment. */
async function lateFeeOf(
  tx: Tx,
  companyId: string,
  { customer_id: customerId, time_zone }: TouchToWord,
  now: Date,
): Promise<LateFee | null> {
  const policyOf = await loadPolicies(tx, { company_id: companyId, time_zone }, [customerId], now);
  return policyOf(customerId).lateFee;
}

/** D10: what it comes to by today, as the customer's page has it; null: no sum may be named. */
async function accruedBy(
  tx: Tx,
  companyId: string,
  { touch, today, now, invoices }: Announcement,
): Promise<Accrued | null> {
  // a credit that is not applied yet lowers what is asked for, and the reckoning does not know of it
  if ((touch.credits_minor ?? 0) !== 0) return null;
  const company = await getCompany(tx, companyId);
  const reckoned = await interestOfCustomer(tx, company, touch.customer_id, { asOf: today, now });
  return accruedOf(invoices, reckoned.invoices, touch.currency as Currency, today);
}
