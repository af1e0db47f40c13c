import type { CompanyRow } from '../companies/company.store.ts';
import type { Tx } from '../platform/db.ts';
import { getPolicy } from '../policies/policy.store.ts';
import { familiesByDebtor } from '../receivables/debtor.ts';
import { loadFamilies } from '../receivables/families.store.ts';
import { loadDebtors, refusedRecipients, undecidedCases } from './debtors.store.ts';
import type { Known } from './decide.ts';
import { loadHistories } from './history.store.ts';

/**
 * What decisions about these customers rest on besides their positions, read with a handful of set-based queries: one
 * and the same for the plan, its preview and its explanation (S7).
 */
export async function loadKnown(
  tx: Tx,
  company: CompanyRow,
  customerIds: readonly string[],
  now: Date,
): Promise<Known> {
  const { company_id: companyId, time_zone: zone } = company;
  const families = await loadFamilies(tx, companyId, customerIds);
  const members = [...new Set([...customerIds, ...families.keys()])];
  return {
    company,
    policy: await getPolicy(tx, companyId),
    debtors: await loadDebtors(tx, companyId, customerIds, members),
    membersOf: familiesByDebtor(families),
    historyOf: await loadHistories(tx, companyId, zone, now, members),
    refused: await refusedRecipients(tx, companyId, now, zone),
    undecided: await undecidedCases(tx, companyId),
    now,
  };
}
