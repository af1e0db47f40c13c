import { LedgerError } from '../../src/platform/errors.ts';
import { at, list, text } from '../../src/platform/json.ts';
import type { LedgerNote, NoteReceipt, NoteRequest } from '../../src/ports/ledger.ts';
import type { QuickBooksClient } from './client.ts';
import { fitNote } from './note-text.ts';
import { literal, pageSize, queryRows } from './query.ts';

/** Intuit's limit for a `requestid`. */
const requestIdLimit = 50;

/**
 * Puts a note on an invoice: an Attachable without a file, never sent along with the invoice. It leaves the invoice and
 * its SyncToken alone, so nobody's edit is in its way (WB-04). A repeat with the same key is answered by Intuit with
 * the first note, for a time that it doesn't state, even when that note was deleted since: ask `noteStands`. One
 * attempt. Throws LedgerError, with `outcomeUnknown` when the note may have been written, `gone` when the invoice is
 * not there any more.
 */
export async function writeNote(client: QuickBooksClient, note: NoteRequest): Promise<NoteReceipt> {
  const body = {
    AttachableRef: [{ IncludeOnSend: false, EntityRef: { type: 'Invoice', value: note.invoiceId } }],
    Note: fitNote(note.text, note.marker),
  };
  const requestid = note.idempotencyKey.slice(0, requestIdLimit);
  try {
    const answer = await client.post('attachable', { requestid }, body);
    return { noteId: text(at(answer, 'Attachable', 'Id')), existed: false };
  } catch (error) {
    // an invoice that is gone can also come as an invalid reference: the invoice itself tells
    if (error instanceof LedgerError && error.kind === 'invalid')
      await client.get(`invoice/${encodeURIComponent(note.invoiceId)}`);
    throw error;
  }
}

/** The notes on an invoice; reading the invoice itself never shows them. */
export async function notesOn(client: QuickBooksClient, invoiceId: string): Promise<readonly LedgerNote[]> {
  const where = `WHERE AttachableRef.EntityRef.Type = 'Invoice' AND AttachableRef.EntityRef.value = ${literal(invoiceId)}`;
  const notes: LedgerNote[] = [];
  for (let position = 1; ; position += pageSize) {
    const page = `${where} STARTPOSITION ${position} MAXRESULTS ${pageSize}`;
    const rows = await queryRows(client, 'Attachable', page);
    for (const row of rows)
      if (isOn(row, invoiceId))
        notes.push({ noteId: text(at(row, 'Id')), text: text(at(row, 'Note')) ?? '' });
    if (rows.length < pageSize) return notes;
  }
}

/** Whether the note with this id is there now. */
export async function noteStands(client: QuickBooksClient, noteId: string): Promise<boolean> {
  try {
    const answer = await client.get(`attachable/${encodeURIComponent(noteId)}`);
    return text(at(answer, 'Attachable', 'status')) !== 'Deleted';
  } catch (error) {
    if (error instanceof LedgerError && error.kind === 'gone') return false;
    throw error;
  }
}

/** Checked again here: a filter that the service ignored must not turn another invoice's note into this one's. */
function isOn(row: unknown, invoiceId: string): boolean {
  return list(at(row, 'AttachableRef')).some(
    (ref) =>
      text(at(ref, 'EntityRef', 'value')) === invoiceId && text(at(ref, 'EntityRef', 'type')) === 'Invoice',
  );
}
