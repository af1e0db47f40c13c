import { randomText, sha256 } from '../platform/crypto.ts';
import type { Tx } from '../platform/db.ts';

/** Catalogue only. Makes a key for one company's API and returns it; it cannot be read again. */
export async function createApiKey(tx: Tx, companyId: string, label: string, now: Date): Promise<string> {
  const key = `duly_${randomText(32)}`;
  await tx
    .insertInto('api_key')
    .values({
      api_key_hash: sha256(key),
      company_id: companyId,
      label: label.slice(0, 100),
      created_at: now,
    })
    .execute();
  return key;
}

/** Catalogue only. The company that a key opens; null when it is unknown or revoked. */
export async function companyOfApiKey(tx: Tx, key: string): Promise<string | null> {
  const row = await tx
    .selectFrom('api_key')
    .select('company_id')
    .where('api_key_hash', '=', sha256(key))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row?.company_id ?? null;
}
