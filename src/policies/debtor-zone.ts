/**
 * The time zone in which a debtor reads mail, from the address the ledger has. Countries with one business zone and
 * the states of the large ones; where several are possible the company's own zone stands in.
 */
const zoneOfCountry: Readonly<Record<string, string>> = {
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

const eastern = 'America/New_York';
const central = 'America/Chicago';
const mountain = 'America/Denver';
const pacific = 'America/Los_Angeles';

const zoneOfRegion: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'CT',
      'DC',
      'DE',
      'FL',
      'GA',
      'IN',
      'KY',
      'MA',
      'MD',
      'ME',
      'MI',
      'NC',
      'NH',
      'NJ',
      'NY',
      'OH',
      'PA',
      'RI',
      'SC',
      'VA',
      'VT',
      'WV',
    ].map((state) => [`US-${state}`, eastern]),
  ),
  ...Object.fromEntries(
    ['AL', 'AR', 'IA', 'IL', 'KS', 'LA', 'MN', 'MO', 'MS', 'ND', 'NE', 'OK', 'SD', 'TN', 'TX', 'WI'].map(
      (state) => [`US-${state}`, central],
    ),
  ),
  ...Object.fromEntries(['CO', 'ID', 'MT', 'NM', 'UT', 'WY'].map((state) => [`US-${state}`, mountain])),
  ...Object.fromEntries(['CA', 'NV', 'OR', 'WA'].map((state) => [`US-${state}`, pacific])),
  'US-AZ': 'America/Phoenix',
  'US-AK': 'America/Anchorage',
  'US-HI': 'Pacific/Honolulu',
  'AU-NSW': 'Australia/Sydney',
  'AU-ACT': 'Australia/Sydney',
  'AU-VIC': 'Australia/Melbourne',
  'AU-TAS': 'Australia/Hobart',
  'AU-QLD': 'Australia/Brisbane',
  'AU-SA': 'Australia/Adelaide',
  'AU-NT': 'Australia/Darwin',
  'AU-WA': 'Australia/Perth',
  'CA-ON': 'America/Toronto',
  'CA-QC': 'America/Toronto',
  'CA-BC': 'America/Vancouver',
  'CA-AB': 'America/Edmonton',
  'CA-MB': 'America/Winnipeg',
  'CA-SK': 'America/Regina',
  'CA-NS': 'America/Halifax',
  'CA-NB': 'America/Moncton',
};

/** IANA name; `companyZone` when the address does not decide. */
export function debtorZone(country: string | null, region: string | null, companyZone: string): string {
  if (country === null) return companyZone;
  return zoneOfRegion[`${country}-${region ?? ''}`] ?? zoneOfCountry[country] ?? companyZone;
}
