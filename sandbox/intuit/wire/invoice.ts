import type { SandboxInvoice } from '../../books/model.ts';
import type { BookView } from '../book-view.ts';
import { homeMinor } from './amounts.ts';
import { salesLines } from './lines.ts';
import { address, amountsIn, currencyPart, customerRef, head, present, type Wire } from './shared.ts';
import { stamp } from './stamps.ts';
import { termRef } from './term.ts';

/** An invoice as QuickBooks prints it. A voided one keeps its id, its amounts are zero and no flag says so. */
export function invoiceWire(row: SandboxInvoice, view: BookView): Wire {
  const money = amountsIn(row.currency);
  const voided = row.status === 'voided';
  const balance = view.balanceMinor(row);
  const customer = view.customer(row.customerId);
  const email = row.billEmail ?? customer.email;
  return present({
    ...head(row, view),
    DocNumber: row.number,
    TxnDate: row.date,
    DueDate: row.dueDate,
    ...currencyPart(row.currency, view),
    CustomerRef: customerRef(row.customerId, view),
    BillAddr: address(customer.address, `2${customer.id}`),
    ...(email && { BillEmail: { Address: email } }),
    SalesTermRef: termRef(customer.termsDays),
    ...sending(row, view),
    PrintStatus: 'NotSet',
    AllowOnlineACHPayment: view.settings.paymentsOn,
    AllowOnlineCreditCardPayment: view.settings.paymentsOn,
    ApplyTaxAfterDiscount: false,
    CustomerMemo: { value: 'Thank you for your business.' },
    PrivateNote: voided ? ['Voided', row.privateNote].filter(Boolean).join(' - ') : row.privateNote,
    Line: salesLines(row.lines, row.totalMinor, row.currency, voided),
    LinkedTxn: voided ? [] : linkedTxns(row, view),
    TxnTaxDetail: { TotalTax: 0 },
    Deposit: 0,
    TotalAmt: voided ? 0 : money(row.totalMinor),
    Balance: money(balance),
    ...homeAmounts(row, balance, view),
    ...(view.links && invoiceLink(row, view)),
  });
}

/** The payments behind the balance. A credit memo is seen through the zero payment that applies it. */
function linkedTxns(row: SandboxInvoice, view: BookView): Wire[] {
  const ids = view
    .allocations('invoice', row.id)
    .map((one) => (one.sourceKind === 'payment' ? one.sourceId : one.id));
  return [...new Set(ids)].map((TxnId) => ({ TxnId, TxnType: 'Payment' }));
}

function sending(row: SandboxInvoice, view: BookView): Wire {
  if (row.sentAt === undefined) return { EmailStatus: 'NotSet' };
  return {
    EmailStatus: 'EmailSent',
    DeliveryInfo: { DeliveryType: 'Email', DeliveryTime: stamp(row.sentAt, view.zone) },
  };
}

function homeAmounts(row: SandboxInvoice, balance: number, view: BookView): Wire {
  if (!view.multiCurrency) return {};
  const home = amountsIn(view.home);
  const total = row.status === 'voided' ? 0 : row.totalMinor;
  return {
    HomeTotalAmt: home(homeMinor(total, row.currency, view.home)),
    HomeBalance: home(homeMinor(balance, row.currency, view.home)),
  };
}

/** `InvoiceLink`: only for an open invoice with one valid address while the company takes online payments. */
function invoiceLink(row: SandboxInvoice, view: BookView): Wire {
  const email = row.billEmail ?? view.customer(row.customerId).email ?? '';
  const addresses = email.split(',').map((one) => one.trim());
  const valid = addresses.every((one) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(one));
  if (!view.settings.paymentsOn || row.status !== 'open' || !valid) return {};
  return { InvoiceLink: `${view.publicUrl}/intuit/portal/${view.companyId}/${row.id}` };
}
