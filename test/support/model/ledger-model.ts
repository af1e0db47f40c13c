import { activate, addCustomer, merge, setParent } from './act-customers.ts';
import { addInvoice, approve, email, endInvoice, move, redate, reprice } from './act-invoices.ts';
import { addCredit, apply, editPayment, endSource, pay, unapply } from './act-money.ts';
import { type Figures, noFigures, ordinaryAges } from './figures.ts';
import type { Op } from './history.ts';
import { LedgerState, type ModelOptions, type Step } from './ledger-state.ts';

/** One history's part of a ledger. */
export class LedgerModel {
  readonly state: LedgerState;

  constructor(private readonly options: ModelOptions) {
    this.state = new LedgerState(options);
  }

  /** Carries out one operation; null: the ledger would not allow it, or there is nothing to do it to. */
  play(op: Op, today: string): Step | null {
    const { state } = this;
    switch (op.op) {
      case 'customer':
        return addCustomer(state, op);
      case 'invoice':
        return addInvoice(state, op, today);
      case 'payment':
        return pay(state, op);
      case 'credit':
        return addCredit(state, op);
      case 'apply':
        return apply(state, op);
      case 'unapply':
        return unapply(state, op.which);
      case 'approve':
        return approve(state, op.which);
      case 'email':
        return email(state, op.which);
      case 'activate':
        return activate(state, op.which);
      case 'end':
        return op.what === 'invoice' ? endInvoice(state, op.which, op.how) : endSource(state, op);
      case 'amount':
        return op.what === 'invoice'
          ? reprice(state, op.which, op.amount)
          : editPayment(state, op.which, op.amount);
      case 'redate':
        return redate(state, op.which, op.due, today);
      case 'move':
        return move(state, op.which, op.to);
      case 'merge':
        return merge(state, op.which, op.to);
      case 'parent':
        return setParent(state, op.which, op.to, op.bills);
    }
  }

  /** Who is chased for a customer: the topmost one that its bills go to (R12). Unknown ids stand for themselves. */
  debtorOf(customerId: string): string {
    const customer = this.state.customers.find((one) => one.id === customerId);
    if (customer === undefined || !customer.bills || customer.parent === null) return customerId;
    return this.debtorOf(customer.parent);
  }

  /** Every customer of this history, merged ones included. */
  customerIds(): readonly string[] {
    return this.state.customers.map((one) => one.id);
  }

  /** `customer currency` → its figures as of a day, after R12; those that owe nothing and have no credit are absent. */
  figures(today: string): Map<string, Figures> {
    const rows = new Map<string, Figures>();
    const rowOf = (customer: string, currency: string): Figures => {
      const key = `${this.debtorOf(customer)} ${currency}`;
      const row = rows.get(key) ?? noFigures();
      rows.set(key, row);
      return row;
    };
    const ageOf = this.options.ages ?? ordinaryAges;
    for (const invoice of this.state.invoices) {
      const balance = this.state.balance(invoice);
      if (invoice.status !== 'open' || balance === 0) continue;
      const row = rowOf(invoice.customer, invoice.currency);
      row.open += balance;
      row[ageOf(invoice.due, today)] += balance;
    }
    for (const source of this.state.sources) {
      if (this.state.rest(source) > 0)
        rowOf(source.customer, source.currency).credits += this.state.rest(source);
    }
    return rows;
  }
}
