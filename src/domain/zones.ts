import { oneZone } from './one-zone.ts';
import { regionCode } from './regions.ts';

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
  'America/Sao_Paulo':
    'BR-AL BR-AP BR-BA BR-CE BR-DF BR-ES BR-GO BR-MA BR-MG BR-PA BR-PB BR-PE BR-PI BR-PR BR-RJ BR-RN BR-RS BR-SC BR-SE BR-SP BR-TO',
  'America/Manaus': 'BR-AM BR-MS BR-MT BR-RO BR-RR',
  'America/Rio_Branco': 'BR-AC',
  'Europe/Madrid':
    'ES-AN ES-AR ES-AS ES-CB ES-CE ES-CL ES-CM ES-CT ES-EX ES-GA ES-IB ES-MC ES-MD ES-ML ES-NC ES-PV ES-RI ES-VC',
  'Atlantic/Canary': 'ES-CN',
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
  'America/Rio_Branco': 'BR-AM',
  'America/Noronha': 'BR-PE',
};

/**
 * Every zone of a country that has several, on either side of which a debtor may be; the first is that of most businesses.
 * Of zones that agree from 2026 on, one; a test holds the earliest and the latest against the runtime's own data.
 */
const zonesOf: Readonly<Record<string, string>> = {
  US: 'America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage America/Adak Pacific/Honolulu',
  CA: 'America/Toronto America/St_Johns America/Halifax America/Winnipeg America/Regina America/Edmonton America/Vancouver America/Whitehorse',
  AU: 'Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Darwin Australia/Perth Australia/Eucla Australia/Lord_Howe',
  NZ: 'Pacific/Auckland Pacific/Chatham',
  ES: 'Europe/Madrid Atlantic/Canary',
  PT: 'Europe/Lisbon Atlantic/Azores',
  MX: 'America/Mexico_City America/Cancun America/Matamoros America/Ciudad_Juarez America/Hermosillo America/Tijuana',
  BR: 'America/Sao_Paulo America/Manaus America/Rio_Branco America/Noronha',
  ID: 'Asia/Jakarta Asia/Makassar Asia/Jayapura',
  CL: 'America/Santiago America/Punta_Arenas Pacific/Easter',
  AQ: 'Antarctica/McMurdo Antarctica/Casey Antarctica/Davis Antarctica/DumontDUrville Antarctica/Mawson Antarctica/Palmer Antarctica/Syowa Antarctica/Troll',
  CD: 'Africa/Kinshasa Africa/Lubumbashi',
  CN: 'Asia/Shanghai Asia/Urumqi',
  EC: 'America/Guayaquil Pacific/Galapagos',
  FM: 'Pacific/Chuuk Pacific/Pohnpei',
  GL: 'America/Nuuk America/Danmarkshavn America/Thule',
  KI: 'Pacific/Tarawa Pacific/Kanton Pacific/Kiritimati',
  MN: 'Asia/Ulaanbaatar Asia/Hovd',
  PF: 'Pacific/Tahiti Pacific/Marquesas Pacific/Gambier',
  PG: 'Pacific/Port_Moresby Pacific/Bougainville',
  RU: 'Europe/Moscow Europe/Kaliningrad Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Irkutsk Asia/Yakutsk Asia/Vladivostok Asia/Magadan Asia/Kamchatka',
  UA: 'Europe/Kyiv Europe/Simferopol',
  UM: 'Pacific/Wake Pacific/Midway',
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
  return zoneOfRegion.get(`${land}-${regionCode(land, region) ?? ''}`) ?? oneZone.get(land) ?? null;
}

/** The zone of most businesses of a country; UTC for one we know nothing of. */
export function likelyZone(country: string): string {
  const land = country.toUpperCase();
  return oneZone.get(land) ?? zonesOf[land]?.split(' ')[0] ?? 'UTC';
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
  const only = oneZone.get(land);
  return only === undefined ? [] : [only];
}

/** Newer than the compiler's library. */
type Land = Intl.Locale & { getTimeZones?: () => readonly string[] | undefined };

const allOf = new Map<string, ReadonlySet<string>>();
const sameAs = new Map<string, string>();

/** Whether a zone (IANA name, an older one too) is one of a country's: all that the runtime knows, each city's. */
export function isZoneOf(country: string, zone: string): boolean {
  const land = country.trim().toUpperCase();
  let all = allOf.get(land);
  if (all === undefined) {
    const known = /^[A-Z]{2}$/.test(land)
      ? (new Intl.Locale(`und-${land}`) as Land).getTimeZones?.()
      : undefined;
    all = new Set([...(known ?? []), ...plausibleZones(land, null)].map(canonical));
    // countries that nobody knows are as many as people type
    if (all.size > 0) allOf.set(land, all);
  }
  return all.has(canonical(zone));
}

/** One name for each zone, whichever of its names is asked for. Throws RangeError for a zone that does not exist. */
function canonical(zone: string): string {
  let name = sameAs.get(zone);
  if (name === undefined) {
    name = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
    sameAs.set(zone, name);
  }
  return name;
}
