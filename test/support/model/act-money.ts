import type { Op } from './history.ts';
import {
  type Change,
  type InvoiceState,
  type LedgerState,
  type PartState,
  pick,
  portion,
  type SourceState,
  type Step,
} from './ledger-state.ts';

/* What a person does with money and credits. Null: the ledger would not allow it, or there is nothing to do. */

export function pay(state: LedgerState, op: Extract<Op, { op: 'payment' }>): Step | null {
  const customer = pick(state.alive(), op.who);
  if (customer === undefined) return null;
  const payable = state.invoices.filter(
    (one) =>
      one.status === 'open' &&
      state.balance(one) > 0 &&
      state.related(customer.id, one.customer) &&
      (state.options.vendor === 'xero' || one.currency === customer.currency),
  );
  const first = op.on.length === 0 ? undefined : pick(payable, op.on[0] ?? 0);
  const currency = first?.currency ?? state.currencyOf(customer, op.currency);
  const same = payable.filter((one) => one.currency === currency);
  const chosen =
    first === undefined ? [] : [...new Set([first, ...op.on.slice(1).map((n) => pick(same, n) ?? first)])];
  const portions = chosen.map((invoice) => ({
    invoice,
    amount: portion(state.balance(invoice), op.percent),
  }));
  const total = portions.reduce((sum, one) => sum + one.amount, 0) + op.extra;
  if (total === 0) return null;
  const label = `P${state.sources.length + 1}`;
  const source: SourceState = {
    id: state.nextId(),
    label,
    kind: 'payment',
    customer: customer.id,
    currency,
    total,
    status: 'open',
  };
  state.sources.push(source);
  const changes: Change[] = [
    {
      do: 'addPayment',
      row: { id: source.id, customerId: customer.id, currency, totalMinor: total, reference: label },
    },
    ...portions.map(({ invoice, amount }) => set(state, source, invoice, amount)),
  ];
  const onto = portions.map(({ invoice, amount }) => `${amount} on ${invoice.label}`).join(', ');
  return {
    words: `payment ${label} of ${customer.label}: ${total} ${currency}${onto === '' ? '' : `, ${onto}`}`,
    changes,
  };
}

/** A credit of nothing is none. */
export function addCredit(state: LedgerState, op: Extract<Op, { op: 'credit' }>): Step | null {
  const customer = pick(state.alive(), op.who);
  if (customer === undefined || op.amount === 0) return null;
  const label = `${op.kind.replace('_', ' ')} R${state.sources.length + 1}`;
  const currency = state.currencyOf(customer, op.currency);
  const source: SourceState = {
    id: state.nextId(),
    label,
    kind: op.kind,
    customer: customer.id,
    currency,
    total: op.amount,
    status: 'open',
  };
  state.sources.push(source);
  return {
    words: `${label} for ${customer.label}: ${op.amount} ${currency}`,
    changes: [
      {
        do: 'addCredit',
        row: { id: source.id, kind: op.kind, customerId: customer.id, currency, totalMinor: op.amount },
      },
    ],
  };
}

export function apply(
  state: LedgerState,
  { source: n, invoice: m, percent }: Extract<Op, { op: 'apply' }>,
): Step | null {
  const fits = (source: SourceState) =>
    state.invoices.filter(
      (one) =>
        one.status === 'open' &&
        one.currency === source.currency &&
        state.balance(one) > 0 &&
        state.related(source.customer, one.customer),
    );
  const source = pick(
    state.sources.filter((one) => state.rest(one) > 0 && fits(one).length > 0),
    n,
  );
  if (source === undefined) return null;
  const invoice = pick(fits(source), m);
  if (invoice === undefined) return null;
  const amount = portion(Math.min(state.rest(source), state.balance(invoice)), percent);
  return {
    words: `${amount} of ${source.label} is set against ${invoice.label}`,
    changes: [set(state, source, invoice, amount)],
  };
}

export function unapply(state: LedgerState, which: number): Step | null {
  const part = pick(state.parts, which);
  if (part === undefined) return null;
  state.parts = state.parts.filter((one) => one !== part);
  const source = state.sources.find((one) => one.id === part.source);
  const invoice = state.invoices.find((one) => one.id === part.invoice);
  return {
    words: `${part.amount} of ${source?.label} is taken off ${invoice?.label}`,
    changes: [{ do: 'removeAllocation', id: part.id }],
  };
}

/** Money taken back: a payment that bounced, a credit that was withdrawn. Xero knows no voided payments. */
export function endSource(state: LedgerState, { what, which, how }: Extract<Op, { op: 'end' }>): Step | null {
  const qbo = state.options.vendor === 'intuit';
  const wanted = (one: SourceState) => (one.kind === 'payment') === (what === 'payment');
  // in Xero a credit that is used must be freed first
  const free = (one: SourceState) => qbo || what === 'payment' || state.used(one) === 0;
  const source = pick(
    state.sources.filter((one) => one.status === 'open' && wanted(one) && free(one)),
    which,
  );
  if (source === undefined) return null;
  const verb = qbo ? how : what === 'payment' ? 'delete' : 'void';
  source.status = verb === 'void' ? 'voided' : 'deleted';
  state.parts = state.parts.filter((part) => part.source !== source.id);
  const kind = what === 'payment' ? 'Payment' : 'Credit';
  return {
    words: `${source.label} is ${source.status}`,
    changes: [{ do: `${verb}${kind}`, id: source.id }],
  };
}

/** QuickBooks lets a person type another amount; Xero only delete and enter anew. */
export function editPayment(state: LedgerState, which: number, amount: number): Step | null {
  if (state.options.vendor !== 'intuit') return null;
  const source = pick(
    state.sources.filter((one) => one.status === 'open' && one.kind === 'payment'),
    which,
  );
  if (source === undefined) return null;
  const before = source.total;
  source.total = Math.max(amount, state.used(source), 1);
  return {
    words: `${source.label} of ${before} becomes ${source.total} ${source.currency}`,
    changes: [{ do: 'updatePayment', id: source.id, row: { totalMinor: source.total } }],
  };
}

function set(state: LedgerState, source: SourceState, invoice: InvoiceState, amount: number): Change {
  const part: PartState = { id: state.nextId(), source: source.id, invoice: invoice.id, amount };
  state.parts.push(part);
  const sourceKind = source.kind === 'payment' ? 'payment' : 'credit';
  return {
    do: 'allocate',
    row: { id: part.id, sourceKind, sourceId: source.id, invoiceId: invoice.id, amountMinor: amount },
  };
}
