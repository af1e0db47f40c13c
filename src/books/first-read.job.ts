import { saveProfile } from '../companies/profile.store.ts';
import { ringsSoFar } from '../companies/reading-wish.store.ts';
import { ahead } from '../platform/ahead.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { addJob } from '../platform/jobs.ts';
import type { Ledger } from '../ports/ledger.ts';
import { nothingUnsettled } from './changed.ts';
import { loadKnown } from './known.store.ts';
import { markAllStale, readyPages } from './mirror.store.ts';
import { forgetNamed, removeUnnamed } from './named.store.ts';
import { type Reading, takePage } from './page.job.ts';
import { settleNameless } from './rejected.store.ts';
import { showRejectedRows } from './show-rejected.store.ts';
import * as state from './sync-state.store.ts';
import { nothingDoubtful } from './unsound.store.ts';

/**
 * Reads everything, from the first row to the last: when a company is connected, and again when changes can no longer
 * tell what became of the rows. `cursor` is where an earlier run stopped; null: nothing was read yet. What a reading
 * anew does not name is gone (SYN-15). Throws LedgerError; a later run goes on from the last page that was applied.
 */
export async function readEverything(
  duly: Pick<Duly, 'db' | 'clock'>,
  companyId: string,
  ledger: Ledger,
  cursor: state.SyncCursor | null,
): Promise<void> {
  const startedAt = duly.clock.now();
  const resumeFrom = cursor === null || cursor.cursor === state.ANEW ? null : cursor.cursor;
  const anew = cursor !== null && cursor.full_read_at !== null;
  const rings = await inCompany(duly.db, companyId, (tx) => ringsSoFar(tx, companyId));
  const profile = await ledger.profile();
  const known = await inCompany(duly.db, companyId, async (tx) => {
    await state.startFirstSync(tx, companyId);
    await saveProfile(tx, companyId, profile, startedAt);
    if (resumeFrom === null) await forgetNamed(tx, companyId);
    return await loadKnown(tx, companyId);
  });
  // the next page is fetched and read while the database writes the present one: two in memory, never more
  const pages = ahead(readyPages(ledger.readAll(resumeFrom, known)));
  const meanwhile = pages.prepare;
  const reading: Reading = {
    companyId,
    ledger,
    known,
    startedAt,
    first: !anew,
    naming: anew,
    meanwhile,
    met: new Set(),
    unsettled: nothingUnsettled(),
    doubtful: nothingDoubtful(),
  };
  for await (const page of pages) {
    await takePage(duly, reading, page, async (tx, now) => {
      if (!page.done) return await state.savePlace(tx, companyId, page, now);
      await state.showProgress(tx, companyId, page.progress);
      await state.saveCursor(tx, companyId, {
        cursor: page.cursor,
        complete: true,
        fullReadAt: startedAt,
        now,
      });
      if (anew) await removeUnnamed(tx, companyId, now);
      else await markAllStale(tx, companyId);
      // what an earlier, interrupted part of this reading rejected was not read again
      if (resumeFrom === null) await settleNameless(tx, companyId, startedAt);
      await state.finishRead(tx, companyId, { at: startedAt, rings }, now, !anew);
      // its first part is older than `startedAt` says: what changed or rang since then is read at once
      if (resumeFrom !== null) await addJob(tx, 'sync', { companyId, read: true });
      await showRejectedRows(tx, companyId, now);
    });
  }
}
