import type { Currency } from '../../src/domain/currency.ts';
import { sumMinor } from '../../src/domain/money.ts';
import type { InvoiceRows, LedgerReceivable, LedgerReceivables } from '../../src/ports/ledger.ts';
import type { XeroClient } from './client.ts';
import { creditStages, invoiceStage, type Rows, type Stage } from './stages.ts';
import { nextPlace, type Place, readPage, startOf } from './walk.ts';

/**
 * What each customer owes by Xero's own figures, per currency: AmountDue of its open invoices less RemainingCredit
 * of its open credits (R15). Not `Contact.Balances`: those are in the base currency only, treat credits differently
 * from the report, and stay behind. Who has a row that can't be read is named as such: a sum of the others would be
 * wrong. Throws LedgerError.
 */
export async function readReceivables(client: XeroClient): Promise<LedgerReceivables> {
  // by id: a row at the seam of two pages comes twice
  const owed = new Map<string, LedgerReceivable>();
  const unread = new Set<string>();
  for (const stage of [invoiceStage, ...creditStages].map(onlyOpen)) {
    for await (const rows of everyPage(client, stage)) {
      for (const { customerId } of rows.rejected) if (customerId !== null) unread.add(customerId);
      for (const one of rows.invoices) {
        if (one.status === 'open') owed.set(one.invoiceId, due(one.customerId, one.currency, one.openMinor));
      }
      for (const one of rows.credits) {
        if (one.status === 'open')
          owed.set(one.creditId, due(one.customerId, one.currency, -one.remainingMinor));
      }
    }
  }
  const groups = Map.groupBy(owed.values(), (one) => `${one.customerId} ${one.currency}`);
  const sums = [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map((first) => ({ ...first, minor: sumMinor(group.map((one) => one.minor)) })),
  );
  return { sums, unread: [...unread] };
}

function due(customerId: string, currency: Currency, minor: number): LedgerReceivable {
  return { customerId, currency, minor };
}

/** AUTHORISED is Xero's word for approved and not yet settled. */
function onlyOpen(stage: Stage): Stage {
  const open = 'Status=="AUTHORISED"';
  const { where } = stage.query;
  return { ...stage, query: { ...stage.query, where: where === undefined ? open : `${where} AND ${open}` } };
}

/** Every approved invoice that is not settled, page by page, for the weekly sweep. Throws LedgerError. */
export async function* readOpenInvoices(client: XeroClient): AsyncIterable<InvoiceRows> {
  const open = { ...invoiceStage, query: { ...invoiceStage.query, Statuses: 'AUTHORISED' } };
  for await (const { invoices, rejected } of everyPage(client, open))
    yield { invoices, rejected, removed: [] };
}

async function* everyPage(client: XeroClient, stage: Stage): AsyncIterable<Rows> {
  let place: Place | null = startOf(null);
  while (place !== null) {
    const raw = await readPage(client, stage, place);
    place = nextPlace(place, raw);
    yield stage.parse(raw.rows);
  }
}
