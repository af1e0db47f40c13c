import { LedgerError } from '../../src/platform/errors.ts';
import { at, list, text } from '../../src/platform/json.ts';
import type { NoteReceipt, NoteRequest } from '../../src/ports/ledger.ts';
import type { XeroClient } from './client.ts';
import { noteText } from './note-text.ts';

function historyOf(invoiceId: string): string {
  return `Invoices/${encodeURIComponent(invoiceId)}/History`;
}

/**
 * Writes one history note. It can never be changed or deleted in Xero. The key makes a repetition within about six
 * minutes harmless; after that the caller looks with `findNote` first. Xero gives a note no id. Throws LedgerError,
 * with `outcomeUnknown` when the note may have been written.
 */
export async function writeNote(client: XeroClient, note: NoteRequest): Promise<NoteReceipt> {
  const body = { HistoryRecords: [{ Details: noteText(note.text, note.marker) }] };
  const answer = await client.put(historyOf(note.invoiceId), body, note.idempotencyKey);
  const errors = list(at(list(at(answer, 'HistoryRecords'))[0], 'ValidationErrors'));
  if (errors.length > 0) {
    const says = errors.map((error) => text(at(error, 'Message'))).filter((message) => message !== null);
    throw new LedgerError('invalid', says.join(' ').slice(0, 500) || 'Xero refused the note');
  }
  return { noteId: null, existed: false };
}

/** Looks for the marker among the invoice's history; null when it isn't there. Throws LedgerError. */
export async function findNote(
  client: XeroClient,
  invoiceId: string,
  marker: string,
): Promise<NoteReceipt | null> {
  const records = list(at(await client.get(historyOf(invoiceId)), 'HistoryRecords'));
  const found = records.some((record) => text(at(record, 'Details'))?.includes(marker));
  return found ? { noteId: null, existed: true } : null;
}
