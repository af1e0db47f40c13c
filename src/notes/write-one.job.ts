import { noteLedgerError } from '../companies/ledger-access.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import type { Ledger, NoteReceipt } from '../ports/ledger.ts';
import { nextGeneration, type PendingNote } from './due-notes.store.ts';
import { beginAttempt, noteFailed, noteSkipped, noteWritten, wroteNothing } from './note.store.ts';
import { fateOf, mustSearch, takesNothing } from './note-retry.ts';
import { isOurs } from './ownership.ts';
import { notesWait } from './waiting.store.ts';

/** Writes one note, or writes down why not; returns the ledger's refusal, null when there was none. */
export async function writeOne(
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
  const begin = (attempt: PendingNote) =>
    inCompany(duly.db, companyId, (tx) => beginAttempt(tx, companyId, attempt, duly.clock.now()));
  await begin(note);
  try {
    const receipt = await put(ledger, note, now, begin);
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

/**
 * Puts the note into the ledger unless it stands there (S10). A first attempt is one call. A repeat is made with the
 * same key and the same bytes; when the vendor may have forgotten the key, the ledger is searched first.
 */
async function put(
  ledger: Ledger,
  note: PendingNote,
  now: Date,
  begin: (attempt: PendingNote) => Promise<void>,
): Promise<NoteReceipt> {
  if (note.unsureSince === null) return await ledger.writeNote(note);
  const found = mustSearch(note.unsureSince, now) ? await findOurs(ledger, note) : null;
  if (found !== null) return found;
  try {
    const receipt = await ledger.writeNote(note);
    // a key that comes back is answered with the first note, also when somebody deleted that one since (WB-05)
    if (receipt.noteId === null || (await ledger.noteStands(receipt.noteId))) return receipt;
  } catch (error) {
    if (!(error instanceof LedgerError) || error.kind !== 'invalid') throw error;
    // the vendor may remember this key with other bytes, or with a refusal of its own
    const written = await findOurs(ledger, note);
    if (written !== null) return written;
  }
  const again = nextGeneration(note);
  await begin(again);
  return await ledger.writeNote(again);
}

async function findOurs(ledger: Ledger, note: PendingNote): Promise<NoteReceipt | null> {
  const found = (await ledger.notesOn(note.invoiceId)).find(({ text }) => isOurs(text, note));
  return found === undefined ? null : { noteId: found.noteId, existed: true };
}

async function refuse(duly: Duly, companyId: string, note: PendingNote, error: LedgerError): Promise<void> {
  const now = duly.clock.now();
  const fate = fateOf(error, note.attempts + 1, now);
  const why = `${error.kind.replaceAll('_', ' ')}: ${error.vendorSays}`;
  await inCompany(duly.db, companyId, async (tx) => {
    if (!error.outcomeUnknown) await wroteNothing(tx, companyId, note);
    if (fate.kind === 'again' && takesNothing(error)) await notesWait(tx, companyId, error, now);
    else if (fate.kind === 'skip') await noteSkipped(tx, companyId, note, fate.why, now);
    else await noteFailed(tx, companyId, note, why, fate.kind === 'again' ? fate.at : null, now);
  });
}
