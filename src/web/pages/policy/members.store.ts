import type { CompanyRow } from '../../../companies/company.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { loadCustomerFacts } from '../../../policies/customer-facts.store.ts';
import { loadCustomerPolicies } from '../../../policies/customer-policy.store.ts';
import type { PolicyBody, Segment } from '../../../policies/document.ts';
import type { CustomerFacts } from '../../../policies/segment.ts';
import { segmentOf } from '../../../policies/segment-of.ts';

/** A customer of the company with its segment under the policy looked at. */
export interface Member {
  readonly customerId: string;
  readonly name: string;
  readonly facts: CustomerFacts;
  readonly byHand: boolean;
  /** Null: no segment's rule fits. */
  readonly segment: string | null;
}

export interface Members {
  /** How many by segment; `''`: in none. */
  readonly counts: ReadonlyMap<string, number>;
  readonly shown: readonly Member[];
  /** Of the segment that was asked for, or all. */
  readonly total: number;
  /** True: the company has more customers than were looked at. */
  readonly more: boolean;
}

/** As many as can be looked at while somebody waits. */
const MOST = 5_000;
const CHUNK = 1_000;

type Placing = Pick<CompanyRow, 'company_id' | 'time_zone'>;

/** Who is in which segment, by name: everybody who is chased, not those who bill with a parent (R12). */
export async function readMembers(
  tx: Tx,
  company: Placing,
  { segments }: Pick<PolicyBody, 'segments'>,
  wish: { readonly segment: string | null; readonly from: number; readonly limit: number },
  now: Date,
): Promise<Members> {
  const found = await tx
    .selectFrom('customer')
    .select(['customer_id', 'name'])
    .where('company_id', '=', company.company_id)
    .where('active', '=', true)
    .where('bills_with_parent', '=', false)
    .orderBy('name')
    .orderBy('customer_id')
    .limit(MOST + 1)
    .execute();
  const names = found.slice(0, MOST);
  const members: Member[] = [];
  for (let from = 0; from < names.length; from += CHUNK)
    members.push(...(await placed(tx, company, names.slice(from, from + CHUNK), segments, now)));
  const counts = new Map<string, number>();
  for (const { segment } of members) counts.set(segment ?? '', (counts.get(segment ?? '') ?? 0) + 1);
  const asked = members.filter(({ segment }) => wish.segment === null || (segment ?? '') === wish.segment);
  return {
    counts,
    shown: asked.slice(wish.from, wish.from + wish.limit),
    total: asked.length,
    more: found.length > MOST,
  };
}

async function placed(
  tx: Tx,
  company: Placing,
  rows: readonly { readonly customer_id: string; readonly name: string }[],
  segments: readonly Segment[],
  now: Date,
): Promise<readonly Member[]> {
  const ids = rows.map((row) => row.customer_id);
  const facts = await loadCustomerFacts(tx, company, ids, now);
  const own = await loadCustomerPolicies(tx, company.company_id, ids);
  return rows.flatMap(({ customer_id: customerId, name }) => {
    const known = facts.get(customerId);
    if (known === undefined) return [];
    const byHand = own.get(customerId)?.segment ?? null;
    const segment = segmentOf({ ...known, byHand }, segments)?.key ?? null;
    return [{ customerId, name, facts: known, byHand: byHand !== null && byHand === segment, segment }];
  });
}
