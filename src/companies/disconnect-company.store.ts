import type { Duly } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
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
  const tokens = await inSystem(duly.db, (tx) => getTokenSet(tx, tokenSetId));
  if (tokens === null) return;
  await provider.disconnect(
    tokenSource(duly, provider, tokenSetId),
    duly.crypto.open(tokens.refresh_token_enc),
    {
      ledgerRef: duly.crypto.open(connection.ledger_ref_enc),
      connectionRef: ref === null ? null : duly.crypto.open(ref),
      name: '',
    },
  );
}
