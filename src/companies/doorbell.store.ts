import type { Crypto } from '../platform/crypto.ts';
import type { Tx } from '../platform/db.ts';
import { addJob } from '../platform/jobs.ts';
import type { Doorbell } from '../ports/ledger.ts';
import { ledgerRefHash } from './connection.store.ts';
import { gatherSeconds } from './doorbell.ts';
import { hearDoorbell } from './doorbell-heard.store.ts';

/**
 * Catalogue transaction. Keeps each ring once and marks the companies it names as changed at the ledger, in one
 * transaction; the sync job decides when they are read (doorbell.ts). Rings for unknown or disconnected companies are
 * kept and do nothing. Returns how many companies.
 */
export async function takeRings(
  tx: Tx,
  crypto: Crypto,
  provider: string,
  rings: readonly Doorbell[],
  now: Date,
): Promise<number> {
  await hearDoorbell(tx, provider, now);
  if (rings.length === 0) return 0;
  const rows = new Map(
    rings.map((ring) => [
      ring.eventId,
      {
        provider,
        event_id: ring.eventId,
        ledger_ref_hash: ledgerRefHash(crypto, provider, ring.ledgerRef),
        received_at: now,
      },
    ]),
  );
  const fresh = await tx
    .insertInto('webhook_event')
    .values([...rows.values()])
    .onConflict((oc) => oc.columns(['provider', 'event_id']).doNothing())
    .returning('ledger_ref_hash')
    .execute();
  const hashes = fresh.flatMap((row) => (row.ledger_ref_hash === null ? [] : [row.ledger_ref_hash]));
  if (hashes.length === 0) return 0;
  const companies = await tx
    .selectFrom('connection')
    .select('company_id')
    .distinct()
    .where('provider', '=', provider)
    .where('ledger_ref_hash', 'in', hashes)
    .where('state', '=', 'healthy')
    .execute();
  const ids = companies.map((row) => row.company_id);
  if (ids.length === 0) return 0;
  const rung = await tx
    .updateTable('company')
    .set((eb) => ({ rung_at: now, rings: eb('rings', '+', 1) }))
    .where('company_id', 'in', ids)
    .returning(['company_id', 'ring_read_at'])
    .execute();
  for (const { company_id: companyId, ring_read_at: lastRead } of rung)
    await addJob(tx, 'sync', { companyId }, gatherSeconds(lastRead, now));
  return ids.length;
}
