import { at, list, text } from '../../src/platform/json.ts';
import type { NoteReceipt, NoteRequest } from '../../src/ports/ledger.ts';
import type { QuickBooksClient } from './client.ts';
import { carries, fitNote } from './note-text.ts';
import { literal, pageSize, queryRows } from './query.ts';

/** Intuit's limit for a `requestid`. */
const requestIdLimit = 50;

/**
 * Puts a note on an invoice: an Attachable without a file, never sent along with the invoice. A repeat with the same
 * key is answered by Intuit with the first note, for a time that it doesn't state; beyond it, ask `findNote` first.
 * One attempt. Throws LedgerError, with `outcomeUnknown` when the note may have been written.
 */
export async function writeNote(client: QuickBooksClient, note: NoteRequest): Promise<NoteReceipt> {
  const body = {
    AttachableRef: [{ IncludeOnSend: false, EntityRef: { type: 'Invoice', value: note.invoiceId } }],
    Note: fitNote(note.text, note.marker),
  };
  const requestid = note.idempotencyKey.slice(0, requestIdLimit);
  const answer = await client.post('attachable', { requestid }, body);
  return { noteId: text(at(answer, 'Attachable', 'Id')), existed: false };
}

/** The note on this invoice that carries the marker, or null. */
export async function findNote(
  client: QuickBooksClient,
  invoiceId: string,
  marker: string,
): Promise<NoteReceipt | null> {
  const where = `WHERE AttachableRef.EntityRef.Type = 'Invoice' AND AttachableRef.EntityRef.value = ${literal(invoiceId)}`;
  for (let position = 1; ; position += pageSize) {
    const page = `${where} STARTPOSITION ${position} MAXRESULTS ${pageSize}`;
    const rows = await queryRows(client, 'Attachable', page);
    const found = rows.find((row) => isOurs(row, invoiceId, marker));
    if (found !== undefined) return { noteId: text(at(found, 'Id')), existed: true };
    if (rows.length < pageSize) return null;
  }
}

/** Checked again here: a filter that the service ignored must not turn another invoice's note into this one's. */
function isOurs(row: unknown, invoiceId: string, marker: string): boolean {
  const onInvoice = list(at(row, 'AttachableRef')).some(
    (ref) =>
      text(at(ref, 'EntityRef', 'value')) === invoiceId && text(at(ref, 'EntityRef', 'type')) === 'Invoice',
  );
  return onInvoice && carries(text(at(row, 'Note')) ?? '', marker);
}
