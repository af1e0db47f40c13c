import type { Payment, RejectedRow } from '../domain/books.ts';

/** What must be known of an invoice to judge a payment that names it. */
export interface NamedInvoice {
  readonly invoiceId: string;
  readonly currency: string;
  readonly status: string;
}

/**
 * What contradicts the payment's own allocations, in words, or null: an invoice that is void or deleted, or is in
 * another currency (SYN-09, SYN-10). Invoices that nobody knows contradict nothing. The id decides, whole (SYN-18).
 */
function contradiction(payment: Payment, invoices: ReadonlyMap<string, NamedInvoice>): string | null {
  if (payment.status !== 'valid') return null;
  for (const { invoiceId } of payment.allocations) {
    const invoice = invoices.get(invoiceId);
    if (invoice === undefined) continue;
    if (invoice.status === 'void' || invoice.status === 'deleted')
      return `it pays invoice ${invoiceId}, which is ${invoice.status}`;
    if (invoice.currency !== payment.currency)
      return `it is in ${payment.currency}, but the invoice ${invoiceId} that it pays is in ${invoice.currency}`;
  }
  return null;
}

/** Payments that can stand, and those that contradict the invoices they name, as rows that were rejected (R8). */
export function judgePayments(
  payments: readonly Payment[],
  invoices: ReadonlyMap<string, NamedInvoice>,
): { readonly sound: readonly Payment[]; readonly rejected: readonly RejectedRow[] } {
  const sound: Payment[] = [];
  const rejected: RejectedRow[] = [];
  for (const payment of payments) {
    const reason = contradiction(payment, invoices);
    if (reason === null) sound.push(payment);
    else rejected.push({ kind: 'payment', id: payment.paymentId, customerId: payment.customerId, reason });
  }
  return { sound, rejected };
}
