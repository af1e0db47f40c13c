import { randomText, sha256 } from '../platform/crypto.ts';
import type { Tx } from '../platform/db.ts';

/** Digits of a key's hash that name it among the keys of a company. */
const NAME_LENGTH = 8;

/** A key as it can be told of: the key itself is not kept. */
export interface ApiKey {
  /** Names it when it is to be revoked; opens nothing. */
  readonly name: string;
  readonly label: string;
  readonly createdAt: Date;
  /** Null: it still opens the company. */
  readonly revokedAt: Date | null;
}

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

/** Catalogue only. All keys of a company, the oldest first. */
export async function listApiKeys(tx: Tx, companyId: string): Promise<readonly ApiKey[]> {
  const rows = await tx
    .selectFrom('api_key')
    .select(['api_key_hash', 'label', 'created_at', 'revoked_at'])
    .where('company_id', '=', companyId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    name: nameOf(row.api_key_hash),
    label: row.label,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  }));
}

/**
 * Catalogue only. From its commit on the key opens nothing. `wanted`: the key itself, or its name in the list. False:
 * the company has no such key that still opens it.
 */
export async function revokeApiKey(tx: Tx, companyId: string, wanted: string, now: Date): Promise<boolean> {
  const rows = await tx
    .selectFrom('api_key')
    .select('api_key_hash')
    .where('company_id', '=', companyId)
    .where('revoked_at', 'is', null)
    .execute();
  const whole = sha256(wanted);
  const found = rows.filter(({ api_key_hash: hash }) => hash.equals(whole) || nameOf(hash) === wanted);
  if (found.length === 0) return false;
  await tx
    .updateTable('api_key')
    .set({ revoked_at: now })
    .where(
      'api_key_hash',
      'in',
      found.map(({ api_key_hash: hash }) => hash),
    )
    .execute();
  return true;
}

function nameOf(hash: Buffer): string {
  return hash.toString('hex').slice(0, NAME_LENGTH);
}
