import { getCompany } from '../companies/company.store.ts';
import { isOldForAPage } from '../companies/doorbell.ts';
import { doorbellWorks } from '../companies/doorbell-heard.store.ts';
import { noteLedgerError, openLedger } from '../companies/ledger-access.store.ts';
import { putOffReading, ringIsDue } from '../companies/reading-wish.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, inSystem } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import { addJob, type JobPayload } from '../platform/jobs.ts';
import { readChanges } from './changes.job.ts';
import { readEverything } from './first-read.job.ts';
import { ageOf, DAILY_READ_MS, mayBeQuick } from './reading-plan.ts';
import * as state from './sync-state.store.ts';
import { keepUp } from './upkeep.job.ts';

/**
 * Stage 2: brings the mirror up to date if that is due, and passes on to the reconciler. A ledger that refuses
 * leaves mirror and cursor as they were; the timer tries again.
 */
export async function sync(
  duly: Duly,
  { companyId, read = false, look = false, quick = false, purpose = 'background' }: JobPayload,
): Promise<void> {
  const now = duly.clock.now();
  const { company, cursor } = await inCompany(duly.db, companyId, async (tx) => ({
    company: await getCompany(tx, companyId),
    cursor: await state.getCursor(tx, companyId),
  }));
  const first = cursor === null || !cursor.complete;
  const notBefore = purpose === 'background' ? company.read_not_before : null;
  const putOff = notBefore !== null && notBefore > now;
  const rung = !first && !putOff && (await ringIsDue(duly, company, now));
  const failed = company.sync_problem !== null;
  const readAt = company.books_read_at;
  // the wish of whoever opened a page may have waited behind a read that saw what it was to see
  const old = look && readAt !== null && isOldForAPage(readAt, now);
  const wanted = read || old || rung || failed || ageOf(readAt, now) >= DAILY_READ_MS;
  const due = first || (wanted && !putOff);
  let limited = false;
  try {
    if (due) {
      const { ledger } = await openLedger(duly, companyId, first ? 'first' : purpose);
      if (first) await readEverything(duly, companyId, ledger, cursor);
      else {
        const allowed = quick && !rung && mayBeQuick(readAt, failed, now);
        const thorough = !(allowed && (await inSystem(duly.db, (tx) => doorbellWorks(tx, companyId, now))));
        await readChanges(duly, companyId, ledger, [], thorough);
        await keepUp(duly, companyId);
      }
      duly.tally.synced += 1;
    }
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    limited = error.kind === 'rate_limited';
    duly.log.warn({ err: error, companyId }, 'the ledger could not be read');
    await inCompany(duly.db, companyId, async (tx) => {
      // what our own budget puts off is no trouble of anybody's
      if (!error.deferred) await state.failRead(tx, companyId, now, error, first);
      await putOffReading(tx, companyId, error, now);
    });
    await noteLedgerError(duly, companyId, error);
    // the books of yesterday decide nothing new, but a hold that a person sets today still counts
    if (first) return;
  }
  await inCompany(duly.db, companyId, (tx) =>
    addJob(tx, 'reconcile', { companyId, read: due && !limited, purpose: first ? 'first' : purpose }),
  );
}
