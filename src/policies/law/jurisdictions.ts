import { regionCode } from '../../domain/regions.ts';
import type { LawQuestion } from './law.ts';
import type { Pack } from './pack.ts';
import { canada } from './packs/canada.ts';
import { eu } from './packs/eu.ts';
import { house } from './packs/house.ts';
import { au, nz } from './packs/pacific.ts';
import { strict } from './packs/strict.ts';
import { uk } from './packs/uk.ts';
import { us } from './packs/us.ts';
import { usCa, usFl, usMa, usNyc, usPa, usTx } from './packs/us-states.ts';

/** Every pack there is, in the order of the law page. */
export const allPacks: readonly Pack[] = [
  house,
  strict,
  us,
  usNyc,
  usMa,
  usFl,
  usTx,
  usCa,
  usPa,
  uk,
  eu,
  au,
  nz,
  canada,
];

const ofCountry: ReadonlyMap<string, Pack> = new Map([
  ['US', us],
  ['GB', uk],
  ['AU', au],
  ['NZ', nz],
  ['CA', canada],
  ...'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'
    .split(' ')
    .map((country) => [country, eu] as const),
]);

/** By the short form of the state. */
const ofState: ReadonlyMap<string, Pack> = new Map([
  ['MA', usMa],
  ['FL', usFl],
  ['TX', usTx],
  ['CA', usCa],
  ['PA', usPa],
]);

const nycCities = new Set([
  'NEW YORK',
  'NEW YORK CITY',
  'NYC',
  'MANHATTAN',
  'BROOKLYN',
  'QUEENS',
  'BRONX',
  'THE BRONX',
  'STATEN ISLAND',
]);

/**
 * The packs for a debtor and a creditor: the house's, each one's country's, the debtor's state's and city's, and the
 * strict one where a country has no pack or the debtor's country or type is not known. The creditor's state does not
 * count: laws of states and cities protect who lives there. A person of whom nobody knows in which state they are has the
 * rules of each state; no city's, which hold for an address there alone.
 */
export function packsFor(question: LawQuestion): readonly Pack[] {
  const debtor = plain(question.debtorCountry);
  const national = [debtor, plain(question.creditorCountry)].map((country) => ofCountry.get(country));
  const typeUnknown = question.debtorType === 'unknown' && !question.allBusinesses;
  const found = new Set<Pack>([house]);
  if (typeUnknown || national.includes(undefined)) found.add(strict);
  for (const pack of national) if (pack !== undefined) found.add(pack);
  if (debtor === 'US') {
    const region = regionCode('US', question.debtorRegion);
    const inCity = isNewYorkCity(question);
    const mayBePerson = question.debtorType === 'consumer' || typeUnknown;
    if (region === null && mayBePerson && !inCity) for (const state of ofState.values()) found.add(state);
    const state = ofState.get(region ?? '');
    if (state !== undefined) found.add(state);
    if (inCity) found.add(usNyc);
  }
  return allPacks.filter((pack) => found.has(pack));
}

/** By postcode; where there is none by the city's name, unless the address names another state. */
export function isNewYorkCity(
  at: Pick<LawQuestion, 'debtorRegion' | 'debtorCity' | 'debtorPostcode'>,
): boolean {
  const postcode = plain(at.debtorPostcode);
  if (/^\d{5}(-?\d{4})?$/.test(postcode)) return /^(10[0-4]|11[012346])/.test(postcode);
  if (plain(at.debtorRegion) !== '' && regionCode('US', at.debtorRegion) !== 'NY') return false;
  return nycCities.has(plain(at.debtorCity));
}

function plain(text: string | null): string {
  return (text ?? '').trim().toUpperCase();
}
