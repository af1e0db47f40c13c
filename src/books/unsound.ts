import type { Allocation, Credit, Payment, RejectedRow } from '../domain/books.ts';
import type { Currency } from '../domain/currency.ts';
import { decimalText, sumMinor } from '../domain/money.ts';

/** What must be known of an invoice to judge money that is set against it. */
export interface NamedInvoice {
  readonly invoiceId: string;
  readonly currency: string;
  readonly status: string;
  readonly totalMinor: number;
}

type Invoices = ReadonlyMap<string, NamedInvoice>;

/**
 * What contradicts the payment's own allocations, in words, or null: they come to more than the payment and the credits
 * it brings, or one of them goes to an invoice that is void or deleted, is in another currency, or is smaller (SYN-09,
 * SYN-10). The id decides, whole (SYN-18). An invoice that nobody knows contradicts nothing yet: ledgers send rows in
 * any order, and it may come later in the same reading; `unknownInvoice` is said at its end.
 */
function ofPayment(payment: Payment, invoices: Invoices): string | null {
  if (payment.status !== 'valid') return null;
  const { allocations, currency, totalMinor, creditsMinor = 0 } = payment;
  return (
    tooMuch(allocations, totalMinor + creditsMinor, totalMinor, currency) ??
    first(allocations, (part) => atOdds('payment', part, currency, invoices.get(part.invoiceId)))
  );
}

/** The same of a credit. */
function ofCredit(credit: Credit, invoices: Invoices): string | null {
  if (credit.status !== 'open' && credit.status !== 'closed') return null;
  const { allocations, currency, totalMinor } = credit;
  return (
    tooMuch(allocations, totalMinor, totalMinor, currency) ??
    first(allocations, (part) => atOdds('credit', part, currency, invoices.get(part.invoiceId)))
  );
}

/** What contradicts one part of a payment or credit in the invoice it settles, in words, or null (SYN-09, SYN-10). */
export function atOdds(
  kind: 'payment' | 'credit',
  part: Allocation,
  currency: Currency,
  invoice: NamedInvoice | undefined,
): string | null {
  if (invoice === undefined) return null;
  const { status } = invoice;
  const gone = status === 'void' || status === 'deleted';
  if (kind === 'payment' && gone) return `it pays invoice ${part.invoiceId}, which is ${status}`;
  if (kind === 'payment' && invoice.currency !== currency)
    return `it is in ${currency}, but the invoice ${part.invoiceId} that it pays is in ${invoice.currency}`;
  // what a void one was is not known any more
  if (gone || invoice.currency !== currency || part.amountMinor <= invoice.totalMinor) return null;
  return `${inWords(part.amountMinor, currency)} of it are set against invoice ${part.invoiceId}, which is only ${inWords(invoice.totalMinor, currency)}`;
}

function first<Row>(rows: readonly Row[], judge: (row: Row) => string | null): string | null {
  for (const row of rows) {
    const found = judge(row);
    if (found !== null) return found;
  }
  return null;
}

function tooMuch(
  allocations: readonly Allocation[],
  mostMinor: number,
  totalMinor: number,
  currency: Currency,
): string | null {
  const sum = sumMinor(allocations.map((part) => part.amountMinor));
  if (allocations.length === 0 || sum <= mostMinor) return null;
  return `${inWords(sum, currency)} of it are set against invoices, but it is only ${inWords(totalMinor, currency)}`;
}

function inWords(minor: number, currency: Currency): string {
  return `${decimalText(minor, currency)} ${currency}`;
}

/** Payments and credits that can stand, and those that contradict themselves or what they settle, as rejected rows (R8). */
export interface Judged {
  readonly payments: readonly Payment[];
  readonly credits: readonly Credit[];
  readonly rejected: readonly RejectedRow[];
}

/** Lists of which nothing is rejected come back as they are, the very same. */
export function judgeMoney(
  { payments, credits }: Pick<Judged, 'payments' | 'credits'>,
  invoices: Invoices,
): Judged {
  const rejected: RejectedRow[] = [];
  const soundOf = <Row extends Payment | Credit>(
    rows: readonly Row[],
    kind: 'payment' | 'credit',
    idOf: (row: Row) => string,
    judge: (row: Row) => string | null,
  ): readonly Row[] => {
    const refused = rows.filter((row) => {
      const reason = judge(row);
      if (reason === null) return false;
      rejected.push({ kind, id: idOf(row), customerId: row.customerId, reason });
      return true;
    });
    return refused.length === 0 ? rows : rows.filter((row) => !refused.includes(row));
  };
  return {
    payments: soundOf(
      payments,
      'payment',
      (row) => row.paymentId,
      (row) => ofPayment(row, invoices),
    ),
    credits: soundOf(
      credits,
      'credit',
      (row) => row.creditId,
      (row) => ofCredit(row, invoices),
    ),
    rejected,
  };
}

/** How the reason begins of a payment that names an invoice which a whole reading did not bring. */
export const UNKNOWN_INVOICE = 'it pays an invoice that the ledger does not show: ';

/** How the reason begins of money whose invoice, that came after it, contradicts it. */
export const AT_ODDS = 'it contradicts an invoice: ';

/** How the reason begins of a customer whose parents lead back to it. */
export const CIRCLE = 'its parent customers run in a circle: ';

/** `names` of the customers on the way round, each once; the way is shown from the first back to the first. */
export function circleInWords(names: readonly string[]): string {
  return `${CIRCLE}${[...names, names[0]].join(' → ')}; take one of them out of its parent`;
}
