import type { Duly } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import type { CallPurpose } from '../ports/call-gate.ts';
import type { Ledger, LedgerProvider } from '../ports/ledger.ts';
import { callGate } from './call-gate.store.ts';
import { getConnection, markReconnectNeeded } from './connection.store.ts';
import { tokenSource } from './tokens.store.ts';

export interface OpenLedger {
  readonly ledger: Ledger;
  readonly provider: LedgerProvider;
  /** The vendor's id of the books: secret, never in a log or a page. */
  readonly ledgerRef: string;
}

/**
 * Opens a company's books; every call counts against its limits, and `purpose` says who goes on when they get scarce.
 * Throws LedgerError reconnect_needed when the connection is not healthy.
 */
export async function openLedger(duly: Duly, companyId: string, purpose: CallPurpose): Promise<OpenLedger> {
  const connection = await inSystem(duly.db, (tx) => getConnection(tx, companyId));
  if (connection === null || connection.state !== 'healthy' || connection.token_set_id === null) {
    throw new LedgerError('reconnect_needed', 'The company is not connected.');
  }
  const provider = duly.ledgers.get(connection.provider);
  if (provider === undefined || !provider.configured) {
    throw new LedgerError('unavailable', `The ledger ${connection.provider} is not configured.`);
  }
  const ledgerRef = duly.crypto.open(connection.ledger_ref_enc);
  const access = tokenSource(duly, provider, connection.token_set_id);
  const gate = callGate(duly, provider, connection.ledger_ref_hash, purpose);
  return { ledger: provider.open(ledgerRef, access, gate), provider, ledgerRef };
}

/** Call it when a read failed: if the ledger said that a person must reconnect, the connection shows it. */
export async function noteLedgerError(duly: Duly, companyId: string, error: unknown): Promise<void> {
  if (!(error instanceof LedgerError) || error.kind !== 'reconnect_needed') return;
  // a code of the vendor's says nothing to a person
  const why = error.vendorSays.includes(' ') ? error.vendorSays : 'the ledger no longer accepts it';
  await inSystem(duly.db, (tx) => markReconnectNeeded(tx, [companyId], why, duly.clock.now()));
}
