import type { BookView } from '../book-view.ts';
import { head, type Stamped, type Wire } from './shared.ts';

/** The id of a customer type: long, as Intuit's are, and the same for the same name. */
export function customerTypeId(name: string): string {
  const sum = [...name].reduce((so, letter) => (so * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7);
  return `5000000000000${String(sum).padStart(7, '0')}`;
}

/** The types in use in the company, by name. */
export function customerTypes(view: BookView): string[] {
  const used = view.books.customers(view.companyId).flatMap((customer) => customer.groups?.[0] ?? []);
  return [...new Set(used)].sort();
}

export function customerTypeWire(name: string, row: Stamped, view: BookView): Wire {
  return { ...head(row, view), Name: name, Active: true };
}
