import type { CompanyRow } from '../companies/company.store.ts';
import type { Tx } from '../platform/db.ts';
import { loadAnnouncing } from '../policies/consequences/catalogue.store.ts';
import type { PolicyDocument } from '../policies/document.ts';
import { loadPolicies } from '../policies/policies.store.ts';
import { familiesByDebtor } from '../receivables/debtor.ts';
import { loadFamilies } from '../receivables/families.store.ts';
import { loadDebtors, refusedRecipients, undecidedCases } from './debtors.store.ts';
import type { Known } from './decide.ts';
import { loadHistories } from './history.store.ts';
import { lawsOf } from './laws.ts';
import { loadResumed } from './resumed.store.ts';
import { loadStanding } from './standing.store.ts';

/**
 * What decisions about these customers rest on besides their positions, read with a handful of set-based queries: one
 * and the same for the plan, its preview and its explanation (S7). `instead`: another policy than the one in force.
 */
export async function loadKnown(
  tx: Tx,
  company: CompanyRow,
  customerIds: readonly string[],
  now: Date,
  instead?: PolicyDocument,
): Promise<Known> {
  const { company_id: companyId, time_zone: zone } = company;
  const families = await loadFamilies(tx, companyId, customerIds);
  const members = [...new Set([...customerIds, ...families.keys()])];
  const debtors = await loadDebtors(tx, companyId, customerIds, members);
  return {
    company,
    policyOf: await loadPolicies(tx, company, customerIds, now, instead),
    lawOf: lawsOf(company, debtors),
    debtors,
    membersOf: familiesByDebtor(families),
    historyOf: await loadHistories(tx, companyId, zone, now, members),
    resumedOf: await loadResumed(tx, companyId, now, members),
    standingOf: await loadStanding(tx, companyId, customerIds),
    refused: await refusedRecipients(tx, companyId, now, zone),
    undecided: await undecidedCases(tx, companyId),
    announcing: await loadAnnouncing(tx, companyId),
    now,
  };
}
