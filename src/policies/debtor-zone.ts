import { isZoneOf, likelyZone, plausibleZones, zoneOfAddress } from '../domain/zones.ts';

/**
 * The time zone (IANA name) in which a debtor reads mail, from the address the ledger has. Where only a country with
 * several is known: the company's own if it is one of them, as customers without a state are mostly near, else that of most
 * of the country's businesses. The company's own where nothing is known of the country.
 */
export function debtorZone(country: string | null, region: string | null, companyZone: string): string {
  if (country === null) return companyZone;
  const decided = zoneOfAddress(country, region);
  if (decided !== null) return decided;
  if (plausibleZones(country, null).length === 0 || isZoneOf(country, companyZone)) return companyZone;
  return likelyZone(country);
}
