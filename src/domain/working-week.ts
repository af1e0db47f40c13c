const mondayToFriday = [1, 2, 3, 4, 5];
const sundayToThursday = [1, 2, 3, 4, 7];
const fridayAndSaturdayOff = 'BH DZ EG IL IQ JO KW LY OM QA SA SD SY YE'.split(' ');

/** ISO weekdays of work, five at most, where they are others than Monday to Friday (CLDR; a test compares them). */
const others: ReadonlyMap<string, readonly number[]> = new Map([
  ...fridayAndSaturdayOff.map((country) => [country, sundayToThursday] as const),
  ['AF', [1, 2, 3, 6, 7]],
  ['IR', [1, 2, 3, 6, 7]],
]);

/** The ISO weekdays on which a country (ISO 3166-1 alpha-2) works; Monday to Friday for one we know nothing of. */
export function workingWeek(country: string | null): readonly number[] {
  return others.get((country ?? '').toUpperCase()) ?? mondayToFriday;
}
