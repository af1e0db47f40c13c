import { regionCode } from './regions.ts';

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

/** States and provinces that lie in two zones: the further ones beside the one in which most of its people live. */
const alsoIn: Readonly<Record<string, string>> = {
  'America/New_York': 'US-TN',
  'America/Chicago': 'US-FL US-IN US-KY US-MI',
  'America/Denver': 'US-AZ US-KS US-ND US-NE US-OR US-SD US-TX',
  'America/Los_Angeles': 'US-ID',
  'America/Adak': 'US-AK',
  'Australia/Adelaide': 'AU-NSW',
  'Australia/Eucla': 'AU-WA',
  'America/Winnipeg': 'CA-ON',
  'America/Halifax': 'CA-QC',
  'America/Edmonton': 'CA-BC CA-SK',
};

/** Every zone of a country that has several, on either side of which a debtor may be. */
const zonesOf: Readonly<Record<string, string>> = {
  US: 'America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage America/Adak Pacific/Honolulu',
  CA: 'America/St_Johns America/Halifax America/Toronto America/Winnipeg America/Regina America/Edmonton America/Vancouver America/Whitehorse',
  AU: 'Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Darwin Australia/Perth Australia/Eucla Australia/Lord_Howe',
  NZ: 'Pacific/Auckland Pacific/Chatham',
  ES: 'Europe/Madrid Atlantic/Canary',
  PT: 'Europe/Lisbon Atlantic/Azores',
  MX: 'America/Mexico_City America/Cancun America/Hermosillo America/Tijuana',
  BR: 'America/Sao_Paulo America/Manaus America/Rio_Branco America/Noronha',
  ID: 'Asia/Jakarta Asia/Makassar Asia/Jayapura',
  CL: 'America/Santiago America/Punta_Arenas Pacific/Easter',
};

const zoneOfRegion = new Map(
  Object.entries(regionsOf).flatMap(([zone, regions]) => regions.split(' ').map((region) => [region, zone])),
);

/**
 * The zone (IANA name) that an address decides, or null where several are possible. `country` is ISO 3166-1 alpha-2,
 * `region` the state or province, its short form or its name, in any case of letters.
 */
export function zoneOfAddress(country: string, region: string | null): string | null {
  const land = country.toUpperCase();
  return zoneOfRegion.get(`${land}-${regionCode(land, region) ?? ''}`) ?? oneZone[land] ?? null;
}

/** The zone of most businesses of a country; UTC for one we know nothing of. */
export function likelyZone(country: string): string {
  const land = country.toUpperCase();
  return mostPopulous[land] ?? oneZone[land] ?? 'UTC';
}

const alsoOfRegion = new Map<string, readonly string[]>();
for (const [zone, regions] of Object.entries(alsoIn))
  for (const region of regions.split(' '))
    alsoOfRegion.set(region, [...(alsoOfRegion.get(region) ?? []), zone]);

/**
 * Every zone (IANA names) in which somebody at an address may be: one where country and region decide it, both of a
 * state that lies in two, all of a country whose region is not known. Empty: nothing is known of the country. Who must
 * not be reached too early or too late is reached when it is neither in any of them (12 CFR 1006.6(b)).
 */
export function plausibleZones(country: string | null, region: string | null): readonly string[] {
  const land = (country ?? '').trim().toUpperCase();
  const place = `${land}-${regionCode(land, region) ?? ''}`;
  const main = zoneOfRegion.get(place);
  if (main !== undefined) return [main, ...(alsoOfRegion.get(place) ?? [])];
  const all = zonesOf[land]?.split(' ');
  if (all !== undefined) return all;
  const only = oneZone[land];
  return only === undefined ? [] : [only];
}
