import { safeWebAddress } from '../../src/domain/web-address.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { at, list, text } from '../../src/platform/json.ts';
import { wholePdf } from '../../src/platform/pdf.ts';
import type { OnlineInvoice } from '../../src/ports/ledger.ts';
import type { XeroClient } from './client.ts';

export const linksACall = 1;
/** Calls for links in one go: a third of what Xero allows in a minute, so that reading and notes go on. */
const callsInOneGo = 20;
const callsAtOnce = 5;

/**
 * Where customers see and pay these invoices: one call each, for the first twenty; the rest is left out. Drafts, void
 * invoices and those that are gone have no page. What was learned before Xero refused or failed is kept, unless a person
 * must reconnect: that is always said.
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
    const reasons: readonly unknown[] = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason] : [],
    );
    const grave = reasons.find(mustBeKnown);
    if (grave !== undefined) throw grave;
    if (reasons.length === 0) continue;
    if (found.size === 0) throw reasons[0];
    break;
  }
  return found;
}

/** Not a refusal of this question only, which costs a button: a lost connection, or a fault of ours. */
function mustBeKnown(reason: unknown): boolean {
  return !(reason instanceof LedgerError) || reason.kind === 'reconnect_needed';
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
