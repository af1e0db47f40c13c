import { type CustomerState, type LedgerState, pick, type Step } from './ledger-state.ts';

/* What a person does to customers. Null: the ledger would not allow it, or there is nobody to do it to. */

export function addCustomer(
  state: LedgerState,
  op: { currency: number; parent: number; bills: boolean },
): Step {
  const label = `C${state.customers.length + 1}`;
  const currency = state.currencyAt(op.currency);
  const parent =
    state.options.vendor === 'intuit' && op.parent > 0 ? state.customers.at(-op.parent) : undefined;
  const takes = parent?.active === true && state.depth(parent) < 3 ? parent : undefined;
  const customer: CustomerState = {
    id: state.nextId(),
    label,
    currency,
    parent: takes?.id ?? null,
    bills: takes !== undefined && op.bills,
    active: true,
    merged: false,
  };
  state.customers.push(customer);
  const under =
    takes === undefined ? '' : ` under ${takes.label}${customer.bills ? ', which gets its bills' : ''}`;
  return {
    words: `customer ${label} in ${currency}${under}`,
    changes: [
      {
        do: 'addCustomer',
        row: {
          id: customer.id,
          name: state.options.nameOf(label),
          email: `ap@${label.toLowerCase()}.example`,
          currency,
          billWithParent: customer.bills,
          ...(takes && { parentId: takes.id }),
        },
      },
    ],
  };
}

export function setParent(state: LedgerState, which: number, to: number, bills: boolean): Step | null {
  if (state.options.vendor !== 'intuit') return null;
  const child = pick(state.alive(), which);
  if (child === undefined) return null;
  // 0 of the choices: no parent any more
  const fit = state
    .alive()
    .filter((one) => !state.isAbove(child.id, one.id) && state.depth(one) + state.height(child) < 4);
  const at = to % (fit.length + 1);
  const parent = at === 0 ? undefined : fit[at - 1];
  child.parent = parent?.id ?? null;
  child.bills = parent !== undefined && bills;
  return {
    words:
      parent === undefined
        ? `${child.label} stands alone`
        : `${child.label} goes under ${parent.label}${child.bills ? ', which gets its bills' : ''}`,
    changes: [
      { do: 'updateCustomer', id: child.id, row: { parentId: child.parent, billWithParent: child.bills } },
    ],
  };
}

export function merge(state: LedgerState, which: number, to: number): Step | null {
  const from = pick(state.alive(), which);
  if (from === undefined) return null;
  const into = pick(
    state
      .alive()
      .filter(
        (one) =>
          one !== from &&
          !state.isAbove(from.id, one.id) &&
          (state.options.vendor === 'xero' || one.currency === from.currency),
      ),
    to,
  );
  if (into === undefined) return null;
  for (const row of [...state.invoices, ...state.sources])
    if (row.customer === from.id) row.customer = into.id;
  for (const one of state.customers) if (one.parent === from.id) one.parent = into.id;
  from.active = false;
  from.merged = true;
  return {
    words: `${from.label} is merged into ${into.label}`,
    changes: [{ do: 'mergeCustomer', id: from.id, into: into.id }],
  };
}

export function activate(state: LedgerState, which: number): Step | null {
  const customer = pick(
    state.customers.filter((one) => !one.merged),
    which,
  );
  if (customer === undefined) return null;
  customer.active = !customer.active;
  return {
    words: `${customer.label} is made ${customer.active ? 'active again' : 'inactive'}`,
    changes: [{ do: 'updateCustomer', id: customer.id, row: { active: customer.active } }],
  };
}
