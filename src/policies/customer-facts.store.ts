import type { Tx } from '../platform/db.ts';
import type { CustomerFacts } from './segment.ts';

/** What the segments of these customers are decided by, by customer; nothing is known of whoever is not in it. */
export async function loadCustomerFacts(
  _tx: Tx,
  _companyId: string,
  _customerIds: readonly string[],
  _now: Date,
): Promise<ReadonlyMap<string, CustomerFacts>> {
  return new Map();
}
