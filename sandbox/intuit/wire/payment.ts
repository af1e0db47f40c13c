import { decimalsOf } from '../../books/decimals.ts';
import type { SandboxAllocation, SandboxCredit, SandboxPayment } from '../../books/model.ts';
import type { BookView } from '../book-view.ts';
import { amount } from './amounts.ts';
import { amountsIn, currencyPart, customerRef, head, present, type Wire } from './shared.ts';

/** Money received, with one line for every invoice it is set against. */
export function paymentWire(row: SandboxPayment | SandboxCredit, view: BookView): Wire {
  const money = amountsIn(row.currency);
  const voided = row.status === 'voided';
  const kind = 'kind' in row ? 'credit' : 'payment';
  const lines = voided
    ? []
    : view.allocations(kind, row.id).map((one) => invoiceLine(one, row.currency, view));
  return present({
    ...head(row, view),
    TxnDate: row.date,
    ...currencyPart(row.currency, view),
    CustomerRef: customerRef(row.customerId, view),
    DepositToAccountRef: { value: '4' },
    PaymentRefNum: 'reference' in row ? row.reference : undefined,
    PrivateNote: voided ? 'Voided' : undefined,
    ProcessPayment: false,
    TotalAmt: voided ? 0 : money(row.totalMinor),
    UnappliedAmt: voided ? 0 : money(view.restMinor(kind, row)),
    Line: lines,
  });
}

/** A credit memo set against an invoice: in QuickBooks a payment of nothing, with a line for each of the two. */
export function creditApplicationWire(one: SandboxAllocation, credit: SandboxCredit, view: BookView): Wire {
  const invoice = invoiceLine(one, credit.currency, view);
  return {
    ...head(one, view),
    TxnDate: one.date,
    ...currencyPart(credit.currency, view),
    CustomerRef: customerRef(credit.customerId, view),
    DepositToAccountRef: { value: '4' },
    ProcessPayment: false,
    TotalAmt: 0,
    UnappliedAmt: 0,
    Line: [invoice, { Amount: invoice.Amount, LinkedTxn: [{ TxnId: credit.id, TxnType: 'CreditMemo' }] }],
  };
}

function invoiceLine(one: SandboxAllocation, currency: string, view: BookView): Wire {
  const invoice = view.books.invoice(view.companyId, one.invoiceId);
  const before = view.balanceMinor(invoice) + one.amountMinor;
  return {
    Amount: amount(one.amountMinor, currency),
    LinkedTxn: [{ TxnId: one.invoiceId, TxnType: 'Invoice' }],
    LineEx: {
      any: [
        nameValue('txnId', one.invoiceId),
        nameValue('txnOpenBalance', amount(before, currency).toFixed(decimalsOf(currency))),
        ...(invoice.number === undefined ? [] : [nameValue('txnReferenceNumber', invoice.number)]),
      ],
    },
  };
}

function nameValue(Name: string, Value: string): Wire {
  return {
    name: '{http://schema.intuit.com/finance/v3}NameValue',
    declaredType: 'com.intuit.schema.finance.v3.NameValue',
    scope: 'javax.xml.bind.JAXBElement$GlobalScope',
    value: { Name, Value },
    nil: false,
    globalScope: true,
    typeSubstituted: false,
  };
}
