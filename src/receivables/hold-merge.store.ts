import { sql } from 'kysely';
import { markStale } from '../books/mirror.store.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';

/**
 * R16: who was merged into another customer in the ledger takes their holds along, so that nobody is written to under
 * the new name who asked not to be. One probe of an index for customers without holds.
 */
export async function followMerges(tx: Tx, companyId: string, customerIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ into: string }>`
    update hold set customer_id = c.merged_into_id
    from customer c
    where hold.company_id = ${companyId} and hold.scope = 'customer' and hold.lifted_at is null
      and hold.customer_id = any(${binaryArray('text', customerIds)}::text[])
      and c.company_id = ${companyId} and c.customer_id = hold.customer_id
      and c.merged_into_id is not null and c.merged_into_id <> hold.customer_id
    returning hold.customer_id as into`.execute(tx);
  if (rows.length > 0) await markStale(tx, companyId, [...new Set(rows.map((row) => row.into))].sort());
}
