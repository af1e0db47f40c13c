import { getCompany } from '../companies/company.store.ts';
import { noteLedgerError, openLedger } from '../companies/ledger-access.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import type { JobPayload } from '../platform/jobs.ts';
import type { Ledger } from '../ports/ledger.ts';
import { compareNotes } from './compare-notes.job.ts';
import { dueNotes, type PendingNote } from './due-notes.store.ts';
import { setNextRun } from './next-run.store.ts';
import { checkNotes } from './note-check.store.ts';
import { takesNothing } from './note-retry.ts';
import { takeSeenNotes } from './seen.store.ts';
import { endEmptyWait, notesWait } from './waiting.store.ts';
import { writeOne } from './write-one.job.ts';

const BATCH = 200;

/** Stage 8: writes what was said into the ledger, exactly once, compares, and sets the company's timer. */
export async function writeNotes(duly: Duly, { companyId }: JobPayload): Promise<void> {
  // first what the ledger showed by itself: a note whose answer was lost may be among it
  await inCompany(duly.db, companyId, (tx) => takeSeenNotes(tx, companyId, duly.clock.now()));
  for (;;) {
    const notes = await inCompany(duly.db, companyId, (tx) =>
      dueNotes(tx, companyId, duly.clock.now(), BATCH, duly),
    );
    if (notes.length === 0) break;
    if (!(await writeBatch(duly, companyId, notes))) break;
  }
  await compareNotes(duly, companyId);
  await inCompany(duly.db, companyId, async (tx) => {
    await checkNotes(tx, companyId, duly.clock.now());
    await endEmptyWait(tx, companyId, duly.clock.now());
    await setNextRun(tx, await getCompany(tx, companyId), duly.clock.now());
  });
}

/** False when the ledger refuses altogether: the rest waits. */
async function writeBatch(duly: Duly, companyId: string, notes: readonly PendingNote[]): Promise<boolean> {
  let ledger: Ledger;
  try {
    ({ ledger } = await openLedger(duly, companyId, 'send'));
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    await noteLedgerError(duly, companyId, error);
    await refuseAll(duly, companyId, error);
    return false;
  }
  for (const note of notes) {
    const refused = await writeOne(duly, companyId, ledger, note);
    if (refused !== null && takesNothing(refused)) {
      await refuseAll(duly, companyId, refused);
      return false;
    }
  }
  return true;
}

/** What only waits because the ledger takes nothing now is no problem of each note: they wait together, and one is shown. */
async function refuseAll(duly: Duly, companyId: string, error: LedgerError): Promise<void> {
  const now = duly.clock.now();
  await inCompany(duly.db, companyId, (tx) => notesWait(tx, companyId, error, now));
}
