import { record } from '../activity/activity.store.ts';
import { resolveProblems } from '../activity/problem.store.ts';
import type { Tx } from '../platform/db.ts';
import { addJob } from '../platform/jobs.ts';
import { becomeCompany } from './role-switch.store.ts';
import { deleteUnusedTokenSet } from './token-set.store.ts';

/** Longer than telling the vendor takes; real time. */
const FINISH_SECONDS = 180;

/**
 * Catalogue transaction: from its commit on nothing opens these books. What is left to do at the vendor is done by the
 * caller, or by the queue if the caller's process does not live to do it.
 */
export async function endConnection(tx: Tx, companyId: string, by: string, now: Date): Promise<void> {
  await tx
    .updateTable('connection')
    .set({ state: 'disconnected', state_since: now, problem: null })
    .where('company_id', '=', companyId)
    .execute();
  await becomeCompany(tx, companyId);
  await record(tx, companyId, now, [
    { kind: 'disconnected', actor: by, summary: 'Disconnected from the ledger. Nothing is sent any more.' },
  ]);
  await resolveProblems(tx, companyId, now, 'connection');
  await resolveProblems(tx, companyId, now, 'connection_expires');
  await addJob(tx, 'finish_disconnect', { companyId }, FINISH_SECONDS);
}

/** Forgets the tokens of a connection that has ended, unless sibling companies use them or it was made anew. */
export async function forgetTokens(tx: Tx, companyId: string): Promise<void> {
  const row = await tx
    .selectFrom('connection')
    .select('token_set_id')
    .where('company_id', '=', companyId)
    .where('state', '=', 'disconnected')
    .forUpdate()
    .executeTakeFirst();
  if (row?.token_set_id == null) return;
  await tx
    .updateTable('connection')
    .set({ token_set_id: null })
    .where('company_id', '=', companyId)
    .execute();
  await deleteUnusedTokenSet(tx, row.token_set_id);
}
