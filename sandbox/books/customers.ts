import type { Desk } from './desk.ts';
import { type BooksApi, BooksError } from './model.ts';

type Customers = Pick<BooksApi, 'addCustomer' | 'updateCustomer' | 'mergeCustomer'>;

/** Writing customers. A balance that moves does not touch the customer's own version: the ledgers do not either. */
export function customers(desk: Desk): Customers {
  const mustBeFree = (companyId: string, name: string, ownId?: string) => {
    if (name.trim() === '') throw new BooksError('invalid', 'A customer needs a name');
    const holder = desk.shelf(companyId).named(name);
    if (holder !== undefined && holder !== ownId) {
      throw new BooksError('duplicate_name', `There is a customer named ${name} already`);
    }
  };
  return {
    addCustomer: (companyId, row) =>
      desk.write(() => {
        if (row.active) mustBeFree(companyId, row.name);
        if (row.parentId !== undefined) desk.shelf(companyId).get('customer', row.parentId);
        const customer = desk.insert(companyId, 'customer', row);
        desk.emit(companyId, 'customer', customer.id, 'created');
        return customer;
      }),

    updateCustomer: (companyId, id, change) =>
      desk.write(() => {
        const before = desk.shelf(companyId).get('customer', id);
        if (change.active ?? before.active) mustBeFree(companyId, change.name ?? before.name, id);
        if (change.parentId !== undefined) desk.shelf(companyId).get('customer', change.parentId);
        const customer = desk.amend(companyId, 'customer', id, change);
        desk.emit(companyId, 'customer', id, 'updated');
        return customer;
      }),

    mergeCustomer: (companyId, fromId, intoId) => {
      desk.write(() => {
        const shelf = desk.shelf(companyId);
        const from = shelf.get('customer', fromId);
        const into = shelf.get('customer', intoId);
        if (fromId === intoId || !into.active)
          throw new BooksError('invalid', 'Merge into another, active customer');
        if (isBelow(desk, companyId, into.id, from.id))
          throw new BooksError('invalid', "A customer can't be merged into its own sub-customer");
        if (desk.company(companyId).vendor === 'intuit' && from.currency !== into.currency) {
          throw new BooksError(
            'wrong_currency',
            `${from.name} and ${into.name} are billed in different currencies`,
          );
        }
        for (const kind of ['invoice', 'payment', 'credit'] as const) {
          for (const row of shelf.of(kind, fromId)) {
            desk.amend(companyId, kind, row.id, { customerId: intoId });
            desk.emit(companyId, kind, row.id, 'updated');
          }
        }
        for (const child of shelf.list('customer').filter((one) => one.parentId === fromId)) {
          desk.amend(companyId, 'customer', child.id, { parentId: intoId });
        }
        desk.amend(companyId, 'customer', fromId, { active: false, mergedInto: intoId });
        desk.amend(companyId, 'customer', intoId, {});
        desk.emit(companyId, 'customer', fromId, 'merged');
        desk.emit(companyId, 'customer', intoId, 'updated');
      });
    },
  };
}

/** Whether a customer has another one above it, however far. */
function isBelow(desk: Desk, companyId: string, id: string, above: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    at = desk.shelf(companyId).get('customer', at).parentId;
    if (at === above) return true;
  }
  return false;
}
