import { invoiceBalance, restOf } from './arithmetic.ts';
import type { Desk } from './desk.ts';
import type { BooksApi } from './model.ts';

/** Everything that only looks. */
export function readings(desk: Desk) {
  return {
    companies: () => [...desk.companies().values()],
    company: (companyId) => desk.company(companyId),
    customers: (companyId) => desk.shelf(companyId).list('customer'),
    invoices: (companyId) => desk.shelf(companyId).list('invoice'),
    payments: (companyId) => desk.shelf(companyId).list('payment'),
    credits: (companyId) => desk.shelf(companyId).list('credit'),
    allocations: (companyId) => desk.shelf(companyId).list('allocation'),
    notes: (companyId, invoiceId) =>
      (invoiceId === undefined
        ? desk.shelf(companyId).list('note')
        : desk.shelf(companyId).of('note', invoiceId)
      ).filter((note) => note.gone === undefined),
    removedNotes: (companyId) =>
      desk
        .shelf(companyId)
        .list('note')
        .filter((note) => note.gone !== undefined),

    customer: (companyId, id) => desk.shelf(companyId).get('customer', id),
    invoice: (companyId, id) => desk.shelf(companyId).get('invoice', id),
    payment: (companyId, id) => desk.shelf(companyId).get('payment', id),
    credit: (companyId, id) => desk.shelf(companyId).get('credit', id),
    allocation: (companyId, id) => desk.shelf(companyId).get('allocation', id),

    invoicesOf: (companyId, customerId) => desk.shelf(companyId).of('invoice', customerId),
    paymentsOf: (companyId, customerId) => desk.shelf(companyId).of('payment', customerId),
    creditsOf: (companyId, customerId) => desk.shelf(companyId).of('credit', customerId),
    allocationsTo: (companyId, invoiceId) => desk.shelf(companyId).of('allocation', `invoice/${invoiceId}`),
    allocationsFrom: (companyId, sourceKind, sourceId) =>
      desk.shelf(companyId).of('allocation', `${sourceKind}/${sourceId}`),

    today: (companyId) => dayIn(desk.stamp(), desk.company(companyId).timeZone),

    balanceMinor: (companyId, invoiceId) => {
      const shelf = desk.shelf(companyId);
      return invoiceBalance(shelf.get('invoice', invoiceId), shelf.allocated('invoice', invoiceId));
    },
    unallocatedMinor: (companyId, sourceKind, sourceId) => {
      const shelf = desk.shelf(companyId);
      return restOf(shelf.get(sourceKind, sourceId), shelf.allocated(sourceKind, sourceId));
    },
    customerBalanceMinor: (companyId, customerId) => {
      const shelf = desk.shelf(companyId);
      shelf.get('customer', customerId);
      return { ...shelf.customerBalance(customerId) };
    },
  } satisfies Partial<BooksApi>;
}

/** The day (`YYYY-MM-DD`) that an ISO instant falls on in a zone. */
export function dayIn(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
