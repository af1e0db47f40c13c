/** Countries in one zone, or nearly. */
const oneZone: Readonly<Record<string, string>> = {
  GB: 'Europe/London',
  IE: 'Europe/Dublin',
  NZ: 'Pacific/Auckland',
  DE: 'Europe/Berlin',
  FR: 'Europe/Paris',
  NL: 'Europe/Amsterdam',
  BE: 'Europe/Brussels',
  AT: 'Europe/Vienna',
  CH: 'Europe/Zurich',
  IT: 'Europe/Rome',
  ES: 'Europe/Madrid',
  PT: 'Europe/Lisbon',
  DK: 'Europe/Copenhagen',
  SE: 'Europe/Stockholm',
  NO: 'Europe/Oslo',
  FI: 'Europe/Helsinki',
  PL: 'Europe/Warsaw',
  CZ: 'Europe/Prague',
  SG: 'Asia/Singapore',
  HK: 'Asia/Hong_Kong',
  JP: 'Asia/Tokyo',
  IN: 'Asia/Kolkata',
  ZA: 'Africa/Johannesburg',
  KW: 'Asia/Kuwait',
  AE: 'Asia/Dubai',
};

/** The zone of most businesses in a country that has several: good enough for a guess that a person confirms. */
const mostPopulous: Readonly<Record<string, string>> = {
  US: 'America/New_York',
  CA: 'America/Toronto',
  AU: 'Australia/Sydney',
};

/** Regions by zone; a state that lies in two is where most of its people are. */
const regionsOf: Readonly<Record<string, string>> = {
  'America/New_York':
    'US-CT US-DC US-DE US-FL US-GA US-IN US-KY US-MA US-MD US-ME US-MI US-NC US-NH US-NJ US-NY US-OH US-PA US-RI US-SC US-VA US-VT US-WV',
  'America/Chicago':
    'US-AL US-AR US-IA US-IL US-KS US-LA US-MN US-MO US-MS US-ND US-NE US-OK US-SD US-TN US-TX US-WI',
  'America/Denver': 'US-CO US-ID US-MT US-NM US-UT US-WY',
  'America/Los_Angeles': 'US-CA US-NV US-OR US-WA',
  'America/Phoenix': 'US-AZ',
  'America/Anchorage': 'US-AK',
  'Pacific/Honolulu': 'US-HI',
  'Australia/Sydney': 'AU-NSW AU-ACT',
  'Australia/Melbourne': 'AU-VIC',
  'Australia/Hobart': 'AU-TAS',
  'Australia/Brisbane': 'AU-QLD',
  'Australia/Adelaide': 'AU-SA',
  'Australia/Darwin': 'AU-NT',
  'Australia/Perth': 'AU-WA',
  'America/Toronto': 'CA-ON CA-QC',
  'America/Vancouver': 'CA-BC',
  'America/Edmonton': 'CA-AB',
  'America/Winnipeg': 'CA-MB',
  'America/Regina': 'CA-SK',
  'America/Halifax': 'CA-NS',
  'America/Moncton': 'CA-NB',
};

const zoneOfRegion = new Map(
  Object.entries(regionsOf).flatMap(([zone, regions]) => regions.split(' ').map((region) => [region, zone])),
);

/**
 * The zone (IANA name) that an address decides, or null where several are possible. `country` is ISO 3166-1 alpha-2,
 * `region` the state or province in short, in any case of letters.
 */
export function zoneOfAddress(country: string, region: string | null): string | null {
  const land = country.toUpperCase();
  return zoneOfRegion.get(`${land}-${(region ?? '').trim().toUpperCase()}`) ?? oneZone[land] ?? null;
}

/** The zone of most businesses of a country; UTC for one we know nothing of. */
export function likelyZone(country: string): string {
  const land = country.toUpperCase();
  return mostPopulous[land] ?? oneZone[land] ?? 'UTC';
}
