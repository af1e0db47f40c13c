import type { Currency } from '../domain/currency.ts';
import { type Day, daysBetween } from '../domain/day.ts';
import { sumMinor } from '../domain/money.ts';
import { safeWebAddress } from '../domain/web-address.ts';
import type { Brand } from './brand.ts';

export type ReminderStep = 'first' | 'second' | 'third' | 'final';

export interface ReminderInvoice {
  readonly number: string | null;
  /** The customer's own order number or reference. */
  readonly reference: string | null;
  readonly dueOn: Day;
  readonly daysLate: number;
  readonly openMinor: number;
  readonly totalMinor: number;
  /** Where the ledger shows this invoice to the customer, exactly as the ledger said; null: it offers none. */
  readonly url: string | null;
}

/** Invoices that are at the same step; `listed` ones are past due but have not reached a step of their own. */
export interface ReminderGroup {
  readonly stepKey: ReminderStep | 'listed';
  readonly invoices: readonly ReminderInvoice[];
}

/** All that a reminder says: one customer, one currency (R3); amounts in minor units, days in the company's zone. */
export interface ReminderContent {
  readonly brand: Brand;
  /** Who writes, as decided for this debtor: not necessarily the brand's own choice. */
  readonly style: 'own' | 'service';
  readonly creditor: {
    readonly legalName: string;
    readonly postalAddress: string;
    readonly country: string;
    readonly email: string | null;
    readonly phone: string | null;
  };
  readonly customer: { readonly name: string; readonly firstName: string | null };
  readonly stepKey: ReminderStep;
  /** The case's reference, for example `4K7-219`: what keeps a conversation together. */
  readonly reference: string;
  readonly currency: Currency;
  /** How the company writes numbers and dates, for example `en-NZ`. */
  readonly locale: string;
  readonly groups: readonly ReminderGroup[];
  /** Unapplied credits, taken off what is asked (R4). */
  readonly creditsMinor: number;
  readonly askMinor: number;
  readonly today: Day;
  readonly payBy: Day;
  /** Where the button leads; null: there is none (CON-10). */
  readonly payUrl: string | null;
  readonly logoUrl: string | null;
}

/** A reminder ready to send; the subject and the sender's name are one line each. */
export interface ComposedReminder {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly fromName: string;
}

const STRICTEST_FIRST = ['final', 'third', 'second', 'first', 'listed'] as const;

/** The groups that have invoices, strictest first, in each the longest past due first. */
export function orderedGroups(content: ReminderContent): ReminderGroup[] {
  return STRICTEST_FIRST.map((stepKey) => ({
    stepKey,
    invoices: content.groups
      .filter((group) => group.stepKey === stepKey)
      .flatMap((group) => group.invoices)
      .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)),
  })).filter((group) => group.invoices.length > 0);
}

export function allInvoices(content: ReminderContent): ReminderInvoice[] {
  return orderedGroups(content).flatMap((group) => group.invoices);
}

export function pastDueMinor(invoices: readonly ReminderInvoice[]): number {
  return sumMinor(invoices.map((invoice) => invoice.openMinor));
}

/** The invoice that the button opens: the one longest past due of those that the ledger shows online. */
export function invoiceToOpen<T extends Pick<ReminderInvoice, 'url' | 'dueOn'>>(
  invoices: readonly T[],
): T | null {
  const online = invoices.filter((invoice) => invoice.url !== null);
  return online.reduce<T | null>(
    (oldest, each) => (oldest === null || each.dueOn < oldest.dueOn ? each : oldest),
    null,
  );
}

/**
 * Why this content must not be said, empty when it may be: figures that contradict one another never reach a
 * customer (promise 4). The strictest wording needs an invoice that is at its step (S2).
 */
export function contradictions(content: ReminderContent): string[] {
  const found: string[] = [];
  const invoices = allInvoices(content);
  const rank = STRICTEST_FIRST.indexOf(content.stepKey);
  if (!content.groups.some((group) => group.stepKey === content.stepKey && group.invoices.length > 0))
    found.push(`no invoice is at the step ${content.stepKey}`);
  if (orderedGroups(content).some((group) => STRICTEST_FIRST.indexOf(group.stepKey) < rank))
    found.push(`an invoice is at a stricter step than ${content.stepKey}`);
  if (invoices.some((invoice) => invoice.openMinor <= 0)) found.push('an invoice has nothing open');
  if (invoices.some((invoice) => invoice.daysLate <= 0)) found.push('an invoice is not past due');
  if (invoices.some((invoice) => invoice.daysLate !== daysBetween(invoice.dueOn, content.today)))
    found.push('the days past due are not those from the due date to today');
  if (content.creditsMinor < 0) found.push('the credits are negative');
  if (content.askMinor <= 0) found.push('nothing is asked for');
  if (content.askMinor !== pastDueMinor(invoices) - content.creditsMinor)
    found.push('the amount asked is not what is past due less the credits');
  if (content.payBy < content.today) found.push('the date asked for has passed');
  const links = [content.payUrl, ...invoices.map((invoice) => invoice.url)];
  if (links.some((link) => link !== null && safeWebAddress(link) === null))
    found.push('the pay link is not a safe web address');
  if (content.logoUrl !== null && !isWebAddress(content.logoUrl) && !content.logoUrl.startsWith('cid:'))
    found.push('the logo is not at a web address');
  if (content.creditor.legalName.trim() === '' || content.creditor.postalAddress.trim() === '')
    found.push("the creditor's name or postal address is missing");
  return found;
}

function isWebAddress(text: string): boolean {
  // http is for a machine of one's own; whoever hosts the service has https, configuration sees to it
  return URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol);
}
