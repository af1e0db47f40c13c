import type { AgeRules } from './figures.ts';

/*
 * What a ledger comes to by its own rules, worked out anew: shares no code with the product or with the sandbox.
 * Amounts are minor units of the document's currency, days `YYYY-MM-DD` in the company's zone.
 */
export type Vendor = 'intuit' | 'xero';

/** One order to the sandbox (`POST …/changes`). */
export interface Change {
  readonly do: string;
  readonly id?: string;
  readonly row?: Readonly<Record<string, unknown>>;
  readonly into?: string;
}

export interface CustomerState {
  readonly id: string;
  readonly label: string;
  readonly currency: string;
  parent: string | null;
  bills: boolean;
  active: boolean;
  merged: boolean;
}

export interface InvoiceState {
  readonly id: string;
  readonly label: string;
  customer: string;
  readonly currency: string;
  total: number;
  due: string | null;
  status: 'draft' | 'open' | 'voided' | 'deleted';
}

export interface SourceState {
  readonly id: string;
  readonly label: string;
  readonly kind: 'payment' | 'credit_note' | 'overpayment' | 'prepayment';
  customer: string;
  readonly currency: string;
  total: number;
  status: 'open' | 'voided' | 'deleted';
}

export interface PartState {
  readonly id: string;
  readonly source: string;
  readonly invoice: string;
  readonly amount: number;
}

/** What one operation came to: orders for the sandbox, and the same in words for whoever reads a failure. */
export interface Step {
  readonly words: string;
  readonly changes: readonly Change[];
}

export interface ModelOptions {
  readonly vendor: Vendor;
  /** Makes an id that the ledger would give; `n` counts from 1 in this history. */
  readonly idOf: (n: number) => string;
  readonly nameOf: (label: string) => string;
  /** What the numbers of currencies stand for. */
  readonly currencies: readonly string[];
  /** For the proof that a wrong rule is found. */
  readonly ages?: AgeRules;
}

/** What one history's part of a ledger holds, and what follows from it. */
export class LedgerState {
  readonly customers: CustomerState[] = [];
  readonly invoices: InvoiceState[] = [];
  readonly sources: SourceState[] = [];
  parts: PartState[] = [];
  private counted = 0;
  /** Something changed of which the ledger's own stamps tell nothing: only reading all open invoices shows it. */
  unstamped = false;

  constructor(readonly options: ModelOptions) {}

  /** A word for a customer, for whoever reads a failure. */
  labelOf(customerId: string): string {
    return this.customers.find((one) => one.id === customerId)?.label ?? customerId;
  }

  onInvoice(invoice: InvoiceState): number {
    return total(this.parts.filter((part) => part.invoice === invoice.id));
  }

  used(source: SourceState): number {
    return total(this.parts.filter((part) => part.source === source.id));
  }

  balance(invoice: InvoiceState): number {
    return invoice.total - this.onInvoice(invoice);
  }

  rest(source: SourceState): number {
    return source.status === 'open' ? source.total - this.used(source) : 0;
  }

  alive(): CustomerState[] {
    return this.customers.filter((one) => one.active);
  }

  /** Whether money of the one may pay the other: QuickBooks lets a parent pay for its sub-customer and back. */
  related(one: string, other: string): boolean {
    const parentOf = (id: string) => this.customers.find((customer) => customer.id === id)?.parent;
    return one === other || parentOf(one) === other || parentOf(other) === one;
  }

  isAbove(above: string, id: string): boolean {
    if (above === id) return true;
    const parent = this.customers.find((one) => one.id === id)?.parent ?? null;
    return parent !== null && this.isAbove(above, parent);
  }

  depth(customer: CustomerState): number {
    const parent = this.customers.find((one) => one.id === customer.parent);
    return parent === undefined ? 1 : 1 + this.depth(parent);
  }

  height(customer: CustomerState): number {
    const below = this.customers.filter((one) => one.parent === customer.id);
    return 1 + Math.max(0, ...below.map((one) => this.height(one)));
  }

  currencyAt(n: number): string {
    return this.options.currencies[n % this.options.currencies.length] ?? 'USD';
  }

  /** QuickBooks bills a customer in one currency, Xero in any. */
  currencyOf(customer: CustomerState, n: number): string {
    return this.options.vendor === 'intuit' ? customer.currency : this.currencyAt(n);
  }

  nextId(): string {
    this.counted += 1;
    return this.options.idOf(this.counted);
  }
}

export function pick<T>(list: readonly T[], n: number): T | undefined {
  return list[n % Math.max(1, list.length)];
}

export function portion(of: number, percent: number): number {
  return Math.max(1, Math.floor((of * percent) / 100));
}

function total(parts: readonly PartState[]): number {
  return parts.reduce((sum, part) => sum + part.amount, 0);
}

export function addDays(day: string, count: number): string {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}
