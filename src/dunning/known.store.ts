import type { CompanyRow } from '../companies/company.store.ts';
import type { Tx } from '../platform/db.ts';
import { loadAnnouncing } from '../policies/consequences/catalogue.store.ts';
import type { PolicyDocument } from '../policies/document.ts';
import { familiesByDebtor } from '../receivables/debtor.ts';
import { type CustomerFacts, loadFamilies } from '../receivables/families.store.ts';
import { loadDebtorPolicies } from './debtor-policies.store.ts';
import { loadDebtors } from './debtors.store.ts';
import type { Known } from './decide.ts';
import { loadDoubts } from './doubts.store.ts';
import { loadTold } from './heads-up.store.ts';
import { loadHistories } from './history.store.ts';
import { lawsOf } from './laws.ts';
import { loadPaymentPlans } from './payment-plans.store.ts';
import { loadResumed } from './resumed.store.ts';
import { type OpenTouch, standingOf } from './standing.ts';
import { openTouches } from './touch.store.ts';

/** What the caller has read already of what would else be read here. */
interface Already {
  readonly families?: ReadonlyMap<string, CustomerFacts>;
  readonly touches?: readonly OpenTouch[];
  /** False: none of their open invoices has e-mail addresses of its own. */
  readonly invoiceEmails?: boolean;
  /** Another policy than the one in force. */
  readonly instead?: PolicyDocument;
}

/**
 * What decisions about these customers rest on besides their positions, read with a handful of set-based queries: one
 * and the same for the plan, its preview and its explanation (S7).
 */
export async function loadKnown(
  tx: Tx,
  company: CompanyRow,
  customerIds: readonly string[],
  now: Date,
  already: Already = {},
): Promise<Known> {
  const { company_id: companyId, time_zone: zone } = company;
  const families = already.families ?? (await loadFamilies(tx, companyId, customerIds));
  const members = [...new Set([...customerIds, ...families.keys()])];
  const emailed = already.invoiceEmails === false ? [] : members;
  const debtors = await loadDebtors(tx, companyId, customerIds, emailed);
  const informed = customerIds.filter((id) => debtors.get(id)?.salesOwner != null);
  return {
    company,
    policyOf: await loadDebtorPolicies(tx, company, { customerIds, families, instead: already.instead }, now),
    lawOf: lawsOf(company, debtors),
    debtors,
    membersOf: familiesByDebtor(families),
    historyOf: await loadHistories(tx, companyId, zone, now, members),
    plansOf: await loadPaymentPlans(tx, companyId, zone, now, members),
    resumedOf: await loadResumed(tx, companyId, now, members),
    standingOf: standingOf(already.touches ?? (await openTouches(tx, companyId, customerIds))),
    toldOf: await loadTold(tx, companyId, informed),
    ...(await loadDoubts(tx, companyId, now, zone)),
    announcing: await loadAnnouncing(tx, companyId),
    now,
  };
}
