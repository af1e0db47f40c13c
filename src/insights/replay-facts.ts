import { addDays, type Day } from '../domain/day.ts';
import type { CreditFact, InvoiceFact } from '../receivables/facts.store.ts';
import type { HoldFact } from '../receivables/holds.ts';

/** Money that the books set against an invoice, and its day. */
export interface Part {
  readonly invoiceId: string;
  readonly on: Day;
  readonly minor: number;
  readonly by: 'payment' | 'credit';
}

/** An invoice of the mirror; `openMinor` is what is open now. */
export type PastInvoice = InvoiceFact;

/** A credit that is not used up, from its day on. */
export interface PastCredit extends CreditFact {
  readonly on: Day;
}

/** The latest payments of a customer in a currency, by day. */
export interface PastPayment {
  readonly customerId: string;
  readonly currency: string;
  readonly on: Day;
}

export interface PastRows {
  readonly invoices: readonly PastInvoice[];
  readonly parts: readonly Part[];
  readonly credits: readonly PastCredit[];
  readonly payments: readonly PastPayment[];
  readonly holds: readonly HoldFact[];
}

/** What the books said at the end of a day. */
export interface Then {
  readonly invoices: readonly InvoiceFact[];
  readonly credits: readonly CreditFact[];
}

/** One customer's own books, and the days on which something in them changed. */
export interface PastCustomer {
  at(day: Day): Then;
  /** The first day after this one on which something changed; null: none did. */
  changesAfter(day: Day): Day | null;
  /** What was open on one of its invoices at the end of a day. */
  openOf(invoiceId: string, day: Day): number;
}

/**
 * By customer, what its books said on any day, from the rows of today: an invoice is open from its date until payments
 * and credits dated since have covered it. Pure.
 */
export function pastOf(rows: PastRows): ReadonlyMap<string, PastCustomer> {
  const partsOf = Map.groupBy(rows.parts, (part) => part.invoiceId);
  const creditsOf = Map.groupBy(rows.credits, (row) => row.customerId);
  const invoicesOf = Map.groupBy(rows.invoices, (row) => row.customerId);
  const paymentsOf = Map.groupBy(rows.payments, (row) => row.customerId);
  const ids = new Set([...invoicesOf.keys(), ...creditsOf.keys()]);
  return new Map(
    [...ids].map((id) => {
      const invoices = invoicesOf.get(id) ?? [];
      const credits = creditsOf.get(id) ?? [];
      const parts = new Map(invoices.map((row) => [row.invoiceId, partsOf.get(row.invoiceId) ?? []]));
      const days = [
        ...invoices.map((row) => row.issuedOn),
        ...[...parts.values()].flat().map((part) => part.on),
        ...credits.map((row) => row.on),
        ...(paymentsOf.get(id) ?? []).map((row) => row.on),
      ];
      return [id, customerOf(invoices, parts, credits, [...new Set(days)].sort())] as const;
    }),
  );
}

function customerOf(
  invoices: readonly PastInvoice[],
  parts: ReadonlyMap<string, readonly Part[]>,
  credits: readonly PastCredit[],
  days: readonly Day[],
): PastCustomer {
  const byId = new Map(invoices.map((row) => [row.invoiceId, row]));
  const openOf = (invoiceId: string, day: Day): number => {
    const invoice = byId.get(invoiceId);
    if (invoice === undefined || invoice.issuedOn > day) return 0;
    const covered = (parts.get(invoiceId) ?? [])
      .filter((part) => part.on <= day)
      .reduce((sum, part) => sum + part.minor, 0);
    return Math.max(0, invoice.totalMinor - covered);
  };
  return {
    openOf,
    at: (day) => ({
      invoices: invoices.flatMap((row) => {
        const openMinor = openOf(row.invoiceId, day);
        return openMinor > 0 ? [{ ...row, openMinor }] : [];
      }),
      credits: credits.filter((row) => row.on <= day),
    }),
    changesAfter: (day) => days.find((other) => other > day) ?? null,
  };
}

/** What cannot be played: rows whose past the mirror does not know, by why. */
export interface LeftOut {
  readonly voided: number;
  /** Less is open now than the payments and credits with a day explain. */
  readonly settledOtherwise: number;
  readonly withoutDueDate: number;
}

/** Sorts out what cannot be played honestly, and counts it. */
export function playable(rows: PastRows): { readonly rows: PastRows; readonly settledOtherwise: number } {
  const covered = new Map<string, number>();
  for (const part of rows.parts) covered.set(part.invoiceId, (covered.get(part.invoiceId) ?? 0) + part.minor);
  const invoices = rows.invoices.filter(
    (row) => row.totalMinor - (covered.get(row.invoiceId) ?? 0) <= row.openMinor,
  );
  return { rows: { ...rows, invoices }, settledOtherwise: rows.invoices.length - invoices.length };
}

/** The day whose evening the decision of a day knows, when the books are read only once a night, or right then. */
export function knownOn(day: Day, reading: 'nightly' | 'before_sending'): Day {
  return reading === 'nightly' ? addDays(day, -1) : day;
}
