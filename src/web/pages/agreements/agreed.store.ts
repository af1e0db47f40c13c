import type { CompanyRow } from '../../../companies/company.store.ts';
import { dayAt } from '../../../domain/day.ts';
import type { Tx } from '../../../platform/db.ts';
import { type OpenToAgree, openToAgree } from '../../agreement-cover.store.ts';
import { type AgreementSeen, agreements, liveOnly, seen } from '../../agreement-seen.store.ts';

/** What was agreed with a customer, and what could be. */
export interface Agreed extends OpenToAgree {
  readonly live: readonly AgreementSeen[];
  /** The latest settled ones. */
  readonly past: readonly AgreementSeen[];
}

const MOST_PAST = 20;

/** Throws UserError not_found when the books have no such customer. */
export async function readAgreed(
  tx: Tx,
  company: CompanyRow,
  customerId: string,
  now: Date,
): Promise<Agreed> {
  const today = dayAt(now, company.time_zone);
  const ofCustomer = () => agreements(tx, company.company_id).where('a.customer_id', '=', customerId);
  const live = await ofCustomer().where(liveOnly()).orderBy('a.due_on').orderBy('a.agreement_id').execute();
  const past = await ofCustomer()
    .where('a.settled_on', 'is not', null)
    .orderBy('a.settled_on', 'desc')
    .orderBy('a.agreement_id', 'desc')
    .limit(MOST_PAST)
    .execute();
  return {
    ...(await openToAgree(tx, company, customerId, now)),
    live: await seen(tx, company.company_id, live, today),
    past: await seen(tx, company.company_id, past, today),
  };
}
