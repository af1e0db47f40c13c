import { likelyZone, zoneOfAddress } from '../domain/zones.ts';

/**
 * A first guess (IANA name) for a ledger that does not say; the person is asked to confirm it. `country` is
 * ISO 3166-1 alpha-2, `region` the state or province as the ledger writes it.
 */
export function guessTimeZone(country: string, region: string | null): string {
  return zoneOfAddress(country, region) ?? likelyZone(country);
}
