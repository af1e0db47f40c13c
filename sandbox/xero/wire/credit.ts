import type { CreditKind, SandboxCustomer, SandboxInvoice } from '../../books/model.ts';
import { contactStub } from './contact.ts';
import { dayString, msDay, msInstant, utcString } from './dates.ts';
import type { Wire } from './envelope.ts';
import { guid } from './ids.ts';
import { amount } from './money.ts';

/** A part of a credit that was set against an invoice. */
export interface CreditAllocation {
  wireId: string;
  invoice: SandboxInvoice;
  amountMinor: number;
  date: string;
}

/** A credit note, over- or prepayment with everything its wire form is made of. */
export interface CreditFacts {
  kind: CreditKind;
  /** A supplier's document, which the same endpoint serves. */
  payable?: boolean;
  wireId: string;
  customer: SandboxCustomer;
  number?: string;
  reference?: string;
  date: string;
  currency: string;
  totalMinor: number;
  remainingMinor: number;
  status: 'draft' | 'submitted' | 'open' | 'voided' | 'deleted';
  allocations: CreditAllocation[];
  updatedAt: string;
  rate: number;
}

/** AUTHORISED while something is left of it, PAID when all of it is used. */
export function creditStatus(facts: Pick<CreditFacts, 'status' | 'remainingMinor'>): string {
  if (facts.status !== 'open') return facts.status.toUpperCase();
  return facts.remainingMinor === 0 ? 'PAID' : 'AUTHORISED';
}

const TYPES: Record<CreditKind, readonly [receivable: string, payable: string]> = {
  credit_note: ['ACCRECCREDIT', 'ACCPAYCREDIT'],
  overpayment: ['RECEIVE-OVERPAYMENT', 'SPEND-OVERPAYMENT'],
  prepayment: ['RECEIVE-PREPAYMENT', 'SPEND-PREPAYMENT'],
};

/** The type word on the wire. */
export function creditType(facts: Pick<CreditFacts, 'kind' | 'payable'>): string {
  return TYPES[facts.kind][facts.payable === true ? 1 : 0];
}

/** One document of `/CreditNotes`, `/Overpayments` or `/Prepayments`. Voided: RemainingCredit 0, Total kept. */
export function credit(facts: CreditFacts): Wire {
  const money = (minor: number) => amount(minor, facts.currency);
  return {
    ...identity(facts),
    Payments: [],
    ID: facts.wireId,
    Type: creditType(facts),
    Reference: facts.reference ?? '',
    CurrencyRate: facts.rate,
    RemainingCredit: amount(facts.remainingMinor, facts.currency, 'one'),
    Allocations: facts.allocations.map((part) => ({
      AllocationID: part.wireId,
      Amount: amount(part.amountMinor, facts.currency, 'long'),
      Date: msDay(part.date),
      Invoice: {
        InvoiceID: guid(part.invoice.id),
        InvoiceNumber: part.invoice.number ?? '',
        Payments: [],
        CreditNotes: [],
        Prepayments: [],
        Overpayments: [],
        HasErrors: false,
        IsDiscounted: false,
        LineItems: [],
      },
      ...(facts.kind === 'credit_note' ? { IsDeleted: false } : {}),
    })),
    HasAttachments: false,
    Contact: contactStub(facts.customer),
    DateString: dayString(facts.date),
    Date: msDay(facts.date),
    Status: creditStatus(facts),
    LineAmountTypes: facts.kind === 'overpayment' ? 'NoTax' : 'Exclusive',
    LineItems: [],
    SubTotal: money(facts.totalMinor),
    TotalTax: money(0),
    Total: money(facts.totalMinor),
    UpdatedDateUTC: msInstant(facts.updatedAt),
    UpdatedDateUTCString: utcString(facts.updatedAt),
    CurrencyCode: facts.currency,
  };
}

function identity(facts: CreditFacts): Wire {
  if (facts.kind === 'overpayment') return { OverpaymentID: facts.wireId };
  if (facts.kind === 'prepayment') return { PrepaymentID: facts.wireId };
  return { CreditNoteID: facts.wireId, CreditNoteNumber: facts.number ?? '', SentToContact: false };
}
