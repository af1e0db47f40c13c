/** The ledger's rules as pure functions: amounts in minor units, days as `YYYY-MM-DD` in the company's zone. */
import { BooksError, type SandboxCompany, type SandboxCustomer, type SandboxInvoice } from './model.ts';

/** What is owed: total − what was set against it; 0 when voided or deleted. */
export function invoiceBalance(invoice: SandboxInvoice, allocatedMinor: number): number {
  return isGone(invoice) ? 0 : invoice.totalMinor - allocatedMinor;
}

/** What is left of a payment or credit: total − what was used; 0 unless it is open. */
export function restOf(source: { status: string; totalMinor: number }, usedMinor: number): number {
  return source.status === 'open' ? source.totalMinor - usedMinor : 0;
}

export function isGone(row: { status: string }): boolean {
  return row.status === 'voided' || row.status === 'deleted';
}

/** Refuses a write that touches a day in the closed period. */
export function mustBeOpenPeriod(company: SandboxCompany, ...days: readonly (string | undefined)[]): void {
  const { lockedUntil } = company;
  if (lockedUntil === undefined) return;
  const closed = days.find((day) => day !== undefined && day <= lockedUntil);
  if (closed !== undefined) {
    throw new BooksError('closed_period', `${closed} lies in the closed period (to ${lockedUntil})`);
  }
}

export function mustBeDay(words: string, day: string | undefined): void {
  if (day === undefined) return;
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(day) && Temporal.PlainDate.from(day).toString() === day) return;
  } catch {
    // falls through: not a day
  }
  throw new BooksError('invalid', `${words} is not a day: ${day}`);
}

export function mustBeAmount(words: string, minor: number, least = Number.MIN_SAFE_INTEGER): void {
  if (!Number.isSafeInteger(minor) || minor < least) {
    throw new BooksError(
      'invalid',
      `${words} is not an amount in minor units that can be used here: ${minor}`,
    );
  }
}

export function mustBeCurrency(company: SandboxCompany, currency: string, customer: SandboxCustomer): void {
  if (!/^[A-Z]{3}$/.test(currency)) throw new BooksError('invalid', `${currency} is not a currency`);
  // QuickBooks ties a customer to one currency; Xero lets every document have its own
  if (company.vendor === 'intuit' && currency !== customer.currency) {
    throw new BooksError(
      'wrong_currency',
      `${customer.name} is billed in ${customer.currency}, not ${currency}`,
    );
  }
}

/** What an allocation needs to know about its two sides. */
export interface AllocationSides {
  readonly source: { status: string; customerId: string; currency: string };
  readonly sourceRestMinor: number;
  readonly invoice: SandboxInvoice;
  readonly invoiceBalanceMinor: number;
  /** Same customer, or, at QuickBooks, a parent and its sub-customer. */
  readonly related: boolean;
}

/** Refuses an allocation that real ledgers refuse. */
export function mustFit(amountMinor: number, sides: AllocationSides): void {
  mustBeAmount('The amount', amountMinor, 1);
  const { source, invoice } = sides;
  if (source.status !== 'open') throw new BooksError('invalid', `The money is ${source.status}`);
  if (invoice.status !== 'open') throw new BooksError('invalid', `The invoice is ${invoice.status}`);
  if (!sides.related) throw new BooksError('invalid', 'Money and invoice belong to different customers');
  if (source.currency !== invoice.currency) {
    throw new BooksError('wrong_currency', `${source.currency} can't pay an invoice in ${invoice.currency}`);
  }
  if (amountMinor > sides.invoiceBalanceMinor) {
    throw new BooksError(
      'over_allocated',
      `${amountMinor} is more than the balance of ${sides.invoiceBalanceMinor}`,
    );
  }
  if (amountMinor > sides.sourceRestMinor) {
    throw new BooksError(
      'over_allocated',
      `${amountMinor} is more than the ${sides.sourceRestMinor} that is left`,
    );
  }
}
