import { zoneOfAddress } from '../domain/zones.ts';

/**
 * The time zone (IANA name) in which a debtor reads mail, from the address the ledger has; where several are possible
 * the company's own zone stands in.
 */
export function debtorZone(country: string | null, region: string | null, companyZone: string): string {
  if (country === null) return companyZone;
  return zoneOfAddress(country, region) ?? companyZone;
}
