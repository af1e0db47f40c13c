import type { BookView } from '../book-view.ts';
import { amount } from '../wire/amounts.ts';
import { creditApplicationWire, paymentWire } from '../wire/payment.ts';
import { type Item, itemOf } from './entity.ts';

/**
 * Everything QuickBooks calls a Payment: money received, money received ahead (Xero's over- and prepayments),
 * and the payments of nothing that set a credit memo against an invoice.
 */
export function paymentItems(view: BookView): Item[] {
  const items: Item[] = [];
  for (const row of [...view.books.payments(view.companyId), ...aheads(view)]) {
    const voided = row.status === 'voided';
    const reference = 'reference' in row ? row.reference : undefined;
    items.push(
      itemOf(
        row,
        row.status === 'deleted',
        (property) => {
          if (property === 'TxnDate') return row.date;
          if (property === 'CustomerRef') return row.customerId;
          if (property === 'PaymentRefNum') return reference;
          return amount(voided ? 0 : row.totalMinor, row.currency);
        },
        () => paymentWire(row, view),
      ),
    );
  }
  return [...items, ...applications(view), ...view.removedApplications.map(gone)];
}

function aheads(view: BookView) {
  return view.books.credits(view.companyId).filter((row) => row.kind !== 'credit_note');
}

function applications(view: BookView): Item[] {
  const items: Item[] = [];
  for (const one of view.books.allocations(view.companyId)) {
    if (one.sourceKind !== 'credit') continue;
    const credit = view.books.credit(view.companyId, one.sourceId);
    if (credit.kind !== 'credit_note' || credit.status !== 'open') continue;
    items.push(
      itemOf(
        one,
        false,
        (property) => {
          if (property === 'TxnDate') return one.date;
          if (property === 'CustomerRef') return credit.customerId;
          return property === 'TotalAmt' ? 0 : undefined;
        },
        () => creditApplicationWire(one, credit, view),
      ),
    );
  }
  return items;
}

function gone({ id, removedAt }: { readonly id: string; readonly removedAt: string }): Item {
  const row = { id, version: 0, createdAt: removedAt, updatedAt: removedAt };
  return itemOf(
    row,
    true,
    () => undefined,
    () => ({}),
  );
}
