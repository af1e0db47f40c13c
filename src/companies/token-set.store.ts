import { type Selectable, sql } from 'kysely';
import type { Crypto } from '../platform/crypto.ts';
import type { Tx } from '../platform/db.ts';
import type { TokenSet } from '../platform/db-types.ts';
import { newId } from '../platform/ids.ts';
import type { TokenGrant } from '../ports/ledger.ts';

export type TokenSetRow = Selectable<TokenSet>;

function sealed(crypto: Crypto, grant: TokenGrant, now: Date) {
  return {
    access_token_enc: crypto.seal(grant.accessToken),
    access_expires_at: grant.accessExpiresAt,
    refresh_token_enc: crypto.seal(grant.refreshToken),
    refresh_expires_at: grant.refreshExpiresAt,
    updated_at: now,
  };
}

export async function getTokenSet(tx: Tx, tokenSetId: string): Promise<TokenSetRow | null> {
  const row = await tx
    .selectFrom('token_set')
    .selectAll()
    .where('token_set_id', '=', tokenSetId)
    .executeTakeFirst();
  return row ?? null;
}

/** The set that a person's authorisations share, where the vendor has such a thing. */
export async function findSharedTokenSet(
  tx: Tx,
  provider: string,
  subject: string,
): Promise<TokenSetRow | null> {
  const row = await tx
    .selectFrom('token_set')
    .selectAll()
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .orderBy('updated_at', 'desc')
    .executeTakeFirst();
  return row ?? null;
}

export async function insertTokenSet(
  tx: Tx,
  crypto: Crypto,
  owner: { provider: string; subject: string },
  grant: TokenGrant,
  now: Date,
): Promise<string> {
  const tokenSetId = newId(now);
  await tx
    .insertInto('token_set')
    .values({
      token_set_id: tokenSetId,
      ...owner,
      ...sealed(crypto, grant, now),
      hard_expires_at: grant.hardExpiresAt,
    })
    .execute();
  return tokenSetId;
}

/** A fresh authorisation replaces what was stored, whatever it was. */
export async function replaceTokens(
  tx: Tx,
  crypto: Crypto,
  tokenSetId: string,
  subject: string,
  grant: TokenGrant,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('token_set')
    .set({
      ...sealed(crypto, grant, now),
      subject,
      hard_expires_at: grant.hardExpiresAt,
      generation: sql`generation + 1`,
      refreshing_until: null,
    })
    .where('token_set_id', '=', tokenSetId)
    .execute();
}

/**
 * Takes the right to refresh this generation. A lease by the database's real clock, so that a dead process frees it
 * and a frozen test clock does not keep it. False: another process is at it, or was faster.
 */
export async function takeRefreshLease(tx: Tx, row: TokenSetRow, seconds: number): Promise<boolean> {
  const result = await tx
    .updateTable('token_set')
    .set({ refreshing_until: sql`clock_timestamp() + make_interval(secs => ${seconds})` })
    .where('token_set_id', '=', row.token_set_id)
    .where('generation', '=', row.generation)
    .where((eb) =>
      eb.or([eb('refreshing_until', 'is', null), eb('refreshing_until', '<', sql<Date>`clock_timestamp()`)]),
    )
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Stores a refreshed grant if the generation is still ours; false: a newer one is stored already and stays. */
export async function storeRefreshed(
  tx: Tx,
  crypto: Crypto,
  row: TokenSetRow,
  grant: TokenGrant,
  now: Date,
): Promise<boolean> {
  const result = await tx
    .updateTable('token_set')
    .set({
      ...sealed(crypto, grant, now),
      // a refresh need not repeat the day after which none helps
      ...(grant.hardExpiresAt === null ? {} : { hard_expires_at: grant.hardExpiresAt }),
      generation: row.generation + 1,
      refreshing_until: null,
    })
    .where('token_set_id', '=', row.token_set_id)
    .where('generation', '=', row.generation)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function releaseRefreshLease(tx: Tx, row: TokenSetRow): Promise<void> {
  await tx
    .updateTable('token_set')
    .set({ refreshing_until: null })
    .where('token_set_id', '=', row.token_set_id)
    .where('generation', '=', row.generation)
    .execute();
}

/** Forgets a set that no connection uses any more. */
export async function deleteUnusedTokenSet(tx: Tx, tokenSetId: string): Promise<void> {
  await tx
    .deleteFrom('token_set')
    .where('token_set_id', '=', tokenSetId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('connection').select('connection.company_id').where('token_set_id', '=', tokenSetId),
        ),
      ),
    )
    .execute();
}
