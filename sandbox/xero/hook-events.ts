import type { BooksApi, BooksEvent } from '../books/model.ts';
import { guid } from './wire/ids.ts';
import type { WebhookEvent } from './wire/webhook.ts';

const CREDITS = {
  credit_note: ['CREDITNOTE', 'ACCRECCREDIT'],
  prepayment: ['PREPAYMENT', 'RECEIVE-PREPAYMENT'],
  overpayment: ['OVERPAYMENT', 'RECEIVE-OVERPAYMENT'],
} as const;

/**
 * What Xero says of a change: an invoice for every payment and allocation on it, as there is no category for
 * payments; no deletes. `touched`: the invoices that the change reached.
 */
export function eventsOf(
  books: BooksApi,
  event: BooksEvent,
  touched: readonly string[],
  noteRings: boolean,
): WebhookEvent[] {
  const type = event.verb === 'created' ? 'CREATE' : 'UPDATE';
  const common = { tenantId: event.companyId, at: event.at };
  const invoices = new Set(touched);
  const found: WebhookEvent[] = [];
  if (event.entity === 'note' && noteRings) {
    const note = books.notes(event.companyId).find((each) => each.id === event.id);
    if (note) invoices.add(note.invoiceId);
  }
  if (event.entity === 'customer')
    found.push({ ...common, category: 'CONTACT', type, resourceId: guid(event.id) });
  for (const id of invoices) {
    const isNew = event.entity === 'invoice' && event.id === id;
    found.push({ ...common, category: 'INVOICE', type: isNew ? type : 'UPDATE', resourceId: guid(id) });
  }
  if (event.entity === 'credit') found.push({ ...common, ...ofCredit(books, event), type });
  return found;
}

function ofCredit(books: BooksApi, { companyId, id }: BooksEvent) {
  const row = books.credit(companyId, id);
  const [category, Type] = CREDITS[row.kind];
  const left = books.unallocatedMinor(companyId, 'credit', id);
  const open = left === 0 ? 'PAID' : 'AUTHORISED';
  const data = { Type, Status: row.status === 'open' ? open : row.status.toUpperCase() };
  return { category, resourceId: guid(row.id), ...(row.kind === 'credit_note' ? { data } : {}) };
}
