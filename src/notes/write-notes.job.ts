import { getCompany } from '../companies/company.store.ts';
import { noteLedgerError, openLedger } from '../companies/ledger-access.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import type { JobPayload } from '../platform/jobs.ts';
import type { Ledger } from '../ports/ledger.ts';
import { setNextRun } from './next-run.store.ts';
import {
  beginAttempt,
  dueNotes,
  noteFailed,
  noteSkipped,
  noteWritten,
  type PendingNote,
} from './note.store.ts';
import { checkNotes } from './note-check.store.ts';
import { fateOf, mustSearch } from './note-retry.ts';
import { endEmptyWait, notesWait } from './waiting.store.ts';

const BATCH = 200;

/** Stage 8: writes what was said into the ledger, exactly once, compares, and sets the company's timer. */
export async function writeNotes(duly: Duly, { companyId }: JobPayload): Promise<void> {
  for (;;) {
    const notes = await inCompany(duly.db, companyId, (tx) =>
      dueNotes(tx, companyId, duly.clock.now(), BATCH, duly.config.baseUrl),
    );
    if (notes.length === 0) break;
    if (!(await writeBatch(duly, companyId, notes))) break;
  }
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
    await refuseAll(duly, companyId, notes, error);
    return false;
  }
  for (const [index, note] of notes.entries()) {
    const refused = await writeOne(duly, companyId, ledger, note);
    if (refused !== null && takesNothing(refused)) {
      await refuseAll(duly, companyId, notes.slice(index + 1), refused);
      return false;
    }
  }
  return true;
}

/** Such a refusal is not about this note: the next one would be refused as well. */
function takesNothing(error: LedgerError): boolean {
  return ['rate_limited', 'unavailable', 'reconnect_needed', 'forbidden'].includes(error.kind);
}

async function writeOne(
  duly: Duly,
  companyId: string,
  ledger: Ledger,
  note: PendingNote,
): Promise<LedgerError | null> {
  const now = duly.clock.now();
  if (note.invoiceStatus === 'deleted') {
    await inCompany(duly.db, companyId, (tx) =>
      noteSkipped(tx, companyId, note, 'the invoice was deleted in the ledger.', now),
    );
    return null;
  }
  await inCompany(duly.db, companyId, (tx) => beginAttempt(tx, companyId, note, now));
  try {
    const found = mustSearch(note.firstAttemptAt, now)
      ? await ledger.findNote(note.invoiceId, note.marker)
      : null;
    const { invoiceId, text, marker, idempotencyKey } = note;
    const receipt = found ?? (await ledger.writeNote({ invoiceId, text, marker, idempotencyKey }));
    await inCompany(duly.db, companyId, (tx) =>
      noteWritten(tx, companyId, note, receipt.noteId, duly.clock.now()),
    );
    duly.tally.notes += 1;
    return null;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    duly.log.warn({ err: error, companyId, touchId: note.touchId }, 'a note could not be written');
    await noteLedgerError(duly, companyId, error);
    await refuse(duly, companyId, note, error);
    return error;
  }
}

async function refuse(duly: Duly, companyId: string, note: PendingNote, error: LedgerError): Promise<void> {
  const now = duly.clock.now();
  const fate = fateOf(error, note.attempts + 1, now);
  const why = `${error.kind.replaceAll('_', ' ')}: ${error.vendorSays}`;
  await inCompany(duly.db, companyId, async (tx) => {
    if (fate.kind === 'again' && takesNothing(error))
      await notesWait(tx, companyId, [{ ...note, attempts: note.attempts + 1 }], error, now);
    else if (fate.kind === 'skip') await noteSkipped(tx, companyId, note, fate.why, now);
    else await noteFailed(tx, companyId, note, why, fate.kind === 'again' ? fate.at : null, now);
  });
}

/** What only waits because the ledger takes nothing now is no problem of each note: they wait together, and one is shown. */
async function refuseAll(
  duly: Duly,
  companyId: string,
  notes: readonly PendingNote[],
  error: LedgerError,
): Promise<void> {
  const now = duly.clock.now();
  await inCompany(duly.db, companyId, (tx) => notesWait(tx, companyId, notes, error, now));
}
