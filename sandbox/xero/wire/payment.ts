import type { SandboxCustomer, SandboxInvoice } from '../../books/model.ts';
import { contactStub } from './contact.ts';
import { msDay, msInstant, utcString } from './dates.ts';
import type { Wire } from './envelope.ts';
import { guid } from './ids.ts';
import { invoiceStub } from './invoice.ts';
import { amount, toBaseMinor } from './money.ts';

/** A Xero payment: always against exactly one document, so one receipt over two invoices is two of them. */
export interface PaymentFacts {
  /** Absent: ACCRECPAYMENT. ARCREDITPAYMENT pays a credit note back, of which `invoice` then has the figures. */
  type?: 'ACCPAYPAYMENT' | 'ARCREDITPAYMENT';
  wireId: string;
  invoice: SandboxInvoice;
  customer: SandboxCustomer;
  date: string;
  amountMinor: number;
  reference?: string;
  deleted: boolean;
  updatedAt: string;
  rate: number;
  baseCurrency: string;
}

/** One row of `/Payments`. A deleted one keeps its amount and shows only when it is asked for. */
export function payment(facts: PaymentFacts): Wire {
  const { currency } = facts.invoice;
  return {
    PaymentID: facts.wireId,
    Date: msDay(facts.date),
    BankAmount: amount(toBaseMinor(facts.amountMinor, currency, facts.baseCurrency), facts.baseCurrency),
    Amount: amount(facts.amountMinor, currency, 'short'),
    Reference: facts.reference ?? '',
    CurrencyRate: facts.rate,
    PaymentType: facts.type ?? 'ACCRECPAYMENT',
    Status: facts.deleted ? 'DELETED' : 'AUTHORISED',
    UpdatedDateUTC: msInstant(facts.updatedAt),
    UpdatedDateUTCString: utcString(facts.updatedAt),
    HasAccount: true,
    IsReconciled: false,
    Account: { AccountID: guid(`account:${facts.invoice.companyId}`), Code: '090' },
    ...documentOf(facts),
    HasValidationErrors: false,
  };
}

function documentOf({ type, invoice, customer }: PaymentFacts): Wire {
  if (type !== 'ARCREDITPAYMENT')
    return { Invoice: invoiceStub(invoice, customer, type === 'ACCPAYPAYMENT' ? 'ACCPAY' : 'ACCREC') };
  return {
    CreditNote: {
      CreditNoteID: guid(invoice.id),
      CreditNoteNumber: invoice.number ?? '',
      ID: guid(invoice.id),
      Type: 'ACCRECCREDIT',
      HasErrors: false,
      Contact: contactStub(customer),
      LineItems: [],
      CurrencyCode: invoice.currency,
    },
  };
}
