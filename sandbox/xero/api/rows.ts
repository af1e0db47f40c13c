import { decimalsOf } from '../../books/decimals.ts';
import type { SandboxCustomer } from '../../books/model.ts';
import type { Row, Value } from '../query/where.ts';
import { type CreditFacts, creditStatus, creditType } from '../wire/credit.ts';
import { guid } from '../wire/ids.ts';
import { type InvoiceFacts, invoiceStatus } from '../wire/invoice.ts';
import type { PaymentFacts } from '../wire/payment.ts';

/** What `where` and `order` can look at in an invoice. */
export function invoiceRow(facts: InvoiceFacts): Row {
  const { invoice } = facts;
  return reader({
    Type: () => facts.type ?? 'ACCREC',
    Status: () => invoiceStatus(facts),
    InvoiceID: () => guid(invoice.id),
    InvoiceNumber: () => invoice.number ?? '',
    Reference: () => invoice.reference ?? '',
    Date: () => dayMs(invoice.date),
    DueDate: () => dayMs(invoice.dueDate),
    AmountDue: () => major(facts.dueMinor, invoice.currency),
    AmountPaid: () => major(facts.paidMinor, invoice.currency),
    AmountCredited: () => major(facts.creditedMinor, invoice.currency),
    Total: () => major(invoice.totalMinor, invoice.currency),
    CurrencyCode: () => invoice.currency,
    SentToContact: () => invoice.sentAt !== undefined,
    UpdatedDateUTC: () => Date.parse(facts.stampedAt),
    'Contact.ContactID': () => guid(facts.customer.id),
    'Contact.Name': () => facts.customer.name,
  });
}

/** In a contact. */
export function contactRow(customer: SandboxCustomer): Row {
  return reader({
    ContactID: () => guid(customer.id),
    ContactStatus: () => (customer.active ? 'ACTIVE' : 'ARCHIVED'),
    Name: () => customer.name,
    EmailAddress: () => customer.email ?? '',
    FirstName: () => customer.firstName ?? '',
    LastName: () => customer.lastName ?? '',
    IsCustomer: () => true,
    IsSupplier: () => false,
    UpdatedDateUTC: () => Date.parse(customer.updatedAt),
  });
}

/** In a payment. */
export function paymentRow(facts: PaymentFacts): Row {
  return reader({
    PaymentID: () => facts.wireId,
    Status: () => (facts.deleted ? 'DELETED' : 'AUTHORISED'),
    PaymentType: () => facts.type ?? 'ACCRECPAYMENT',
    Date: () => dayMs(facts.date),
    Amount: () => major(facts.amountMinor, facts.invoice.currency),
    Reference: () => facts.reference ?? '',
    IsReconciled: () => false,
    UpdatedDateUTC: () => Date.parse(facts.updatedAt),
    'Invoice.InvoiceID': () => guid(facts.invoice.id),
    'Invoice.InvoiceNumber': () => facts.invoice.number ?? '',
    'Invoice.Contact.ContactID': () => guid(facts.customer.id),
  });
}

/** In a credit note, over- or prepayment. */
export function creditRow(facts: CreditFacts): Row {
  return reader({
    ID: () => facts.wireId,
    CreditNoteID: () => facts.wireId,
    OverpaymentID: () => facts.wireId,
    PrepaymentID: () => facts.wireId,
    CreditNoteNumber: () => facts.number ?? '',
    Type: () => creditType(facts),
    Status: () => creditStatus(facts),
    Date: () => dayMs(facts.date),
    Total: () => major(facts.totalMinor, facts.currency),
    RemainingCredit: () => major(facts.remainingMinor, facts.currency),
    CurrencyCode: () => facts.currency,
    UpdatedDateUTC: () => Date.parse(facts.updatedAt),
    'Contact.ContactID': () => guid(facts.customer.id),
    'Contact.Name': () => facts.customer.name,
  });
}

function reader(members: Record<string, () => Value>): Row {
  return (name) => (Object.hasOwn(members, name) ? members[name]?.() : undefined);
}

function dayMs(day: string | undefined): Value {
  return day === undefined ? null : Date.parse(`${day}T00:00:00Z`);
}

/** For comparing only: what goes on the wire is never a float. */
function major(minor: number, currency: string): number {
  return minor / 10 ** decimalsOf(currency);
}
