import type { Duly } from '../platform/context.ts';
import type { CallGate, CallPurpose } from '../ports/call-gate.ts';
import type { LedgerProvider } from '../ports/ledger.ts';

/** The gate to one set of books. */
export function callGate(
  _duly: Pick<Duly, 'db' | 'clock' | 'log'>,
  _provider: Pick<LedgerProvider, 'key' | 'label' | 'limits'>,
  _ledgerRefHash: Buffer,
  _purpose: CallPurpose,
): CallGate {
  return { pass: async (_kind, call) => (await call()).value };
}
