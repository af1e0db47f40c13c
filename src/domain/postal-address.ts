/** Where a letter goes, as ledgers keep it: lines of the street, and the place apart. */
export interface PlaceOfPost {
  readonly lines: readonly string[];
  readonly city: string | null;
  readonly region: string | null;
  readonly postcode: string | null;
  /** ISO 3166-1 alpha-2; null: not known. */
  readonly country: string | null;
}

/**
 * The lines below the name on an envelope: street, place in the order of its country, and the country when the letter
 * leaves the sender's. What the lines say already is not said again. No lines: the ledger has no address, and neither
 * has this. Pure.
 */
export function postalLines(place: PlaceOfPost, senderCountry: string): readonly string[] {
  const { lines, country } = place;
  if (lines.length === 0) return [];
  const abroad = country !== null && country !== senderCountry ? [countryName(country)] : [];
  return [...lines, ...localityOf(place, senderCountry), ...abroad].filter((line) => line !== '');
}

function localityOf(
  { lines, city, region, postcode, country }: PlaceOfPost,
  home: string,
): readonly string[] {
  const said = (part: string | null): boolean =>
    part !== null && lines.some((line) => line.toLowerCase().includes(part.toLowerCase()));
  // whoever wrote the postcode into the lines wrote the place there too
  if (said(postcode) || (postcode === null && said(city))) return [];
  const town = said(city) ? null : city;
  const joined = (...parts: readonly (string | null)[]): string =>
    parts.filter((part) => part !== null && part !== '').join(' ');
  const where = country ?? home;
  if (where === 'US') return [[town, joined(region, postcode)].filter((part) => part).join(', ')];
  if (where === 'GB') return [town ?? '', postcode ?? ''];
  if (codeFirst.has(where)) return [joined(postcode, town)];
  return [joined(town, withRegion.has(where) ? region : null, postcode)];
}

/** The postcode stands before the place. */
const codeFirst: ReadonlySet<string> = new Set(
  'AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU NL NO PL PT RO SE SI SK'.split(' '),
);

/** The state or province stands between place and postcode. */
const withRegion: ReadonlySet<string> = new Set(['AU', 'CA']);

/** A country as people call it, in English. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;
}
