import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import { sumMinor } from '../domain/money.ts';
import type { InvoiceInterest } from '../dunning/interest-of.store.ts';
import type { Accrued } from '../policies/consequences/consequence.ts';

/** An invoice of a message. */
export interface AskedInvoice {
  readonly invoiceId: string;
  /** What the message says is open on it, in minor units. */
  readonly openMinor: number;
  /** 0 until the day after the due date. */
  readonly daysLate: number;
  /** S2: the announcement is about it. */
  readonly leading: boolean;
}

/**
 * What a message may say interest and fixed sums come to by `on`: the sums on the invoices that it announces them for.
 * Null unless they are known of every past-due invoice of the message, in its currency and on the same open balance;
 * null also where nothing has accrued yet.
 */
export function accruedOf(
  invoices: readonly AskedInvoice[],
  reckoned: readonly InvoiceInterest[],
  currency: Currency,
  on: Day,
): Accrued | null {
  const known = new Map(reckoned.map((one) => [one.invoiceId, one]));
  const late = invoices.filter((invoice) => invoice.daysLate > 0);
  const sums = late.map(({ invoiceId, openMinor, leading }) => {
    const found = known.get(invoiceId);
    if (found === undefined || found.currency !== currency || found.openMinor !== openMinor) return null;
    const { answer } = found;
    if (answer.kind === 'refused') return null;
    // within the days of grace
    if (!leading || answer.kind === 'nothing') return { interestMinor: 0, fixedMinor: 0 };
    return answer;
  });
  const complete = sums.filter((one) => one !== null);
  if (complete.length < sums.length) return null;
  const interestMinor = sumMinor(complete.map((one) => one.interestMinor));
  const fixedMinor = sumMinor(complete.map((one) => one.fixedMinor));
  return interestMinor + fixedMinor > 0 ? { interestMinor, fixedMinor, on } : null;
}
