import { record } from '../activity/activity.store.ts';
import { resolveProblems } from '../activity/problem.store.ts';
import type { Duly } from '../platform/context.ts';
import { inSystem, type Tx } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import type { AuthorisedBooks, CodeResult, LedgerProvider } from '../ports/ledger.ts';
import { ledgerRefHash } from './connection.store.ts';
import { becomeCompany, becomeSystem } from './role-switch.store.ts';
import { findSharedTokenSet, replaceTokens } from './token-set.store.ts';

/**
 * Where a person's newest tokens serve all their books, a new authorisation replaces the stored ones at once, even when
 * nothing is connected in the end: the vendor retired the older ones. Books that had lost only their tokens can be read
 * again; the vendor is asked which those are. Those of this very authorisation are left to the connecting.
 */
export async function renewSiblings(duly: Duly, provider: LedgerProvider, result: CodeResult): Promise<void> {
  if (provider.sharesTokens !== true) return;
  const { subject } = result.identity;
  const tokenSetId = await inSystem(duly.db, async (tx) => {
    const known = await findSharedTokenSet(tx, provider.key, subject);
    if (known === null) return null;
    await replaceTokens(tx, duly.crypto, known.token_set_id, subject, result.grant, duly.clock.now());
    return known.token_set_id;
  });
  if (tokenSetId === null) return;
  const hashes = (await openElsewhere(duly, provider, result)).map(({ ledgerRef }) =>
    ledgerRefHash(duly.crypto, provider.key, ledgerRef),
  );
  if (hashes.length === 0) return;
  await inSystem(duly.db, (tx) =>
    revive(tx, { tokenSetId, hashes, by: result.identity.name || provider.label, now: duly.clock.now() }),
  );
}

async function openElsewhere(
  duly: Duly,
  provider: LedgerProvider,
  result: CodeResult,
): Promise<readonly AuthorisedBooks[]> {
  try {
    const open = (await provider.openBooks?.(result.grant.accessToken)) ?? [];
    const ofThis = new Set(result.books.map(({ ledgerRef }) => ledgerRef));
    return open.filter(({ ledgerRef }) => !ofThis.has(ledgerRef));
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    duly.log.warn({ err: error, provider: provider.key }, 'the other books of a person could not be listed');
    return [];
  }
}

async function revive(
  tx: Tx,
  input: { readonly tokenSetId: string; readonly hashes: readonly Buffer[]; by: string; now: Date },
): Promise<void> {
  const { tokenSetId, hashes, by, now } = input;
  const rows = await tx
    .updateTable('connection')
    .set({ state: 'healthy', state_since: now, problem: null })
    .where('token_set_id', '=', tokenSetId)
    .where('state', '=', 'reconnect_needed')
    .where('ledger_ref_hash', 'in', hashes)
    .returning('company_id')
    .execute();
  for (const { company_id: companyId } of rows) {
    await becomeCompany(tx, companyId);
    const summary = 'Connected again, together with another company of the same sign-in.';
    await record(tx, companyId, now, [{ kind: 'connected', actor: by, summary }]);
    await resolveProblems(tx, companyId, now, 'connection');
    await addJob(tx, 'sync', { companyId, read: true });
    await becomeSystem(tx);
  }
}
