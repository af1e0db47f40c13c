import { holidayData } from './holidays/data/index.ts';

const codesOf = new Map<string, ReadonlyMap<string, string>>();

/**
 * The short form (ISO 3166-2 without the country) of a state, province or part of a country, from its short form or its
 * name in any case of letters; null: none that is known.
 */
export function regionCode(country: string, region: string | null): string | null {
  const land = country.trim().toUpperCase();
  let codes = codesOf.get(land);
  if (codes === undefined) {
    const regions = Object.entries(holidayData[land]?.regions ?? {});
    codes = new Map(
      regions.flatMap(([code, { name }]) => [
        [name.toUpperCase(), code],
        [code.toUpperCase(), code],
      ]),
    );
    // countries without data are as many as people type
    if (regions.length > 0) codesOf.set(land, codes);
  }
  return codes.get((region ?? '').trim().toUpperCase()) ?? null;
}
