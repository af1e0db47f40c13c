import type { Address } from '../../books/model.ts';
import type { BookView } from '../book-view.ts';
import { amount, currencyName, exchangeRate } from './amounts.ts';
import { stamp } from './stamps.ts';

/** A JSON object as it goes over the wire. Members without a value are left out, never null. */
export type Wire = { [name: string]: unknown };

export interface Stamped {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The members every QuickBooks object carries. */
export function head(row: Stamped, view: BookView): Wire {
  return {
    domain: 'QBO',
    sparse: false,
    Id: row.id,
    SyncToken: String(row.version),
    MetaData: {
      CreateTime: stamp(row.createdAt, view.zone),
      LastUpdatedTime: stamp(row.updatedAt, view.zone),
    },
  };
}

/** What is left of an object that was deleted. */
export function deletedStub(id: string): Wire {
  return { domain: 'QBO', status: 'Deleted', Id: id };
}

/** The currency members of a transaction: only when the company keeps more than one currency. */
export function currencyPart(currency: string, view: BookView): Wire {
  if (!view.multiCurrency) return {};
  return {
    CurrencyRef: { value: currency, name: currencyName(currency) },
    ExchangeRate: exchangeRate(currency, view.home),
  };
}

export function customerRef(customerId: string, view: BookView): Wire {
  return { value: customerId, name: customerName(customerId, view) };
}

/** "Parent:Child" for sub-customers; an inactive customer's name says so, as in QuickBooks. */
export function customerName(customerId: string, view: BookView, depth = 0): string {
  const customer = view.customer(customerId);
  const own = customer.active ? customer.name : `${customer.name} (deleted)`;
  if (customer.parentId === undefined || depth > 4) return own;
  return `${customerName(customer.parentId, view, depth + 1)}:${own}`;
}

export function address(from: Address, id: string): Wire {
  return present({
    Id: id,
    Line1: from.line1,
    City: from.city,
    CountrySubDivisionCode: from.region,
    PostalCode: from.postalCode,
    Country: from.country,
  });
}

/** The object without members that are undefined or an empty string. */
export function present(members: Wire): Wire {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== ''),
  );
}

/** Bound to one currency, so that a document's builder reads as a list of fields. */
export function amountsIn(currency: string): (minor: number) => number {
  return (minor) => amount(minor, currency);
}
