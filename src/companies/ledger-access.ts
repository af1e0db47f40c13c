import type { Duly } from '../platform/context.ts';
import type { Ledger, LedgerProvider } from '../ports/ledger.ts';

export interface OpenLedger {
  readonly ledger: Ledger;
  readonly provider: LedgerProvider;
  /** The vendor's id of the books: secret, never in a log or a page. */
  readonly ledgerRef: string;
}

/** Opens a company's books. Throws LedgerError reconnect_needed when the connection is not healthy. */
export async function openLedger(_duly: Duly, _companyId: string): Promise<OpenLedger> {
  throw new Error('not built yet');
}
