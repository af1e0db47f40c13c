import type { Contact, Customer } from '../../src/domain/books.ts';
import { at, flag, list, text, whole } from '../../src/platform/json.ts';
import { countryCode } from './countries.ts';
import { emailsIn } from './emails.ts';
import { alone, noVersion, type Parsed } from './parse.ts';
import { requireInstant, requireText } from './wire.ts';

/**
 * A contact of `/Contacts` in its paged form (only that one has persons). Suppliers come along: `IsCustomer` turns
 * true with the first invoice without moving UpdatedDateUTC, so leaving them out now would lose them for good.
 */
export function parseContact(row: unknown): Parsed<Customer> {
  return alone('customer', 'ContactID', row, () => {
    const address = postalAddress(row);
    const mergedIntoId = text(at(row, 'MergedToContactID'));
    return {
      customerId: requireText(row, 'ContactID'),
      name: requireText(row, 'Name'),
      firstName: text(at(row, 'FirstName')),
      emails: emailsIn(text(at(row, 'EmailAddress'))),
      contacts: list(at(row, 'ContactPersons')).flatMap(persons),
      phone: phoneOf(row),
      // Xero knows no sub-customers
      parentId: null,
      billsWithParent: false,
      active: mergedIntoId === null && (text(at(row, 'ContactStatus')) ?? 'ACTIVE') === 'ACTIVE',
      mergedIntoId,
      country: countryCode(text(at(address, 'Country'))),
      region: text(at(address, 'Region')),
      addressLines: [1, 2, 3, 4]
        .map((line) => text(at(address, `AddressLine${line}`)))
        .filter((line) => line !== null),
      city: text(at(address, 'City')),
      postcode: text(at(address, 'PostalCode')),
      groups: list(at(row, 'ContactGroups')).flatMap((group) => text(at(group, 'Name')) ?? []),
      // Balances are in the base currency only, leave credits out and change without a new UpdatedDateUTC: no
      // figure to hold the mirror against. The tie-out asks `receivables` instead.
      ledgerBalanceMinor: null,
      balanceCurrency: null,
      terms: termsInWords(at(row, 'PaymentTerms', 'Sales')),
      changedAt: requireInstant(row, 'UpdatedDateUTC'),
      version: noVersion,
    };
  });
}

/** Xero's four ways to count days, as people say them. */
function termsInWords(sales: unknown): string | null {
  const days = whole(at(sales, 'Day'));
  if (days === null) return null;
  const type = text(at(sales, 'Type'));
  if (type === 'DAYSAFTERBILLDATE') return days === 0 ? 'Due on receipt' : `Net ${days}`;
  if (type === 'DAYSAFTERBILLMONTH') return `${days} days after the end of the invoice month`;
  if (type === 'OFCURRENTMONTH') return `Day ${days} of the invoice month`;
  return type === 'OFFOLLOWINGMONTH' ? `Day ${days} of the month after the invoice` : null;
}

function persons(person: unknown): Contact[] {
  const name = [text(at(person, 'FirstName')), text(at(person, 'LastName'))]
    .filter((part) => part !== null)
    .join(' ');
  const forInvoices = flag(at(person, 'IncludeInEmails')) === true;
  return emailsIn(text(at(person, 'EmailAddress'))).map((email) => ({ name, email, forInvoices }));
}

/** Where post goes (POBOX in Xero's word), or the street when only that is filled in. */
export function postalAddress(row: unknown): unknown {
  const addresses = list(at(row, 'Addresses'));
  const filled = addresses.filter((one) =>
    ['AddressLine1', 'City', 'Region', 'PostalCode', 'Country'].some((name) => text(at(one, name)) !== null),
  );
  return filled.find((one) => text(at(one, 'AddressType')) === 'POBOX') ?? filled[0];
}

const phoneOrder = ['DEFAULT', 'OFFICE', 'MOBILE', 'DDI'];

/** The number to call as one text, the most general one first; never the fax. */
export function phoneOf(row: unknown): string | null {
  const phones = list(at(row, 'Phones'));
  for (const type of phoneOrder) {
    const phone = phones.find((one) => text(at(one, 'PhoneType')) === type);
    const number = text(at(phone, 'PhoneNumber'));
    if (number === null) continue;
    const country = text(at(phone, 'PhoneCountryCode'));
    const parts = [
      country === null ? null : `+${country.replace(/^\+/, '')}`,
      text(at(phone, 'PhoneAreaCode')),
      number,
    ];
    return parts.filter((part) => part !== null).join(' ');
  }
  return null;
}
