import { at, text } from '../../src/platform/json.ts';
import type { CustomerRows, InvoiceRows, Known } from '../../src/ports/ledger.ts';
import type { QuickBooksClient } from './client.ts';
import { type Place, start } from './cursor.ts';
import { readPage, rowsByIds } from './query.ts';
import { addRows, noRows } from './rows.ts';

/** Every invoice with something owing, page by page, in the order of Id. Throws LedgerError. */
export async function* readOpenInvoices(
  client: QuickBooksClient,
  now: () => Date,
  known: Known,
): AsyncGenerator<InvoiceRows> {
  for (let place: Place | null = start; place !== null; ) {
    const page = await readPage(client, 'Invoice', "WHERE Balance > '0'", place);
    yield parsed(page.rows, now(), known);
    place = page.next;
  }
}

/** These invoices as they are now; deleted ones don't come back and are `removed`. Throws LedgerError. */
export async function readInvoices(
  client: QuickBooksClient,
  now: () => Date,
  ids: readonly string[],
  known: Known,
): Promise<InvoiceRows> {
  const raws = await rowsByIds(client, 'Invoice', ids);
  const found = new Set(raws.map((raw) => text(at(raw, 'Id'))));
  const changedAt = now().toISOString();
  const removed = ids
    .filter((id) => !found.has(id))
    .map((id) => ({ kind: 'invoice' as const, id, changedAt }));
  const rows = parsed(raws, now(), known);
  return { ...rows, removed: [...rows.removed, ...removed] };
}

/** These customers as they are now, inactive ones included. Throws LedgerError. */
export async function readCustomers(
  client: QuickBooksClient,
  now: () => Date,
  ids: readonly string[],
  known: Known,
): Promise<CustomerRows> {
  const rows = noRows();
  const raws = await rowsByIds(client, 'Customer', ids, 'Active IN (true, false) AND ');
  addRows(rows, 'Customer', raws, known.baseCurrency, now().toISOString(), known.terms);
  return rows;
}

function parsed(raws: readonly unknown[], readAt: Date, known: Known): InvoiceRows {
  const rows = noRows();
  addRows(rows, 'Invoice', raws, known.baseCurrency, readAt.toISOString(), known.terms);
  return rows;
}
