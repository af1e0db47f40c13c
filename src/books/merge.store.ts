import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import { tell, watch } from './changed.store.ts';
import { markStale } from './mirror.store.ts';

/**
 * R16: a doorbell told that one customer was merged into another. Believed only for customers of the mirror; the
 * ledger itself is asked: its open invoices are read again with the next read, as those that moved need not say so.
 * Returns whether anything was noted. A merge of a customer into itself, or back, is not.
 */
export async function noteMerge(
  tx: Tx,
  companyId: string,
  from: string,
  into: string,
  now: Date,
): Promise<boolean> {
  if (from === into) return false;
  const watched = await watch(tx, companyId, { customer: [from], invoice: [], payment: [], credit: [] }, now);
  const { numAffectedRows } = await sql`update customer as gone set merged_into_id = ${into}
    where gone.company_id = ${companyId} and gone.customer_id = ${from}
      and exists (select from customer where company_id = ${companyId} and customer_id = ${into}
        and merged_into_id is distinct from ${from})`.execute(tx);
  if (numAffectedRows !== 1n) return false;
  await tell(tx, companyId, watched, now);
  // in the order in which a page of the ledger is written, so that the two never wait for each other
  await markStale(tx, companyId, [from, into]);
  await askForSweep(tx, companyId, now);
  return true;
}

/** The open invoices are read again, all of them, with the next read. */
async function askForSweep(tx: Tx, companyId: string, now: Date): Promise<void> {
  await sql`update sync_cursor set sweep_asked_at = ${now} where company_id = ${companyId}`.execute(tx);
}
