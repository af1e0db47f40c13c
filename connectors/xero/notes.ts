import { LedgerError } from '../../src/platform/errors.ts';
import { at, list, text } from '../../src/platform/json.ts';
import type { LedgerNote, NoteReceipt, NoteRequest } from '../../src/ports/ledger.ts';
import type { XeroClient } from './client.ts';
import { noteText } from './note-text.ts';

function invoiceAt(invoiceId: string): string {
  return `Invoices/${encodeURIComponent(invoiceId)}`;
}

/**
 * Writes one history note. It can never be changed or deleted in Xero. The key makes a repetition with the same bytes
 * within about six minutes harmless; after that the caller looks with `notesOn` first. Xero gives a note no id. Throws
 * LedgerError, with `outcomeUnknown` when the note may have been written, `gone` when the invoice is not there any more.
 */
export async function writeNote(client: XeroClient, note: NoteRequest): Promise<NoteReceipt> {
  try {
    return await put(client, note);
  } catch (error) {
    if (error instanceof LedgerError && error.kind === 'invalid') await mustBeThere(client, note.invoiceId);
    throw error;
  }
}

async function put(client: XeroClient, note: NoteRequest): Promise<NoteReceipt> {
  const body = { HistoryRecords: [{ Details: noteText(note.text, note.marker) }] };
  const answer = await client.put(`${invoiceAt(note.invoiceId)}/History`, body, note.idempotencyKey);
  const errors = list(at(list(at(answer, 'HistoryRecords'))[0], 'ValidationErrors'));
  if (errors.length > 0) {
    const says = errors.map((error) => text(at(error, 'Message'))).filter((message) => message !== null);
    throw new LedgerError('invalid', says.join(' ').slice(0, 500) || 'Xero refused the note');
  }
  return { noteId: null, existed: false };
}

/** Xero refuses a note on an invoice that is gone with the same status as a wrong one: the invoice itself tells. */
async function mustBeThere(client: XeroClient, invoiceId: string): Promise<void> {
  const invoice = list(at(await client.get(invoiceAt(invoiceId)), 'Invoices'))[0];
  if (text(at(invoice, 'Status')) === 'DELETED')
    throw new LedgerError('gone', 'the invoice was deleted in Xero');
}

/** The notes among an invoice's history, those of people included. Throws LedgerError. */
export async function notesOn(client: XeroClient, invoiceId: string): Promise<readonly LedgerNote[]> {
  const records = list(at(await client.get(`${invoiceAt(invoiceId)}/History`), 'HistoryRecords'));
  return records.flatMap((record) => {
    const details = text(at(record, 'Details'));
    return details === null ? [] : [{ noteId: null, text: details }];
  });
}
