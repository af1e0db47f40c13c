import { ringsSoFar } from '../companies/reading-wish.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import type { Ledger } from '../ports/ledger.ts';
import { loadKnown } from './known.store.ts';
import { countsDiffer } from './named.store.ts';
import { newsReading, takePage } from './page.job.ts';
import { showRejectedRows } from './show-rejected.store.ts';
import * as state from './sync-state.store.ts';

/**
 * Reads what changed since the stored cursor; `confirm` names invoices whose present state the caller must know
 * (R9). Not `thorough`: one read may do, and when it shows that nothing moved, everything stays as it was, the books'
 * freshness included. Throws LedgerError; the pages that were applied until then stay applied, their cursor with them.
 */
export async function readChanges(
  duly: Duly,
  companyId: string,
  ledger: Ledger,
  confirm: readonly string[] = [],
  thorough = true,
): Promise<void> {
  const { from, known, rings } = await inCompany(duly.db, companyId, async (tx) => ({
    from: await state.getCursor(tx, companyId),
    known: await loadKnown(tx, companyId),
    rings: await ringsSoFar(tx, companyId),
  }));
  if (from === null || !from.complete)
    throw new LedgerError('unavailable', 'the first sync has not finished yet');
  const startedAt = duly.clock.now();
  const reading = newsReading({ companyId, ledger, known, startedAt });
  for await (const page of ledger.readChanges(from.cursor, { confirm, thorough, terms: known.terms })) {
    await takePage(duly, reading, page, async (tx, now) => {
      await state.saveCursor(tx, companyId, { cursor: page.cursor, complete: true, fullReadAt: null, now });
      if (!page.done) return;
      await state.finishRead(tx, companyId, { at: startedAt, rings }, now, false);
      await showRejectedRows(tx, companyId, now);
      if (page.stated === undefined || !(await countsDiffer(tx, companyId, page.stated))) return;
      await state.askForReadingAnew(tx, companyId, now);
      await addJob(tx, 'sync', { companyId, read: true });
    });
  }
}
