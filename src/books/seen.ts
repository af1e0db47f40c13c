import type { Credit, Customer, Invoice, Payment } from '../domain/books.ts';
import type { Day } from '../domain/day.ts';

/** An invoice as the mirror has it at one moment, as far as a change of it would be told. */
export type SeenInvoice = Pick<
  Invoice,
  'invoiceId' | 'number' | 'customerId' | 'dueOn' | 'currency' | 'totalMinor' | 'openMinor' | 'status'
> & {
  /** Whether a touch ever named it. */
  readonly named: boolean;
};

export type SeenPayment = Omit<Payment, 'changedAt' | 'version'> & {
  /** Whether its customer has something past due in its currency. */
  readonly owing: boolean;
};

export type SeenCredit = Omit<Credit, 'changedAt' | 'version'> & { readonly owing: boolean };

export type SeenCustomer = Pick<Customer, 'customerId' | 'name' | 'active' | 'mergedIntoId'> & {
  /** Whether something of theirs is past due, or ever was while Duly looked. */
  readonly chased: boolean;
};

/** Some rows of the mirror at one moment, by the ledger's ids. */
export interface Seen {
  readonly customers: ReadonlyMap<string, SeenCustomer>;
  readonly invoices: ReadonlyMap<string, SeenInvoice>;
  readonly payments: ReadonlyMap<string, SeenPayment>;
  readonly credits: ReadonlyMap<string, SeenCredit>;
}

/** How a change is put into words. */
export interface Telling {
  /** Today in the company's zone (R1). */
  readonly today: Day;
  /** An amount in the company's own format. */
  readonly money: (minor: number, currency: Invoice['currency']) => string;
}

/** A draft, a void and a deleted invoice claim nothing (R7). */
export function isAlive(invoice: SeenInvoice): boolean {
  return invoice.status === 'open' || invoice.status === 'closed';
}

/** Its due date has passed, whatever of it is still open. */
export function isLate(invoice: SeenInvoice | undefined, today: Day): boolean {
  return invoice !== undefined && invoice.dueOn !== null && invoice.dueOn < today;
}

/** How an invoice is called in a sentence. */
export function called(invoice: Pick<SeenInvoice, 'number' | 'invoiceId'> | undefined, id: string): string {
  return `invoice ${invoice?.number ?? id}`;
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
