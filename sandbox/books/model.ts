/**
 * The sandbox's own ledger: what a set of books is, before any vendor's wire format.
 *
 * Amounts are integer minor units of the document's currency; days are `YYYY-MM-DD` in the company's zone;
 * instants are ISO strings in UTC. A balance is never stored: it is total − allocations (see arithmetic.ts).
 */
export type Vendor = 'intuit' | 'xero';

export interface SandboxCompany {
  /** QuickBooks realm id (a long digit string) or Xero tenant id (a UUID). */
  readonly id: string;
  readonly vendor: Vendor;
  name: string;
  legalName: string;
  email: string;
  phone: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** IANA name, for example `America/Los_Angeles`. */
  timeZone: string;
  baseCurrency: string;
  address: Address;
  /** Books are closed up to and including this day. */
  lockedUntil?: string;
  /** The ledger's own automatic reminders. */
  remindersOn: boolean;
  /** The subscription ran out: QuickBooks answers 6190. */
  suspended: boolean;
}

export interface Address {
  line1: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
}

export interface SandboxContact {
  firstName: string;
  lastName: string;
  email: string;
  includeInEmails: boolean;
}

/** What every stored row carries; `version` grows by one on each change (QuickBooks' SyncToken). */
interface Row {
  readonly id: string;
  readonly companyId: string;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export interface SandboxCustomer extends Row {
  name: string;
  companyName?: string;
  firstName?: string;
  lastName?: string;
  /** As typed by somebody: may be absent, or hold several addresses separated by commas. */
  email?: string;
  phone?: string;
  contacts: SandboxContact[];
  address: Address;
  parentId?: string;
  billWithParent: boolean;
  /** False: inactive in QuickBooks, archived in Xero. */
  active: boolean;
  mergedInto?: string;
  /** Contact groups in Xero; in QuickBooks the first one is the customer's type. */
  groups?: string[];
  currency: string;
  termsDays: number;
}

/** `open` covers paid and unpaid alike: whether it is paid follows from the arithmetic. */
export type DocumentStatus = 'draft' | 'submitted' | 'open' | 'voided' | 'deleted';

export interface SandboxLine {
  description: string;
  quantity: number;
  unitMinor: number;
  amountMinor: number;
}

export interface SandboxInvoice extends Row {
  customerId: string;
  number?: string;
  reference?: string;
  date: string;
  dueDate?: string;
  currency: string;
  totalMinor: number;
  status: DocumentStatus;
  /** When the business sent it to the customer; absent: never sent. */
  sentAt?: string;
  /** Where the business sent it, comma separated; absent: the customer's own address. */
  billEmail?: string;
  lines: SandboxLine[];
  /** A dispute noted in the sample book. Ledgers have no such field: it is never put on the wire. */
  disputed: boolean;
  /** The day on which the sample book says it will be settled; never on the wire. */
  settlesOn?: string;
  privateNote?: string;
}

/** Money received. Its unallocated rest is an unapplied payment (QuickBooks) or an overpayment (Xero). */
export interface SandboxPayment extends Row {
  customerId: string;
  date: string;
  currency: string;
  totalMinor: number;
  reference?: string;
  status: 'open' | 'voided' | 'deleted';
}

export type CreditKind = 'credit_note' | 'overpayment' | 'prepayment';

export interface SandboxCredit extends Row {
  customerId: string;
  kind: CreditKind;
  number?: string;
  date: string;
  currency: string;
  totalMinor: number;
  status: DocumentStatus;
}

/** A part of a payment or a credit set against one invoice. `sourceKind` says which of the two it is. */
export interface SandboxAllocation extends Row {
  sourceKind: 'payment' | 'credit';
  sourceId: string;
  invoiceId: string;
  amountMinor: number;
  date: string;
}

export interface SandboxNote extends Row {
  invoiceId: string;
  /** `system` for notes of connected apps; the ledger's own events (created, paid …) carry other words. */
  kind: 'app' | 'system';
  text: string;
  at: string;
  /** The person who wrote it; absent: an app. */
  author?: string;
  /** A person deleted it, where the ledger lets one. */
  gone?: true;
}

/** Tells the vendor stand-ins that a row changed, so that they can ring webhooks. */
export interface BooksEvent {
  companyId: string;
  entity: 'customer' | 'invoice' | 'payment' | 'credit' | 'note';
  id: string;
  verb: 'created' | 'updated' | 'deleted' | 'voided' | 'merged' | 'emailed';
  at: string;
}

/** A refusal of the ledger's arithmetic or of its rules, for example an allocation above the balance. */
export class BooksError extends Error {
  constructor(
    readonly code:
      | 'not_found'
      | 'over_allocated'
      | 'closed_period'
      | 'wrong_currency'
      | 'stale'
      | 'invalid'
      | 'duplicate_name',
    message: string,
  ) {
    super(message);
    this.name = 'BooksError';
  }
}

/** New rows as callers give them: ids, versions and stamps are the books' own business. */
export type New<T extends Row> = Omit<T, 'id' | 'companyId' | 'version' | 'createdAt' | 'updatedAt'> & {
  id?: string;
};

/**
 * Everything that can be done to one or many sets of books. Implemented in books.ts on top of store.ts.
 * All writes are durable when they return (the process may be killed at any moment) and emit a BooksEvent.
 *
 * Rows are never changed in place: what a call returned stays as it was. In a `change`, a member that is
 * `undefined` is taken away, and a `version` that is not the row's present one is refused as `stale`.
 * A row that does not exist is refused as `not_found`.
 */
export interface BooksApi {
  companies(): readonly SandboxCompany[];
  company(companyId: string): SandboxCompany;
  addCompany(company: SandboxCompany): void;
  updateCompany(companyId: string, change: Partial<SandboxCompany>): void;

  /** Every stored row of the company, deleted and voided ones included, in order of creation. */
  customers(companyId: string): readonly SandboxCustomer[];
  invoices(companyId: string): readonly SandboxInvoice[];
  payments(companyId: string): readonly SandboxPayment[];
  credits(companyId: string): readonly SandboxCredit[];
  allocations(companyId: string): readonly SandboxAllocation[];
  notes(companyId: string, invoiceId?: string): readonly SandboxNote[];

  customer(companyId: string, id: string): SandboxCustomer;
  invoice(companyId: string, id: string): SandboxInvoice;
  payment(companyId: string, id: string): SandboxPayment;
  credit(companyId: string, id: string): SandboxCredit;

  addCustomer(companyId: string, row: New<SandboxCustomer>): SandboxCustomer;
  updateCustomer(companyId: string, id: string, change: Partial<SandboxCustomer>): SandboxCustomer;
  mergeCustomer(companyId: string, fromId: string, intoId: string): void;

  addInvoice(companyId: string, row: New<SandboxInvoice>): SandboxInvoice;
  updateInvoice(companyId: string, id: string, change: Partial<SandboxInvoice>): SandboxInvoice;
  voidInvoice(companyId: string, id: string): void;
  deleteInvoice(companyId: string, id: string): void;
  emailInvoice(companyId: string, id: string): void;

  /** Records money and sets it against the invoices given, oldest first as given; the rest stays unapplied. */
  addPayment(
    companyId: string,
    row: New<SandboxPayment>,
    applyTo: readonly { invoiceId: string; amountMinor: number }[],
  ): SandboxPayment;
  /** A new amount or date; what was set against invoices stays, so the amount can't be less. */
  updatePayment(companyId: string, id: string, change: Partial<SandboxPayment>): SandboxPayment;
  voidPayment(companyId: string, id: string): void;
  /** A bounced or deleted payment: its allocations go and the invoices' balances come back. */
  deletePayment(companyId: string, id: string): void;

  addCredit(companyId: string, row: New<SandboxCredit>): SandboxCredit;
  voidCredit(companyId: string, id: string): void;
  /** As `deletePayment`: what it was set against is owed again. */
  deleteCredit(companyId: string, id: string): void;
  allocate(
    companyId: string,
    row: {
      sourceKind: 'payment' | 'credit';
      sourceId: string;
      invoiceId: string;
      amountMinor: number;
      date: string;
      id?: string;
    },
  ): SandboxAllocation;
  removeAllocation(companyId: string, id: string): void;

  addNote(
    companyId: string,
    invoiceId: string,
    kind: 'app' | 'system',
    text: string,
    author?: string,
  ): SandboxNote;
  /** A person rewrites or deletes a note. Throws `invalid` at Xero, whose history can't be changed. */
  updateNote(companyId: string, id: string, text: string): SandboxNote;
  removeNote(companyId: string, id: string): void;
  /** Notes that a person deleted. */
  removedNotes(companyId: string): readonly SandboxNote[];

  /** One row by id, and the rows that belong to another: indexed, in order of creation, deleted ones included. */
  allocation(companyId: string, id: string): SandboxAllocation;
  invoicesOf(companyId: string, customerId: string): readonly SandboxInvoice[];
  paymentsOf(companyId: string, customerId: string): readonly SandboxPayment[];
  creditsOf(companyId: string, customerId: string): readonly SandboxCredit[];
  /** The allocations (all of them live: a removed one is gone) set against an invoice, or made from a source. */
  allocationsTo(companyId: string, invoiceId: string): readonly SandboxAllocation[];
  allocationsFrom(
    companyId: string,
    sourceKind: 'payment' | 'credit',
    sourceId: string,
  ): readonly SandboxAllocation[];

  /** Today's day (`YYYY-MM-DD`) in the company's zone, by the sandbox clock. */
  today(companyId: string): string;

  /** What is still owed on the invoice: total − allocations; 0 when voided or deleted. */
  balanceMinor(companyId: string, invoiceId: string): number;
  /** What is left of a payment or of a credit. */
  unallocatedMinor(companyId: string, sourceKind: 'payment' | 'credit', sourceId: string): number;
  /** Per currency: Σ open invoice balances − Σ unallocated credits and payments of the customer. */
  customerBalanceMinor(companyId: string, customerId: string): Record<string, number>;

  onEvent(listener: (event: BooksEvent) => void): void;
}
