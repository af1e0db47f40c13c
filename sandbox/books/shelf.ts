import type { DocStore } from '../store.ts';
import { invoiceBalance, restOf } from './arithmetic.ts';
import {
  BooksError,
  type SandboxAllocation,
  type SandboxCredit,
  type SandboxCustomer,
  type SandboxInvoice,
  type SandboxNote,
  type SandboxPayment,
} from './model.ts';

export interface Rows {
  customer: SandboxCustomer;
  invoice: SandboxInvoice;
  payment: SandboxPayment;
  credit: SandboxCredit;
  allocation: SandboxAllocation;
  note: SandboxNote;
}

type Kind = keyof Rows;

/**
 * The rows of one company with the indexes that keep every balance independent of the size of the book.
 * The rows are the store's; what is here besides can be built again from them at any time.
 */
export class Shelf {
  /** Ids of rows by what they belong to, for example `invoice of <customer id>`. */
  private readonly index = new Map<string, Set<string>>();
  /** Allocated amounts by `invoice/<id>`, `payment/<id>`, `credit/<id>`. */
  private readonly sums = new Map<string, number>();
  private readonly lists = new Map<Kind, readonly Rows[Kind][]>();
  private readonly balances = new Map<string, Record<string, number>>();

  constructor(
    private readonly store: DocStore,
    private readonly companyId: string,
  ) {
    for (const kind of ['customer', 'invoice', 'payment', 'credit', 'allocation', 'note'] as const) {
      for (const row of this.rows(kind).values()) this.enter(kind, row);
    }
  }

  rows<K extends Kind>(kind: K): ReadonlyMap<string, Rows[K]> {
    return this.store.all<Rows[K]>(this.kind(kind));
  }

  list<K extends Kind>(kind: K): readonly Rows[K][] {
    let list = this.lists.get(kind);
    if (list === undefined) {
      list = [...this.rows(kind).values()];
      this.lists.set(kind, list);
    }
    return list as readonly Rows[K][];
  }

  get<K extends Kind>(kind: K, id: string): Rows[K] {
    const row = this.rows(kind).get(id);
    if (row === undefined)
      throw new BooksError('not_found', `There is no ${kind} ${id} in company ${this.companyId}`);
    return row;
  }

  put<K extends Kind>(kind: K, row: Rows[K]): Rows[K] {
    const before = this.rows(kind).get(row.id);
    // a row that stays with its owners keeps its place among them: the order of creation
    const stays = before !== undefined && ownersOf(kind, before).join() === ownersOf(kind, row).join();
    if (before !== undefined && !stays) this.leave(kind, before);
    this.store.put(this.kind(kind), row.id, row);
    if (stays) this.forget(kind, row);
    else this.enter(kind, row);
    return row;
  }

  remove(kind: Kind, id: string): void {
    this.leave(kind, this.get(kind, id));
    this.store.remove(this.kind(kind), id);
  }

  /** Rows of a kind that belong to an owner, in order of creation. */
  of<K extends Kind>(kind: K, owner: string): readonly Rows[K][] {
    return [...(this.index.get(`${kind} of ${owner}`) ?? [])].map((id) => this.get(kind, id));
  }

  allocated(side: 'invoice' | 'payment' | 'credit', id: string): number {
    return this.sums.get(`${side}/${id}`) ?? 0;
  }

  /** The active customer of that name, whatever its capitals. */
  named(name: string): string | undefined {
    return this.index.get(`customer of ${name.toLowerCase()}`)?.values().next().value;
  }

  /** Per currency: Σ open invoice balances − Σ what is left of payments and credits. */
  customerBalance(customerId: string): Record<string, number> {
    const known = this.balances.get(customerId);
    if (known !== undefined) return known;
    const sum: Record<string, number> = {};
    const add = (currency: string, minor: number) => {
      sum[currency] = (sum[currency] ?? 0) + minor;
    };
    for (const row of this.of('invoice', customerId)) {
      if (row.status === 'open') add(row.currency, invoiceBalance(row, this.allocated('invoice', row.id)));
    }
    for (const kind of ['payment', 'credit'] as const) {
      for (const row of this.of(kind, customerId))
        add(row.currency, -restOf(row, this.allocated(kind, row.id)));
    }
    this.balances.set(customerId, sum);
    return sum;
  }

  private enter(kind: Kind, row: Rows[Kind]): void {
    this.change(kind, row, 1, (owners, id) => owners.add(id));
  }

  private leave(kind: Kind, row: Rows[Kind]): void {
    this.change(kind, row, -1, (owners, id) => owners.delete(id));
  }

  private change(
    kind: Kind,
    row: Rows[Kind],
    sign: number,
    act: (owners: Set<string>, id: string) => void,
  ): void {
    this.forget(kind, row);
    for (const owner of ownersOf(kind, row)) {
      const key = `${kind} of ${owner}`;
      const owners = this.index.get(key) ?? new Set<string>();
      act(owners, row.id);
      this.index.set(key, owners);
    }
    if (!('sourceKind' in row)) return;
    for (const side of [`invoice/${row.invoiceId}`, `${row.sourceKind}/${row.sourceId}`]) {
      this.sums.set(side, (this.sums.get(side) ?? 0) + sign * row.amountMinor);
    }
    for (const owner of [
      this.rows('invoice').get(row.invoiceId),
      this.rows(row.sourceKind).get(row.sourceId),
    ]) {
      if (owner !== undefined) this.balances.delete(owner.customerId);
    }
  }

  private forget(kind: Kind, row: Rows[Kind]): void {
    this.lists.delete(kind);
    if ('customerId' in row) this.balances.delete(row.customerId);
  }

  private kind(kind: Kind): string {
    return `books/${this.companyId}/${kind}`;
  }
}

function ownersOf(kind: Kind, row: Rows[Kind]): readonly string[] {
  if (kind === 'customer') {
    const customer = row as SandboxCustomer;
    return customer.active ? [customer.name.toLowerCase()] : [];
  }
  if ('sourceKind' in row) return [`invoice/${row.invoiceId}`, `${row.sourceKind}/${row.sourceId}`];
  if ('customerId' in row) return [row.customerId];
  return 'invoiceId' in row ? [row.invoiceId] : [];
}
