import type { Credit, Customer, Invoice, Payment } from '../../src/domain/books.ts';
import { type Currency, parseCurrency } from '../../src/domain/currency.ts';
import { day } from '../../src/domain/day.ts';
import type { BooksPage, Known } from '../../src/ports/ledger.ts';

export function currency(code: string): Currency {
  const found = parseCurrency(code);
  if (found === null) throw new RangeError(`${code} is not a currency`);
  return found;
}

/** A company in dollars that names no payment terms. */
export const known: Known = { baseCurrency: currency('USD'), terms: new Map() };

/** A customer of the mirror with one usable address; say only what matters. */
export function customerRow(customerId: string, more: Partial<Customer> = {}): Customer {
  return {
    customerId,
    name: `Customer ${customerId}`,
    firstName: null,
    emails: [`ap@${customerId.toLowerCase()}.example`],
    contacts: [],
    phone: null,
    parentId: null,
    billsWithParent: false,
    active: true,
    mergedIntoId: null,
    addressLines: [],
    city: null,
    postcode: null,
    groups: [],
    country: null,
    region: null,
    ledgerBalanceMinor: null,
    balanceCurrency: null,
    terms: null,
    changedAt: '2026-10-01T00:00:00Z',
    version: '0',
    ...more,
  };
}

/** An open invoice of customer C1 over 100.00 USD, due on 2 November 2026. */
export function invoiceRow(invoiceId: string, more: Partial<Invoice> = {}): Invoice {
  const openMinor = more.openMinor ?? 10_000;
  return {
    invoiceId,
    number: invoiceId,
    customerId: 'C1',
    issuedOn: day('2026-10-01'),
    dueOn: day('2026-11-02'),
    currency: currency('USD'),
    totalMinor: Math.max(openMinor, 10_000),
    openMinor,
    status: 'open',
    sent: 'yes',
    sentAt: null,
    reference: null,
    terms: null,
    emails: [],
    changedAt: '2026-10-01T00:00:00Z',
    version: '0',
    ...more,
  };
}

export function paymentRow(paymentId: string, more: Partial<Payment> = {}): Payment {
  return {
    paymentId,
    customerId: 'C1',
    paidOn: day('2026-11-09'),
    currency: currency('USD'),
    totalMinor: 10_000,
    unappliedMinor: 0,
    status: 'valid',
    allocations: [],
    changedAt: '2026-11-09T00:00:00Z',
    version: '0',
    ...more,
  };
}

export function creditRow(creditId: string, more: Partial<Credit> = {}): Credit {
  return {
    creditId,
    kind: 'credit_note',
    customerId: 'C1',
    issuedOn: day('2026-10-15'),
    currency: currency('USD'),
    totalMinor: 5_000,
    remainingMinor: 5_000,
    status: 'open',
    allocations: [],
    changedAt: '2026-10-15T00:00:00Z',
    version: '0',
    ...more,
  };
}

/** One page of a ledger's answer, empty but for what is named. */
export function booksPage(more: Partial<BooksPage> = {}): BooksPage {
  return {
    customers: [],
    invoices: [],
    payments: [],
    credits: [],
    removed: [],
    rejected: [],
    progress: { stage: 'changes', rows: 0, total: null },
    cursor: 'cursor-1',
    done: true,
    ...more,
  };
}
