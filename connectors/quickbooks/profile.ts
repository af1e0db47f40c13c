import type { CompanyProfile } from '../../src/domain/books.ts';
import { type Currency, parseCurrency } from '../../src/domain/currency.ts';
import { parseDay } from '../../src/domain/day.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { at, shown, text } from '../../src/platform/json.ts';
import { countryCode } from './country.ts';
import { emailsOf } from './fields.ts';

/** The currency that rows are in when they name none. Throws LedgerError `invalid` when it can't be read. */
function homeCurrency(preferences: unknown): Currency {
  const written = at(preferences, 'Preferences', 'CurrencyPrefs', 'HomeCurrency', 'value');
  const currency = parseCurrency(written);
  if (currency !== null) return currency;
  throw new LedgerError('invalid', `The company's home currency is ${shown(written)}, not a currency in use`);
}

/** The company from the answers of `companyinfo` and `preferences`. */
export function parseProfile(companyInfo: unknown, preferences: unknown): CompanyProfile {
  const info = at(companyInfo, 'CompanyInfo');
  const name = text(at(info, 'CompanyName')) ?? text(at(info, 'LegalName')) ?? '';
  // what customers write to comes before where the business is registered
  const address = ['CustomerCommunicationAddr', 'CompanyAddr', 'LegalAddr']
    .map((field) => at(info, field))
    .find((candidate) => text(at(candidate, 'Line1')) !== null || text(at(candidate, 'City')) !== null);
  const emails = [
    ...emailsOf(at(info, 'CustomerCommunicationEmailAddr', 'Address')),
    ...emailsOf(at(info, 'Email', 'Address')),
  ];
  return {
    name,
    legalName: text(at(info, 'LegalName')) ?? name,
    email: emails[0] ?? null,
    phone: text(at(info, 'PrimaryPhone', 'FreeFormNumber')),
    country: countryCode(text(at(info, 'Country'))) ?? countryCode(text(at(address, 'Country'))) ?? '',
    region: text(at(address, 'CountrySubDivisionCode')),
    timeZone: timeZoneOf(text(at(info, 'DefaultTimeZone'))),
    baseCurrency: homeCurrency(preferences),
    postalAddress: postalAddress(address),
    lockedUntil: parseDay(at(preferences, 'Preferences', 'AccountingInfoPrefs', 'BookCloseDate')),
    // QuickBooks' own automatic reminders can't be seen through its API
    ownReminders: null,
  };
}

/** QuickBooks usually leaves it out; then the person is asked. */
function timeZoneOf(written: string | null): string | null {
  if (written === null) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: written }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Lines as on an envelope, without the country. */
function postalAddress(address: unknown): string {
  const lines = ['Line1', 'Line2', 'Line3', 'Line4', 'Line5'].map((field) => text(at(address, field)));
  const place = [text(at(address, 'CountrySubDivisionCode')), text(at(address, 'PostalCode'))];
  const city = [text(at(address, 'City')), place.filter((part) => part !== null).join(' ') || null];
  const all = [...lines, city.filter((part) => part !== null).join(', ') || null];
  return all.filter((line) => line !== null).join('\n');
}
