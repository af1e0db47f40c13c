import { setTimeout as pause } from 'node:timers/promises';
import type { Duly } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import type { AccessTokenSource, LedgerProvider, TokenGrant } from '../ports/ledger.ts';
import { healthyCompaniesOf, markReconnectNeeded } from './connection.store.ts';
import { warnOfExpiry } from './expiry.store.ts';
import {
  getTokenSet,
  releaseRefreshLease,
  storeRefreshed,
  type TokenSetRow,
  takeRefreshLease,
} from './token-set.store.ts';

type TokenDuly = Pick<Duly, 'db' | 'clock' | 'crypto' | 'log'>;

/** A token is renewed this long before it ends. */
const EARLY_MS = 300_000;
/** A refresh is one call of at most 20 s; a process that died in it frees the others after this. */
const LEASE_SECONDS = 40;
const WAIT_MS = 60_000;
const POLL_MS = 100;

/**
 * The current access token of a set, over all processes: five minutes before its end (or after a 401) exactly one
 * caller refreshes it, outside of any transaction, and the others wait for what it stores. The rotated refresh token
 * is stored before anything else happens. Throws LedgerError: `reconnect_needed` only when the vendor refused the
 * very token that is still the stored one.
 */
export function tokenSource(
  duly: TokenDuly,
  provider: LedgerProvider,
  tokenSetId: string,
): AccessTokenSource {
  return async (after401) => {
    const deadline = performance.now() + WAIT_MS;
    while (performance.now() < deadline) {
      const row = await inSystem(duly.db, (tx) => getTokenSet(tx, tokenSetId));
      // disconnected, or connected anew by somebody else while this was under way: the next attempt finds out which
      if (row === null) throw new LedgerError('unavailable', 'The access was replaced meanwhile.');
      const access = duly.crypto.open(row.access_token_enc);
      const left = new Date(row.access_expires_at).getTime() - duly.clock.now().getTime();
      if (left > EARLY_MS && access !== after401) return access;
      const ours = await inSystem(duly.db, (tx) => takeRefreshLease(tx, row, LEASE_SECONDS));
      if (ours) {
        // what is still valid serves when the vendor's token service is down for a moment
        const spare = left > 0 && access !== after401 ? access : null;
        const renewed = await renew(duly, provider, row, spare);
        if (renewed !== null) return renewed;
      } else {
        await pause(POLL_MS);
      }
    }
    throw new LedgerError('unavailable', 'The access could not be renewed in time.');
  };
}

/** The new access token; null: another grant is stored by now, look again. */
async function renew(
  duly: TokenDuly,
  provider: LedgerProvider,
  row: TokenSetRow,
  spare: string | null,
): Promise<string | null> {
  let grant: TokenGrant;
  try {
    grant = await provider.refresh(duly.crypto.open(row.refresh_token_enc));
  } catch (error) {
    const dead = error instanceof LedgerError && error.kind === 'reconnect_needed';
    if (dead) return await grantIsDead(duly, row, error);
    await inSystem(duly.db, (tx) => releaseRefreshLease(tx, row));
    if (spare === null) throw error;
    duly.log.warn({ err: error }, 'a token could not be renewed yet; the old one still serves');
    return spare;
  }
  const stored = await inSystem(duly.db, (tx) =>
    storeRefreshed(tx, duly.crypto, row, grant, duly.clock.now()),
  );
  if (!stored) return null;
  await showExpiry(duly, provider, row, grant);
  return grant.accessToken;
}

/** Its own transaction, after the tokens are safe: what goes wrong here costs a line in the log, never a token. */
async function showExpiry(
  duly: TokenDuly,
  provider: LedgerProvider,
  row: TokenSetRow,
  grant: TokenGrant,
): Promise<void> {
  const hardExpiresAt = grant.hardExpiresAt === null ? row.hard_expires_at : new Date(grant.hardExpiresAt);
  const input = { tokenSetId: row.token_set_id, ledger: provider.label, hardExpiresAt };
  try {
    await inSystem(duly.db, (tx) => warnOfExpiry(tx, input, duly.clock.now()));
  } catch (error) {
    duly.log.error({ err: error }, 'the end of a connection could not be shown');
  }
}

/** The vendor refused the refresh token. Only if it is still the stored one does that end the connections (AUTH-05). */
async function grantIsDead(duly: TokenDuly, row: TokenSetRow, error: LedgerError): Promise<null> {
  const ended = await inSystem(duly.db, async (tx) => {
    const current = await tx
      .selectFrom('token_set')
      .select('generation')
      .where('token_set_id', '=', row.token_set_id)
      .forUpdate()
      .executeTakeFirst();
    if (current?.generation !== row.generation) return false;
    await releaseRefreshLease(tx, row);
    const companies = await healthyCompaniesOf(tx, row.token_set_id);
    await markReconnectNeeded(tx, companies, 'the ledger no longer accepts it', duly.clock.now());
    return true;
  });
  if (ended) throw error;
  return null;
}
