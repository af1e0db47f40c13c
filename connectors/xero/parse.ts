import type {
  Allocation,
  Credit,
  Invoice,
  InvoiceStatus,
  Payment,
  RejectedRow,
  RowKind,
} from '../../src/domain/books.ts';
import type { Currency } from '../../src/domain/currency.ts';
import { at, flag, list, shown, text } from '../../src/platform/json.ts';
import {
  optionalDay,
  RowFault,
  requireAmount,
  requireCurrency,
  requireDay,
  requireInstant,
  requireMoney,
  requireText,
} from './wire.ts';

/** A row of Xero's as a value of ours; null: not about receivables (a bill, money paid out), so silently ignored. */
export type Parsed<T> = { readonly row: T } | { readonly rejected: RejectedRow } | null;

/** Xero has no change token; its stamp is all there is. */
export const noVersion = '';

const invoiceStatuses: Readonly<Record<string, InvoiceStatus>> = {
  DRAFT: 'draft',
  SUBMITTED: 'draft',
  AUTHORISED: 'open',
  PAID: 'closed',
  VOIDED: 'void',
  DELETED: 'deleted',
};

/** Reads one row alone: what is wrong with it becomes a rejection, never an exception (R8). */
export function alone<T>(kind: RowKind, idName: string, row: unknown, read: () => T | null): Parsed<T> {
  try {
    const value = read();
    return value === null ? null : { row: value };
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    const customerId =
      text(at(row, 'Contact', 'ContactID')) ?? text(at(row, 'Invoice', 'Contact', 'ContactID'));
    return { rejected: { kind, id: text(at(row, idName)), customerId, reason: error.message } };
  }
}

/** An invoice of `/Invoices`; null for a supplier's bill (ACCPAY). */
export function parseInvoice(row: unknown): Parsed<Invoice> {
  return alone('invoice', 'InvoiceID', row, () => {
    if (text(at(row, 'Type')) === 'ACCPAY') return null;
    requireOneOf(row, 'Type', { ACCREC: true });
    const currency = requireCurrency(row, 'CurrencyCode');
    return {
      invoiceId: requireText(row, 'InvoiceID'),
      number: text(at(row, 'InvoiceNumber')),
      customerId: requireText(row, 'Contact', 'ContactID'),
      issuedOn: requireDay(row, 'Date'),
      dueOn: optionalDay(row, 'DueDate'),
      currency,
      totalMinor: requireAmount(row, 'Total', currency),
      openMinor: requireAmount(row, 'AmountDue', currency),
      status: requireOneOf(row, 'Status', invoiceStatuses),
      sent: sent(flag(at(row, 'SentToContact'))),
      // whether is all that Xero tells, not when
      sentAt: null,
      reference: text(at(row, 'Reference')),
      // a due date is all that Xero keeps of an invoice's terms
      terms: null,
      // Xero sends to the contact's addresses: an invoice has none of its own
      emails: [],
      changedAt: requireInstant(row, 'UpdatedDateUTC'),
      version: noVersion,
    };
  });
}

function sent(flagged: boolean | null): Invoice['sent'] {
  if (flagged === null) return 'unknown';
  return flagged ? 'yes' : 'no';
}

/**
 * A payment of `/Payments`: always against exactly one document, in that document's currency, so nothing of it is
 * ever unapplied (what is left over becomes an overpayment). Null for bills, and for money paid back to a customer
 * out of a credit: the credit itself then states what remains of it.
 */
export function parsePayment(row: unknown): Parsed<Payment> {
  return alone('payment', 'PaymentID', row, () => {
    if (!isReceipt(row)) return null;
    const currency = requireCurrency(row, 'Invoice', 'CurrencyCode');
    const totalMinor = requireMoney(row, 'Amount', currency);
    return {
      paymentId: requireText(row, 'PaymentID'),
      customerId: text(at(row, 'Invoice', 'Contact', 'ContactID')),
      paidOn: requireDay(row, 'Date'),
      currency,
      totalMinor,
      unappliedMinor: 0,
      status: requireOneOf(row, 'Status', { AUTHORISED: 'valid', DELETED: 'deleted' } as const),
      allocations: [{ invoiceId: requireText(row, 'Invoice', 'InvoiceID'), amountMinor: totalMinor }],
      changedAt: requireInstant(row, 'UpdatedDateUTC'),
      version: noVersion,
    };
  });
}

function isReceipt(row: unknown): boolean {
  const type = text(at(row, 'PaymentType'));
  if (type !== null) return type === 'ACCRECPAYMENT';
  const against = text(at(row, 'Invoice', 'Type'));
  if (against === null) throw new RowFault('PaymentType is missing');
  return against === 'ACCREC';
}

interface CreditForm {
  readonly kind: Credit['kind'];
  readonly id: string;
  /** The types that are the customer's credit; every other one is the business's own with its suppliers. */
  readonly types: readonly string[];
}

/** The three papers of Xero that are a credit of the customer (R4), by the name of their list. */
export const creditForms = {
  CreditNotes: { kind: 'credit_note', id: 'CreditNoteID', types: ['ACCRECCREDIT'] },
  Overpayments: { kind: 'overpayment', id: 'OverpaymentID', types: ['RECEIVE-OVERPAYMENT', 'AROVERPAYMENT'] },
  Prepayments: { kind: 'prepayment', id: 'PrepaymentID', types: ['RECEIVE-PREPAYMENT', 'ARPREPAYMENT'] },
} as const satisfies Record<string, CreditForm>;

/** A row of `/CreditNotes`, `/Overpayments` or `/Prepayments`; null for the payables' side of the same list. */
export function parseCredit(form: CreditForm, row: unknown): Parsed<Credit> {
  return alone('credit', form.id, row, () => {
    if (!form.types.includes(requireText(row, 'Type'))) return null;
    const currency = requireCurrency(row, 'CurrencyCode');
    return {
      creditId: requireText(row, form.id),
      kind: form.kind,
      customerId: requireText(row, 'Contact', 'ContactID'),
      issuedOn: requireDay(row, 'Date'),
      currency,
      totalMinor: requireMoney(row, 'Total', currency),
      remainingMinor: requireMoney(row, 'RemainingCredit', currency),
      status: requireOneOf(row, 'Status', invoiceStatuses),
      allocations: allocations(row, currency),
      changedAt: requireInstant(row, 'UpdatedDateUTC'),
      version: noVersion,
    };
  });
}

function allocations(row: unknown, currency: Currency): Allocation[] {
  // an allocation that was taken back stays in the list, marked
  const standing = list(at(row, 'Allocations')).filter((part) => flag(at(part, 'IsDeleted')) !== true);
  return standing.map((part) => ({
    invoiceId: requireText(part, 'Invoice', 'InvoiceID'),
    amountMinor: requireMoney(part, 'Amount', currency),
  }));
}

/** The meaning of a word from a closed list; throws RowFault for a word that isn't in it. */
function requireOneOf<T>(row: unknown, name: string, meanings: Readonly<Record<string, T>>): T {
  const word = text(at(row, name));
  const meaning = word !== null && Object.hasOwn(meanings, word) ? meanings[word] : undefined;
  if (meaning === undefined)
    throw new RowFault(`${name} is ${shown(at(row, name))}, which is not known here`);
  return meaning;
}
