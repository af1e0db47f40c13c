import { parseDay } from '../../src/domain/day.ts';
import { safeWebAddress } from '../../src/domain/web-address.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { at, list, object, text } from '../../src/platform/json.ts';
import { wholePdf } from '../../src/platform/pdf.ts';
import type { OnlineInvoice } from '../../src/ports/ledger.ts';
import type { QuickBooksClient } from './client.ts';
import { literal } from './query.ts';

/** Ids in one IN list: keeps the address well below every limit. */
export const linksACall = 100;

/**
 * Where customers see and pay these invoices: one read for up to a hundred, the rest is left out. A link is there only
 * when the company takes payments online and the invoice has a valid BillEmail. Intuit documents `include=invoiceLink`
 * for reading one invoice; whether a query heeds it is not said. If it doesn't, no row has a link: no button.
 */
export async function onlineInvoiceUrls(
  client: QuickBooksClient,
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, OnlineInvoice | null>> {
  const ids = [...new Set(invoiceIds)].slice(0, linksACall);
  if (ids.length === 0) return new Map();
  const query = `SELECT * FROM Invoice WHERE Id IN (${ids.map(literal).join(', ')}) MAXRESULTS ${linksACall}`;
  const response = at(await client.get('query', { query, include: 'invoiceLink' }), 'QueryResponse');
  if (object(response) === null)
    throw new LedgerError('unavailable', 'QuickBooks left out the query response');
  const rows = list(at(response, 'Invoice')).map((row) => [text(at(row, 'Id')), onlineOf(row)] as const);
  const found = new Map(rows.flatMap(([id, online]) => (id === null ? [] : [[id, online] as const])));
  // a deleted invoice does not come back: it has no page either
  return new Map(ids.map((id) => [id, found.get(id) ?? null]));
}

/** The invoice as QuickBooks prints it. Throws LedgerError, `unavailable` for anything but a whole PDF. */
export async function invoicePdf(client: QuickBooksClient, invoiceId: string): Promise<Uint8Array> {
  const path = `invoice/${encodeURIComponent(invoiceId)}/pdf`;
  return wholePdf(await client.getBytes(path, 'application/pdf'), 'QuickBooks');
}

function onlineOf(row: unknown): OnlineInvoice | null {
  const url = safeWebAddress(text(at(row, 'InvoiceLink')));
  // without an address to send it to, QuickBooks' own page asks for one instead of a payment
  if (url === null || text(at(row, 'BillEmail', 'Address')) === null) return null;
  const expires = text(at(row, 'InvoiceLinkExpiryDate'));
  const expiresOn = expires === null ? null : parseDay(expires.slice(0, 10));
  // an end that can't be read may have come already
  return expires !== null && expiresOn === null ? null : { url, expiresOn };
}
