import type { Duly } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import type { AccessTokenSource } from '../ports/ledger.ts';
import { type ConnectionRow, getConnection } from './connection.store.ts';
import { endConnection, forgetTokens } from './disconnect.store.ts';
import { getTokenSet } from './token-set.store.ts';
import { tokenSource } from './tokens.store.ts';

/**
 * Ends a connection: first here, so that nothing reads or sends any more, then at the vendor. A vendor that does not
 * answer does not keep a person from leaving (AUTH-11). The history stays.
 */
export async function disconnectCompany(duly: Duly, companyId: string, by: string): Promise<void> {
  const connection = await inSystem(duly.db, (tx) => getConnection(tx, companyId));
  if (connection === null || connection.state === 'disconnected') return;
  await inSystem(duly.db, (tx) => endConnection(tx, companyId, by, duly.clock.now()));
  await finishDisconnect(duly, companyId);
}

/**
 * Tells the vendor that a connection has ended, and forgets its tokens. Nothing to do when both were done, or when the
 * company was connected anew. The queue comes to it as well, should the process die that was asked to disconnect.
 */
export async function finishDisconnect(duly: Duly, companyId: string): Promise<void> {
  const connection = await inSystem(duly.db, (tx) => getConnection(tx, companyId));
  if (connection?.state !== 'disconnected' || connection.token_set_id === null) return;
  try {
    await endAtVendor(duly, connection);
  } catch (error) {
    duly.log.warn({ err: error, companyId }, 'the vendor was not told of the disconnect');
  }
  await inSystem(duly.db, (tx) => forgetTokens(tx, companyId));
}

async function endAtVendor(duly: Duly, connection: ConnectionRow): Promise<void> {
  const provider = duly.ledgers.get(connection.provider);
  const { token_set_id: tokenSetId, connection_ref_enc: ref } = connection;
  if (provider === undefined || tokenSetId === null) return;
  const access = tokenSource(duly, provider, tokenSetId);
  // where the access token is needed, a renewal may give a new refresh token: that one is to be revoked, not its elder
  if (provider.sharesTokens === true && (await ended(access))) return;
  const tokens = await inSystem(duly.db, (tx) => getTokenSet(tx, tokenSetId));
  if (tokens === null) return;
  await provider.disconnect(access, duly.crypto.open(tokens.refresh_token_enc), {
    ledgerRef: duly.crypto.open(connection.ledger_ref_enc),
    connectionRef: ref === null ? null : duly.crypto.open(ref),
    name: '',
  });
}

/** Whether the vendor has ended the whole grant already: then nothing is left to be taken back. */
async function ended(access: AccessTokenSource): Promise<boolean> {
  try {
    await access();
    return false;
  } catch (error) {
    if (error instanceof LedgerError && error.kind === 'reconnect_needed') return true;
    throw error;
  }
}
