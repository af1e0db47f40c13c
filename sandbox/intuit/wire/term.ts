import type { BookView } from '../book-view.ts';
import { head, type Stamped, type Wire } from './shared.ts';

/** Payment terms: QuickBooks' usual five, and one more for every other number of days in use. */
const USUAL = new Map([
  [0, '1'],
  [10, '4'],
  [15, '2'],
  [30, '3'],
  [60, '5'],
]);

/** The id of the term with so many days. */
export function termFor(days: number): string {
  return USUAL.get(days) ?? String(100 + days);
}

/** The term with so many days, as documents and customers name it. */
export function termRef(days: number): Wire {
  return { value: termFor(days), name: termName(days) };
}

/** The name of the term with so many days. */
export function termName(days: number): string {
  return days === 0 ? 'Due on receipt' : `Net ${days}`;
}

/** All terms of the company, those in use and the usual ones. */
export function termDays(view: BookView): number[] {
  const used = view.books.customers(view.companyId).map((customer) => customer.termsDays);
  return [...new Set([...USUAL.keys(), ...used])].sort((a, b) => a - b);
}

export function termWire(days: number, row: Stamped, view: BookView): Wire {
  return {
    ...head(row, view),
    Name: termName(days),
    Active: true,
    Type: 'STANDARD',
    DiscountPercent: 0,
    DueDays: days,
    DiscountDays: 0,
  };
}
