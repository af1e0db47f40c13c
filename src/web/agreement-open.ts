import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';

/** An open invoice that something can be agreed about. Minor units. */
export interface OpenInvoice {
  readonly invoiceId: string;
  readonly number: string | null;
  readonly dueOn: Day | null;
  readonly currency: Currency;
  readonly openMinor: number;
  /** 0: not past due. */
  readonly daysLate: number;
  /** It is in a live promise, plan or offer already, so it can't be in another one. */
  readonly agreed: boolean;
}

/** What an agreement would cover: the invoices named, or all that is past due in the currency. */
export function covered(
  open: readonly OpenInvoice[],
  invoiceIds: readonly string[] | null,
  currency: Currency | null,
): readonly OpenInvoice[] {
  if (invoiceIds !== null) return open.filter((one) => invoiceIds.includes(one.invoiceId));
  return open.filter((one) => one.daysLate > 0 && (currency === null || one.currency === currency));
}
