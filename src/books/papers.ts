import type { Day } from '../domain/day.ts';
import type { OnlineInvoice } from '../ports/ledger.ts';

/**
 * An answer about an invoice's page is trusted for so long, for the same version of the invoice: a business that
 * starts or stops taking payments online changes none of its invoices.
 */
export const LINK_DAYS = 30;

/** A print of an invoice is kept so long after it was fetched; then it is fetched anew when somebody asks. */
export const PDF_DAYS = 30;

/** Invoices about which the ledger is asked in one go. */
export const LINKS_AT_ONCE = 100;

/** An invoice as the mirror had it when the ledger was asked: what the answer is true for. */
export interface Version {
  readonly invoiceId: string;
  readonly version: string;
  readonly changedAt: Date;
}

/** What is kept of the ledger's answers: an id that is missing stays unknown, a page that no longer opens is none. */
export function answersToKeep(
  asked: readonly Version[],
  answers: ReadonlyMap<string, OnlineInvoice | null>,
  today: Day,
): readonly (Version & { readonly online: OnlineInvoice | null })[] {
  return asked.flatMap((version) => {
    const said = answers.get(version.invoiceId);
    if (said === undefined) return [];
    const over = said !== null && said.expiresOn !== null && said.expiresOn < today;
    return [{ ...version, online: over ? null : said }];
  });
}

/**
 * The order in which invoices are asked about: of each message the one longest past due, which its button opens,
 * before any other; each once, at most `LINKS_AT_ONCE`.
 */
export function askingOrder(
  messages: readonly (readonly { readonly invoiceId: string; readonly daysLate: number }[])[],
): readonly string[] {
  const sorted = messages.map((invoices) => invoices.toSorted((one, other) => other.daysLate - one.daysLate));
  const first = sorted.flatMap((invoices) => invoices.slice(0, 1));
  const rest = sorted.flatMap((invoices) => invoices.slice(1));
  return [...new Set([...first, ...rest].map((invoice) => invoice.invoiceId))].slice(0, LINKS_AT_ONCE);
}
