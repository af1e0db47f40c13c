import type { CompanyRow } from '../companies/company.store.ts';
import type { Tx } from '../platform/db.ts';
import type { PolicyDocument } from '../policies/document.ts';
import { loadFamilies } from '../receivables/families.store.ts';
import { readPositions } from '../receivables/read-positions.store.ts';
import { loadDebtorPolicies } from './debtor-policies.store.ts';
import { decide } from './decide.ts';
import { type Effect, effectOf } from './effect.ts';
import { loadKnown } from './known.store.ts';

export interface PolicyEffect {
  /** Cases that were looked at. */
  readonly cases: number;
  /** True: the company has more open cases than were looked at. */
  readonly more: boolean;
  readonly changed: readonly Effect[];
}

/** Enough to judge a change by, and quick; the customers are those with the lowest ids. */
const MOST_CUSTOMERS = 2_000;
const CHUNK = 500;

/** SEQ-17: what another policy would change for the open cases, decided twice on the same facts. Writes nothing. */
export async function policyEffect(
  tx: Tx,
  company: CompanyRow,
  document: PolicyDocument,
  now: Date,
): Promise<PolicyEffect> {
  const found = await tx
    .selectFrom('dunning_case')
    .select('customer_id')
    .distinct()
    .where('company_id', '=', company.company_id)
    .where('state', '=', 'open')
    .orderBy('customer_id')
    .limit(MOST_CUSTOMERS + 1)
    .execute();
  const customerIds = found.slice(0, MOST_CUSTOMERS).map((row) => row.customer_id);
  const changed: Effect[] = [];
  let cases = 0;
  for (let from = 0; from < customerIds.length; from += CHUNK) {
    const some = customerIds.slice(from, from + CHUNK);
    const positions = await readPositions(tx, company, now, { customerIds: some });
    const known = await loadKnown(tx, company, some, now);
    const families = await loadFamilies(tx, company.company_id, some);
    const of = { customerIds: some, families, instead: document };
    const other = { ...known, policyOf: await loadDebtorPolicies(tx, company, of, now) };
    cases += positions.length;
    const both = positions.map((position) => ({
      customerId: position.customerId,
      customerName: known.debtors.get(position.customerId)?.name ?? position.customerId,
      currency: position.currency,
      before: decide(known, position).next,
      after: decide(other, position).next,
    }));
    changed.push(...effectOf(both, company.time_zone));
  }
  return { cases, more: found.length > MOST_CUSTOMERS, changed };
}
