/**
 * Xero keeps the country of an address as whatever somebody typed: "United States", "USA", "uk", "".
 */

/** What people write beside CLDR's English names; keys as `plain` leaves them. */
const alsoWritten: Readonly<Record<string, string>> = {
  usa: 'US',
  'united states of america': 'US',
  america: 'US',
  gbr: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'republic of ireland': 'IE',
  aus: 'AU',
  nzl: 'NZ',
  aotearoa: 'NZ',
  can: 'CA',
  holland: 'NL',
  'the netherlands': 'NL',
  deutschland: 'DE',
};

let byName: Map<string, string> | null = null;

/** ISO 3166-1 alpha-2 of a country as a person wrote it, or null: never guessed from a part of the text. */
export function countryCode(written: string | null): string | null {
  if (written === null) return null;
  const name = plain(written);
  if (/^[a-z]{2}$/.test(name)) return nameOf(name.toUpperCase()) === null ? null : canonical(name);
  byName ??= namesOfTheWorld();
  return alsoWritten[name] ?? byName.get(name) ?? null;
}

function plain(written: string): string {
  return written.toLowerCase().replaceAll('.', '').replaceAll(/\s+/g, ' ').trim();
}

/** `UK` is an alias that CLDR resolves to `GB`. */
function canonical(code: string): string {
  return new Intl.Locale(`und-${code}`).region ?? code.toUpperCase();
}

const display = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Codes that CLDR names although they are no country: unions, test codes, "unknown". */
const noCountry = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);

function nameOf(code: string): string | null {
  return noCountry.has(code) ? null : (display.of(code) ?? null);
}

function namesOfTheWorld(): Map<string, string> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const found = new Map<string, string>();
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = nameOf(code);
    if (name !== null) found.set(plain(name), canonical(code));
  }
  return found;
}
