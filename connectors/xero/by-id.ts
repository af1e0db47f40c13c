import { LedgerError } from '../../src/platform/errors.ts';
import { at, list, text, whole } from '../../src/platform/json.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { CustomerRows, InvoiceRows } from '../../src/ports/ledger.ts';
import type { XeroClient } from './client.ts';
import { contactStage, invoiceStage, type Stage } from './stages.ts';

/** As many ids as fit into an address. */
export const idsPerRead = 40;

/** At most `idsPerRead` invoices by id, whatever their stamp says; one that is missing in the answer is gone. */
export async function invoicesByIds(
  client: XeroClient,
  clock: Clock,
  ids: readonly string[],
): Promise<InvoiceRows> {
  const rows = await byIds(client, invoiceStage, ids, { summaryOnly: 'true' });
  const found = new Set(rows.map((row) => text(at(row, 'InvoiceID'))?.toLowerCase()));
  const changedAt = clock.now().toISOString();
  const removed = ids
    .filter((id) => !found.has(id.toLowerCase()))
    .map((id) => ({ kind: 'invoice' as const, id, changedAt }));
  const { invoices, rejected } = invoiceStage.parse(rows);
  return { invoices, rejected, removed };
}

/** Any number of invoices by id. Throws LedgerError. */
export async function readInvoices(
  client: XeroClient,
  clock: Clock,
  ids: readonly string[],
): Promise<InvoiceRows> {
  const parts: InvoiceRows[] = [];
  for (const some of portions(ids)) parts.push(await invoicesByIds(client, clock, some));
  return {
    invoices: parts.flatMap((part) => part.invoices),
    removed: parts.flatMap((part) => part.removed),
    rejected: parts.flatMap((part) => part.rejected),
  };
}

/** Contacts by id, archived ones included. Throws LedgerError. */
export async function readCustomers(client: XeroClient, ids: readonly string[]): Promise<CustomerRows> {
  const rows: unknown[] = [];
  for (const some of portions(ids))
    rows.push(...(await byIds(client, contactStage, some, contactStage.query)));
  const { customers, rejected } = contactStage.parse(rows);
  return { customers, rejected };
}

/**
 * Without a list in the answer, or with fewer rows in it than it promises, nobody knows whether rows are gone:
 * LedgerError, never "none". Xero may give smaller pages than it was asked for.
 */
async function byIds(
  client: XeroClient,
  stage: Stage,
  ids: readonly string[],
  also: Readonly<Record<string, string>>,
): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const query = { ...also, IDs: ids.join(','), page: String(page), pageSize: String(idsPerRead) };
    const body = await client.get(stage.list, { query });
    if (!Array.isArray(at(body, stage.list)))
      throw new LedgerError('unavailable', `Xero left out the list of ${stage.label}`);
    const found = list(at(body, stage.list));
    pages = found.length === 0 ? page : (whole(at(body, 'pagination', 'pageCount')) ?? page);
    rows.push(...found);
    const promised = whole(at(body, 'pagination', 'itemCount')) ?? 0;
    if (page >= pages && rows.length < promised)
      throw new LedgerError('unavailable', `Xero left out some ${stage.label} that it promised`);
  }
  return rows;
}

function* portions(ids: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < ids.length; from += idsPerRead) yield ids.slice(from, from + idsPerRead);
}
