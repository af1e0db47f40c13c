import type { CompanyRow } from '../companies/company.store.ts';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { How } from './agreement.ts';

/** What every agreement says. Days in the company's zone, amounts in minor units. */
export interface NewAgreement {
  /** Who is chased; a sub-customer that bills with its parent stands for the parent (R12). */
  readonly customerId: string;
  /** Null: everything of the customer and currency that is past due. */
  readonly invoiceIds: readonly string[] | null;
  /** Null: the one currency in which the invoices are; refused when there are several. */
  readonly currency: Currency | null;
  readonly how: How;
  readonly note: string;
  /** A person's name. */
  readonly by: string;
}

export interface NewPromise extends NewAgreement {
  readonly date: Day;
  /** Null: all that is open on the invoices. */
  readonly amountMinor: number | null;
  /** Who said it, for example "Jo Park, accounts payable". */
  readonly saidBy: string;
}

export interface NewPlan extends NewAgreement {
  /** In the order of their days; their sum is what is open on the invoices. */
  readonly instalments: readonly { readonly on: Day; readonly amountMinor: number }[];
  /** Business days of the company beyond an instalment's day before it is a breach; 2 unless said, at most 20. */
  readonly graceBusinessDays?: number;
  readonly agreedWith: string;
}

export interface NewOffer extends NewAgreement {
  /** What settles the invoices when it is paid in time; below what is open. */
  readonly reducedMinor: number;
  /** The last day on which a payment takes it up. */
  readonly validUntil: Day;
}

/**
 * R11: writes a promise down and holds its invoices until its day plus 2 business days; without `invoiceIds` the whole
 * customer is held. Returns its id. Throws UserError (bad_input, not_found; conflict: an invoice has a live agreement
 * already), with what to do; nothing is stored then.
 */
export async function makePromise(
  _tx: Tx,
  _company: CompanyRow,
  _promise: NewPromise,
  _now: Date,
): Promise<string> {
  throw new Error('not made yet');
}

/** R11: writes a plan down and holds its invoices while it is kept. Returns its id. Throws UserError as makePromise. */
export async function makePlan(_tx: Tx, _company: CompanyRow, _plan: NewPlan, _now: Date): Promise<string> {
  throw new Error('not made yet');
}

/** Writes a settlement offer down and holds its invoices until it lapses. Returns its id. Throws as makePromise. */
export async function makeOffer(
  _tx: Tx,
  _company: CompanyRow,
  _offer: NewOffer,
  _now: Date,
): Promise<string> {
  throw new Error('not made yet');
}

/**
 * Ends a live agreement, or what an accepted offer still holds; its invoices are chased again. Throws UserError
 * not_found (there is none), conflict (settled already) or bad_input (no reason).
 */
export async function withdrawAgreement(
  _tx: Tx,
  _company: CompanyRow,
  _agreementId: string,
  _by: string,
  _reason: string,
  _now: Date,
): Promise<void> {
  throw new Error('not made yet');
}
