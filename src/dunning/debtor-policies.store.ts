import type { CompanyRow } from '../companies/company.store.ts';
import type { Tx } from '../platform/db.ts';
import { loadCustomerPolicies } from '../policies/customer-policy.store.ts';
import type { PolicyDocument } from '../policies/document.ts';
import { loadPolicies } from '../policies/policies.store.ts';
import type { Policy } from '../policies/policy.ts';
import { familiesByDebtor } from '../receivables/debtor.ts';
import type { CustomerFacts } from '../receivables/families.store.ts';

/**
 * The policy in force of each of these debtors. S6, R12: a pause of somebody whose bills go to a debtor pauses the debtor,
 * as a hold of theirs does: their invoices stand in the same message. `instead`: under this document and not the one in
 * force.
 */
export async function loadDebtorPolicies(
  tx: Tx,
  company: CompanyRow,
  of: {
    readonly customerIds: readonly string[];
    /** Of the debtors and everybody whose bills go to them. */
    readonly families: ReadonlyMap<string, CustomerFacts>;
    readonly instead?: PolicyDocument | undefined;
  },
  now: Date,
): Promise<(customerId: string) => Policy> {
  const { customerIds, families, instead } = of;
  const policyOf = await loadPolicies(tx, company, customerIds, now, instead);
  const others = [...families.values()].filter((one) => one.billsWithParent).map((one) => one.customerId);
  const own = await loadCustomerPolicies(tx, company.company_id, others);
  if (![...own.values()].some(({ paused }) => paused)) return policyOf;
  const membersOf = familiesByDebtor(families);
  return (customerId) => {
    const policy = policyOf(customerId);
    const paused = (membersOf.get(customerId) ?? []).find(
      (id) => id !== customerId && own.get(id)?.paused === true,
    );
    if (policy.paused !== null || paused === undefined) return policy;
    const name = families.get(paused)?.name ?? paused;
    return { ...policy, paused: `Reminders to ${name}, whose bills go here, are paused.` };
  };
}
