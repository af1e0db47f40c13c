import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { CustomerPolicy } from './document.ts';

/** What a customer has for itself; null: nothing, or nothing any more. */
export async function getCustomerPolicy(
  tx: Tx,
  companyId: string,
  customerId: string,
): Promise<CustomerPolicy | null> {
  return (await loadCustomerPolicies(tx, companyId, [customerId])).get(customerId) ?? null;
}

/** Of those who have something for themselves, by customer. */
export async function loadCustomerPolicies(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, CustomerPolicy>> {
  if (customerIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('customer_policy')
    .distinctOn('customer_id')
    .select(['customer_id', 'version', 'body'])
    .where('company_id', '=', companyId)
    .where(sql<boolean>`customer_id = any(${customerIds})`)
    .orderBy('customer_id')
    .orderBy('version', 'desc')
    .execute();
  return new Map(
    rows.flatMap(({ customer_id, version, body }) => {
      const own = { ...nothingOwn, ...(body as object), version };
      return isEmpty(own) ? [] : [[customer_id, own] as const];
    }),
  );
}

/** A customer that is treated like everybody in its segment. */
export const nothingOwn: Omit<CustomerPolicy, 'version'> = { segment: null, settings: {}, paused: false };

export function isEmpty(own: Omit<CustomerPolicy, 'version'>): boolean {
  return own.segment === null && !own.paused && Object.keys(own.settings).length === 0;
}
