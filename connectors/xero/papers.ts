import { safeWebAddress } from '../../src/domain/web-address.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { at, list, text } from '../../src/platform/json.ts';
import { wholePdf } from '../../src/platform/pdf.ts';
import type { OnlineInvoice } from '../../src/ports/ledger.ts';
import type { XeroClient } from './client.ts';

/** Calls for links in one go: two thirds of what Xero allows in a minute, so that reading and notes go on. */
const callsInOneGo = 40;
const callsAtOnce = 5;

/**
 * Where customers see and pay these invoices: one call each, for the first forty; the rest is left out. Drafts, void
 * invoices and those that are gone have no page. What was learned before Xero refused or failed is kept.
 */
export async function onlineInvoiceUrls(
  client: XeroClient,
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, OnlineInvoice | null>> {
  const ids = [...new Set(invoiceIds)].slice(0, callsInOneGo);
  const found = new Map<string, OnlineInvoice | null>();
  for (let from = 0; from < ids.length; from += callsAtOnce) {
    const some = ids.slice(from, from + callsAtOnce);
    const results = await Promise.allSettled(some.map((id) => onlineInvoice(client, id)));
    for (const [position, result] of results.entries()) {
      const id = some[position];
      if (result.status === 'fulfilled' && id !== undefined) found.set(id, result.value);
    }
    const failed = results.find((result) => result.status === 'rejected');
    if (failed === undefined) continue;
    if (found.size === 0 || !(failed.reason instanceof LedgerError)) throw failed.reason;
    break;
  }
  return found;
}

/** The invoice as Xero prints it. Throws LedgerError, `unavailable` for anything but a whole PDF. */
export async function invoicePdf(client: XeroClient, invoiceId: string): Promise<Uint8Array> {
  const path = `Invoices/${encodeURIComponent(invoiceId)}`;
  return wholePdf(await client.getBytes(path, 'application/pdf'), 'Xero');
}

async function onlineInvoice(client: XeroClient, invoiceId: string): Promise<OnlineInvoice | null> {
  try {
    const answer = await client.get(`Invoices/${encodeURIComponent(invoiceId)}/OnlineInvoice`);
    const url = safeWebAddress(text(at(list(at(answer, 'OnlineInvoices'))[0], 'OnlineInvoiceUrl')));
    return url === null ? null : { url, expiresOn: null };
  } catch (error) {
    if (error instanceof LedgerError && (error.kind === 'gone' || error.kind === 'invalid')) return null;
    throw error;
  }
}
