import type { Op } from './history.ts';
import { addDays, type InvoiceState, type LedgerState, pick, type Step } from './ledger-state.ts';

/* What a person does to invoices. Null: the ledger would not allow it, or there is none to do it to. */

export function addInvoice(
  state: LedgerState,
  op: Extract<Op, { op: 'invoice' }>,
  today: string,
): Step | null {
  const customer = pick(state.alive(), op.who);
  if (customer === undefined) return null;
  const label = `I${state.invoices.length + 1}`;
  const draft = op.state !== 'open' && state.options.vendor === 'xero';
  const invoice: InvoiceState = {
    id: state.nextId(),
    label,
    customer: customer.id,
    currency: state.currencyOf(customer, op.currency),
    total: op.amount,
    due: op.due === null ? null : addDays(today, op.due),
    status: draft ? 'draft' : 'open',
  };
  state.invoices.push(invoice);
  const date = invoice.due === null || invoice.due > today ? today : addDays(invoice.due, -14);
  return {
    words: `${draft ? `${op.state} ` : ''}invoice ${label} of ${customer.label}: ${invoice.total} ${invoice.currency}, due ${invoice.due ?? 'never'}`,
    changes: [
      {
        do: 'addInvoice',
        row: {
          id: invoice.id,
          number: label,
          customerId: customer.id,
          currency: invoice.currency,
          totalMinor: invoice.total,
          date,
          dueDate: invoice.due,
          status: draft ? op.state : 'open',
          ...(op.sent ? {} : { sentAt: null }),
        },
      },
    ],
  };
}

export function approve(state: LedgerState, which: number): Step | null {
  const invoice = pick(
    state.invoices.filter((one) => one.status === 'draft'),
    which,
  );
  if (invoice === undefined) return null;
  invoice.status = 'open';
  return {
    words: `${invoice.label} is approved`,
    changes: [{ do: 'updateInvoice', id: invoice.id, row: { status: 'open' } }],
  };
}

export function email(state: LedgerState, which: number): Step | null {
  const invoice = pick(
    state.invoices.filter((one) => one.status === 'open'),
    which,
  );
  if (invoice === undefined) return null;
  return {
    words: `${invoice.label} is sent to the customer`,
    changes: [{ do: 'emailInvoice', id: invoice.id }],
  };
}

/** QuickBooks takes the money off and lets go; Xero deletes drafts only, and voids only what nothing was paid on. */
export function endInvoice(state: LedgerState, which: number, how: 'void' | 'delete'): Step | null {
  const qbo = state.options.vendor === 'intuit';
  const invoice = pick(
    state.invoices.filter((one) =>
      qbo
        ? one.status === 'open' || (one.status === 'voided' && how === 'delete')
        : one.status === (how === 'delete' ? 'draft' : 'open') && state.onInvoice(one) === 0,
    ),
    which,
  );
  if (invoice === undefined) return null;
  invoice.status = how === 'void' ? 'voided' : 'deleted';
  state.parts = state.parts.filter((part) => part.invoice !== invoice.id);
  return {
    words: `${invoice.label} is ${invoice.status}`,
    changes: [{ do: how === 'void' ? 'voidInvoice' : 'deleteInvoice', id: invoice.id }],
  };
}

/** Up or down; never below what is paid, and in Xero only while nothing is. */
export function reprice(state: LedgerState, which: number, amount: number): Step | null {
  const qbo = state.options.vendor === 'intuit';
  const invoice = pick(
    state.invoices.filter(
      (one) => one.status === 'draft' || (one.status === 'open' && (qbo || state.onInvoice(one) === 0)),
    ),
    which,
  );
  if (invoice === undefined) return null;
  const before = invoice.total;
  // a third of the time down to exactly what is paid: it closes
  const paid = state.onInvoice(invoice);
  invoice.total = paid > 0 && amount % 3 === 0 ? paid : Math.max(amount, paid);
  return {
    words: `${invoice.label} of ${before} becomes ${invoice.total} ${invoice.currency}`,
    changes: [{ do: 'updateInvoice', id: invoice.id, row: { totalMinor: invoice.total } }],
  };
}

export function redate(state: LedgerState, which: number, due: number | null, today: string): Step | null {
  const invoice = pick(
    state.invoices.filter((one) => one.status === 'open' || one.status === 'draft'),
    which,
  );
  if (invoice === undefined) return null;
  invoice.due = due === null ? null : addDays(today, due);
  const paid = state.onInvoice(invoice);
  // Xero leaves the stamp of a partly paid invoice where it is
  if (state.options.vendor === 'xero' && paid > 0 && paid < invoice.total) state.unstamped = true;
  return {
    words: `${invoice.label} is now due ${invoice.due ?? 'never'}`,
    changes: [{ do: 'updateInvoice', id: invoice.id, row: { dueDate: invoice.due } }],
  };
}

export function move(state: LedgerState, which: number, to: number): Step | null {
  const invoice = pick(
    state.invoices.filter(
      (one) => (one.status === 'open' || one.status === 'draft') && state.onInvoice(one) === 0,
    ),
    which,
  );
  if (invoice === undefined) return null;
  const customer = pick(
    state
      .alive()
      .filter(
        (one) =>
          one.id !== invoice.customer &&
          (state.options.vendor === 'xero' || one.currency === invoice.currency),
      ),
    to,
  );
  if (customer === undefined) return null;
  const before = state.labelOf(invoice.customer);
  invoice.customer = customer.id;
  return {
    words: `${invoice.label} moves from ${before} to ${customer.label}`,
    changes: [{ do: 'updateInvoice', id: invoice.id, row: { customerId: customer.id } }],
  };
}
