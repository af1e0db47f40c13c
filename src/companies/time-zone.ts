/** Where most businesses of a country keep their clocks; for large countries their most populous zone. */
const zones: Readonly<Record<string, string>> = {
  US: 'America/New_York',
  CA: 'America/Toronto',
  GB: 'Europe/London',
  IE: 'Europe/Dublin',
  AU: 'Australia/Sydney',
  NZ: 'Pacific/Auckland',
  FR: 'Europe/Paris',
  DE: 'Europe/Berlin',
  AT: 'Europe/Vienna',
  CH: 'Europe/Zurich',
  NL: 'Europe/Amsterdam',
  BE: 'Europe/Brussels',
  ES: 'Europe/Madrid',
  IT: 'Europe/Rome',
  ZA: 'Africa/Johannesburg',
  SG: 'Asia/Singapore',
  IN: 'Asia/Kolkata',
  JP: 'Asia/Tokyo',
  HK: 'Asia/Hong_Kong',
};

/** States and provinces that are surely elsewhere than their country's default. */
const regions: Readonly<Record<string, string>> = {
  'US-CA': 'America/Los_Angeles',
  'US-WA': 'America/Los_Angeles',
  'US-OR': 'America/Los_Angeles',
  'US-NV': 'America/Los_Angeles',
  'US-AZ': 'America/Phoenix',
  'US-CO': 'America/Denver',
  'US-UT': 'America/Denver',
  'US-NM': 'America/Denver',
  'US-TX': 'America/Chicago',
  'US-IL': 'America/Chicago',
  'US-MN': 'America/Chicago',
  'US-MO': 'America/Chicago',
  'US-WI': 'America/Chicago',
  'US-LA': 'America/Chicago',
  'US-HI': 'Pacific/Honolulu',
  'US-AK': 'America/Anchorage',
  'CA-BC': 'America/Vancouver',
  'CA-AB': 'America/Edmonton',
  'AU-QLD': 'Australia/Brisbane',
  'AU-WA': 'Australia/Perth',
  'AU-SA': 'Australia/Adelaide',
};

/**
 * A first guess (IANA name) for a ledger that does not say; the person is asked to confirm it. `country` is
 * ISO 3166-1 alpha-2, `region` the state or province as the ledger writes it.
 */
export function guessTimeZone(country: string, region: string | null): string {
  const land = country.toUpperCase();
  const part = region === null ? undefined : regions[`${land}-${region.trim().toUpperCase()}`];
  return part ?? zones[land] ?? 'UTC';
}
