import type { Tx } from '../platform/db.ts';
import { loadCustomerFacts } from './customer-facts.store.ts';
import { loadCustomerPolicies } from './customer-policy.store.ts';
import { getDocument } from './document.store.ts';
import type { PolicyDocument } from './document.ts';
import type { Policy } from './policy.ts';
import { needsFacts, policyFor } from './resolve.ts';

/**
 * The policy in force of each of these customers (who is chased: a parent, not its sub-customers). One reading for all
 * of them; their facts are loaded only when a rule of a segment needs them. A customer that was not named has the
 * company's own policy. `instead`: under this document and not the one in force, for previews.
 */
export async function loadPolicies(
  tx: Tx,
  company: { readonly company_id: string; readonly time_zone: string },
  customerIds: readonly string[],
  now: Date,
  instead?: PolicyDocument,
): Promise<(customerId: string) => Policy> {
  const { company_id: companyId } = company;
  const document = instead ?? (await getDocument(tx, companyId));
  const own = await loadCustomerPolicies(tx, companyId, customerIds);
  const facts = needsFacts(document)
    ? await loadCustomerFacts(tx, company, customerIds, now)
    : new Map<string, never>();
  const made = new Map<string, Policy>();
  return (customerId) => {
    const found =
      made.get(customerId) ?? policyFor(document, facts.get(customerId) ?? null, own.get(customerId) ?? null);
    made.set(customerId, found);
    return found;
  };
}
