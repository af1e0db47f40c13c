import { markAllStale } from '../books/mirror.store.ts';
import { getCompany } from '../companies/company.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { addJob, type JobPayload } from '../platform/jobs.ts';
import { computeInChunks } from './compute-stale.job.ts';
import { isTieOutDue, tieOut } from './tie-out.job.ts';
import { raiseWaitingReplies } from './waiting-replies.store.ts';

/**
 * Stage 3: computes the positions that something changed, compares them with the ledger's own sums when that is due or a
 * person asks for it (R15), and passes on to the sequencer.
 */
export async function reconcileCompany(
  duly: Duly,
  { companyId, read = false, all = false, compare = false, purpose = 'background' }: JobPayload,
): Promise<void> {
  if (all) await inCompany(duly.db, companyId, (tx) => markAllStale(tx, companyId));
  // asked before anything is computed: a change may happen to hide what differed from the figure of the last time
  const compares = compare || (read && (await isTieOutDue(duly, companyId)));
  await computeInChunks(duly, companyId);
  if (compares) await tieOut(duly, companyId, purpose, () => computeInChunks(duly, companyId));
  await inCompany(duly.db, companyId, async (tx) => {
    await raiseWaitingReplies(tx, await getCompany(tx, companyId), duly.clock.now());
    await addJob(tx, 'plan', { companyId });
  });
}
