import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';

/** A vendor whose doorbell rang within so many days is believed to ring when something changes. */
const TRUSTED_DAYS = 7;

/** Catalogue transaction. A webhook of this vendor reached us, signed rightly; noted once an hour at most. */
export async function hearDoorbell(tx: Tx, provider: string, now: Date): Promise<void> {
  await sql`insert into doorbell_heard (provider, heard_at)
    select ${provider}, ${now}::timestamptz where not exists (
      select from doorbell_heard where provider = ${provider} and heard_at > ${now}::timestamptz - interval '1 hour')
    on conflict (provider) do update set heard_at = excluded.heard_at`.execute(tx);
}

/**
 * Catalogue transaction. Whether silence of this vendor's doorbell means that nothing changed: one that was never
 * heard may not be connected at all.
 */
export async function doorbellWorks(tx: Tx, companyId: string, now: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('connection')
    .innerJoin('doorbell_heard', 'doorbell_heard.provider', 'connection.provider')
    .select('heard_at')
    .where('connection.company_id', '=', companyId)
    .where('heard_at', '>', new Date(now.getTime() - TRUSTED_DAYS * 86_400_000))
    .executeTakeFirst();
  return row !== undefined;
}
