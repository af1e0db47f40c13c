import type { CompanyProfile } from '../../src/domain/books.ts';
import type { Day } from '../../src/domain/day.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { at, flag, list, text } from '../../src/platform/json.ts';
import type { XeroClient } from './client.ts';
import { phoneOf, postalAddress } from './parse-contact.ts';
import { optionalDay, RowFault, requireCurrency, requireText } from './wire.ts';
import { ianaZone } from './zones.ts';

/** The organisation and whether Xero's own reminders run (R14). Two reads. Throws LedgerError. */
export async function readProfile(client: XeroClient): Promise<CompanyProfile> {
  const organisation = list(at(await client.get('Organisation'), 'Organisations'))[0];
  try {
    return { ...parseOrganisation(organisation), ownReminders: await ownReminders(client) };
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    throw new LedgerError(
      'unavailable',
      `Xero's description of the organisation can't be read: ${error.message}`,
    );
  }
}

/** Throws RowFault when a member that everything rests on is missing. */
export function parseOrganisation(row: unknown): Omit<CompanyProfile, 'ownReminders'> {
  const name = requireText(row, 'Name');
  const address = postalAddress(row);
  return {
    name,
    legalName: text(at(row, 'LegalName')) ?? name,
    // an organisation has no address for mail in Xero
    email: null,
    phone: phoneOf(row),
    country: requireText(row, 'CountryCode'),
    region: text(at(address, 'Region')),
    timeZone: ianaZone(text(at(row, 'Timezone'))),
    baseCurrency: requireCurrency(row, 'BaseCurrency'),
    postalAddress: addressLines(address),
    lockedUntil: later(optionalDay(row, 'PeriodLockDate'), optionalDay(row, 'EndOfYearLockDate')),
  };
}

/** Two locks, one for advisers too: whichever reaches further binds us. */
function later(one: Day | null, other: Day | null): Day | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

/** Lines of an address as on an envelope. */
function addressLines(address: unknown): string {
  const [town, region] = [text(at(address, 'City')), text(at(address, 'Region'))];
  // Wellington lies in Wellington: an envelope says it once
  const city = [town, region === town ? null : region, text(at(address, 'PostalCode'))];
  const lines = ['AddressLine1', 'AddressLine2', 'AddressLine3', 'AddressLine4'].map((name) =>
    text(at(address, name)),
  );
  return [...lines, city.filter((part) => part !== null).join(' ') || null, text(at(address, 'Country'))]
    .filter((line) => line !== null)
    .join('\n');
}

/** R14. Not every plan of Xero has this setting: then it doesn't say. Throws LedgerError. */
export async function ownReminders(client: XeroClient): Promise<boolean | null> {
  try {
    const body = await client.get('InvoiceReminders/Settings');
    return flag(at(list(at(body, 'InvoiceReminders'))[0], 'Enabled'));
  } catch (error) {
    if (error instanceof LedgerError && ['gone', 'forbidden', 'invalid'].includes(error.kind)) return null;
    throw error;
  }
}
