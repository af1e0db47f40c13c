import type { SandboxCustomer, SandboxInvoice, SandboxLine } from '../../books/model.ts';
import { contactStub } from './contact.ts';
import { dayString, msDay, msInstant, utcString } from './dates.ts';
import type { Wire } from './envelope.ts';
import { guid } from './ids.ts';
import { amount } from './money.ts';

/** One amount set against an invoice, in the words Xero uses for its source. */
export interface AppliedPart {
  kind: 'payment' | 'credit_note' | 'overpayment' | 'prepayment';
  /** The payment's or the credit's id on the wire. */
  wireId: string;
  number?: string;
  reference?: string;
  date: string;
  amountMinor: number;
  /** Total of the credit it comes from; for a payment the amount itself. */
  sourceTotalMinor: number;
}

/** An invoice with everything its wire form is made of. */
export interface InvoiceFacts {
  /** ACCPAY: a bill, which the same endpoint serves. Absent: ACCREC. */
  type?: 'ACCREC' | 'ACCPAY';
  invoice: SandboxInvoice;
  customer: SandboxCustomer;
  parts: AppliedPart[];
  paidMinor: number;
  creditedMinor: number;
  dueMinor: number;
  /** UpdatedDateUTC as Xero would have it: it does not move with every edit (see watch.ts). ISO instant. */
  stampedAt: string;
  rate: number;
}

export type InvoiceStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'PAID' | 'VOIDED' | 'DELETED';

/** PAID and AUTHORISED are two views of one state: what is still due decides. */
export function invoiceStatus(facts: Pick<InvoiceFacts, 'invoice' | 'dueMinor'>): InvoiceStatus {
  const { status } = facts.invoice;
  if (status === 'draft') return 'DRAFT';
  if (status === 'submitted') return 'SUBMITTED';
  if (status === 'voided') return 'VOIDED';
  if (status === 'deleted') return 'DELETED';
  return facts.dueMinor === 0 ? 'PAID' : 'AUTHORISED';
}

/** How much of an invoice an answer shows: `summary` drops parts, lines and attachments, `short` only lines. */
export type InvoiceDetail = 'summary' | 'short' | 'full';

/** An invoice or a bill. VOIDED keeps its Total and has AmountDue 0. */
export function invoice(facts: InvoiceFacts, detail: InvoiceDetail): Wire {
  const { invoice: row } = facts;
  const money = (minor: number) => amount(minor, row.currency);
  return {
    Type: facts.type ?? 'ACCREC',
    InvoiceID: guid(row.id),
    InvoiceNumber: row.number ?? '',
    Reference: row.reference ?? '',
    ...(detail === 'summary' ? {} : partMembers(facts)),
    AmountDue: money(facts.dueMinor),
    AmountPaid: money(facts.paidMinor),
    AmountCredited: money(facts.creditedMinor),
    SentToContact: row.sentAt !== undefined,
    CurrencyRate: facts.rate,
    HasErrors: false,
    IsDiscounted: false,
    ...(detail === 'summary' ? {} : { HasAttachments: false }),
    Contact: contactStub(facts.customer),
    DateString: dayString(row.date),
    Date: msDay(row.date),
    ...(row.dueDate ? { DueDateString: dayString(row.dueDate), DueDate: msDay(row.dueDate) } : {}),
    Status: invoiceStatus(facts),
    LineAmountTypes: 'Exclusive',
    ...(detail === 'summary'
      ? {}
      : { LineItems: detail === 'full' ? row.lines.map((l, i) => line(row, l, i)) : [] }),
    SubTotal: money(row.totalMinor),
    TotalTax: money(0),
    Total: money(row.totalMinor),
    UpdatedDateUTC: msInstant(facts.stampedAt),
    UpdatedDateUTCString: utcString(facts.stampedAt),
    CurrencyCode: row.currency,
    ...fullyPaid(facts),
  };
}

/** The invoice as payments and allocations carry it. */
export function invoiceStub(row: SandboxInvoice, customer: SandboxCustomer, type = 'ACCREC'): Wire {
  return {
    Type: type,
    InvoiceID: guid(row.id),
    InvoiceNumber: row.number ?? '',
    Payments: [],
    CreditNotes: [],
    Prepayments: [],
    Overpayments: [],
    HasErrors: false,
    IsDiscounted: false,
    Contact: contactStub(customer),
    LineItems: [],
    CurrencyCode: row.currency,
  };
}

function line(row: SandboxInvoice, item: SandboxLine, at: number): Wire {
  return {
    Description: item.description,
    UnitAmount: amount(item.unitMinor, row.currency, 'long'),
    TaxType: 'NONE',
    TaxAmount: amount(0, row.currency),
    LineAmount: amount(item.amountMinor, row.currency),
    AccountCode: '200',
    Tracking: [],
    Quantity: item.quantity,
    LineItemID: guid(`${row.id}:line:${at}`),
    ValidationErrors: [],
  };
}

function partMembers(facts: InvoiceFacts): Wire {
  const { currency } = facts.invoice;
  const of = (kind: AppliedPart['kind']) => facts.parts.filter((part) => part.kind === kind);
  return {
    Payments: of('payment').map((part) => ({
      PaymentID: part.wireId,
      Date: msDay(part.date),
      Amount: amount(part.amountMinor, currency),
      ...(part.reference ? { Reference: part.reference } : {}),
      CurrencyRate: facts.rate,
      HasAccount: false,
      HasValidationErrors: false,
    })),
    CreditNotes: of('credit_note').map((part) => ({
      CreditNoteID: part.wireId,
      CreditNoteNumber: part.number ?? '',
      ID: part.wireId,
      HasErrors: false,
      ...creditPart(part, currency),
    })),
    Prepayments: of('prepayment').map((part) => ({
      PrepaymentID: part.wireId,
      ID: part.wireId,
      ...creditPart(part, currency),
    })),
    Overpayments: of('overpayment').map((part) => ({
      OverpaymentID: part.wireId,
      ID: part.wireId,
      ...creditPart(part, currency),
    })),
  };
}

function creditPart(part: AppliedPart, currency: string): Wire {
  return {
    AppliedAmount: amount(part.amountMinor, currency),
    DateString: dayString(part.date),
    Date: msDay(part.date),
    LineItems: [],
    Total: amount(part.sourceTotalMinor, currency),
  };
}

function fullyPaid(facts: InvoiceFacts): Wire {
  const last = facts.parts
    .map((part) => part.date)
    .sort()
    .at(-1); // prettier-ignore
  return invoiceStatus(facts) === 'PAID' ? { FullyPaidOnDate: msDay(last ?? facts.invoice.date) } : {};
}
