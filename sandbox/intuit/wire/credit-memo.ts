import type { SandboxCredit } from '../../books/model.ts';
import type { BookView } from '../book-view.ts';
import { homeMinor } from './amounts.ts';
import { salesLines } from './lines.ts';
import { amountsIn, currencyPart, customerRef, head, present, type Wire } from './shared.ts';

/** A credit memo; `RemainingCredit` is what no payment has applied yet. */
export function creditMemoWire(row: SandboxCredit, view: BookView): Wire {
  const money = amountsIn(row.currency);
  const voided = row.status === 'voided';
  const rest = view.restMinor('credit', row);
  const home = amountsIn(view.home);
  return present({
    ...head(row, view),
    DocNumber: row.number,
    TxnDate: row.date,
    ...currencyPart(row.currency, view),
    CustomerRef: customerRef(row.customerId, view),
    EmailStatus: 'NotSet',
    PrintStatus: 'NotSet',
    ApplyTaxAfterDiscount: false,
    PrivateNote: voided ? 'Voided' : undefined,
    Line: salesLines([], row.totalMinor, row.currency, voided),
    TxnTaxDetail: { TotalTax: 0 },
    TotalAmt: voided ? 0 : money(row.totalMinor),
    RemainingCredit: money(rest),
    Balance: money(rest),
    ...(view.multiCurrency && {
      HomeTotalAmt: home(voided ? 0 : homeMinor(row.totalMinor, row.currency, view.home)),
      HomeBalance: home(homeMinor(rest, row.currency, view.home)),
    }),
  });
}
