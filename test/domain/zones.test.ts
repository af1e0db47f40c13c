import { describe, expect, test } from '@jest/globals';
import { guessTimeZone } from '../../src/companies/time-zone.ts';
import { holidayData } from '../../src/domain/holidays/data/index.ts';
import { regionCode } from '../../src/domain/regions.ts';
import { likelyZone, plausibleZones, zoneOfAddress } from '../../src/domain/zones.ts';
import { debtorZone } from '../../src/policies/debtor-zone.ts';

test('a company and its debtor in the same state keep the same clock', () => {
  const zones: Record<string, string> = {
    TN: 'America/Chicago',
    AL: 'America/Chicago',
    KS: 'America/Chicago',
    IA: 'America/Chicago',
    OK: 'America/Chicago',
    ID: 'America/Denver',
    OH: 'America/New_York',
    AZ: 'America/Phoenix',
  };
  for (const [state, zone] of Object.entries(zones)) {
    expect(guessTimeZone('US', state)).toBe(zone);
    expect(debtorZone('US', state.toLowerCase(), 'Europe/London')).toBe(zone);
  }
});

test('a state is known by its short form or its name', () => {
  expect(debtorZone('AU', 'Queensland', 'Australia/Perth')).toBe('Australia/Brisbane');
  expect(debtorZone('US', ' new york', 'Europe/London')).toBe('America/New_York');
  expect(debtorZone('CA', 'British Columbia', 'Europe/London')).toBe('America/Vancouver');
  expect(regionCode('AU', 'new south wales')).toBe('NSW');
  expect([regionCode('US', 'Ontario'), regionCode('XX', 'NY'), regionCode('US', null)]).toEqual([
    null,
    null,
    null,
  ]);
});

test('a large country without a region is guessed for a company and left to the company’s own zone for a debtor', () => {
  expect(guessTimeZone('AU', null)).toBe('Australia/Sydney');
  expect(debtorZone('AU', null, 'Australia/Perth')).toBe('Australia/Perth');
});

test('S1: a debtor in a large country of whom no region is known is never on the clock of a company abroad', () => {
  expect(debtorZone('AU', null, 'Pacific/Auckland')).toBe('Australia/Sydney');
  expect(debtorZone('US', null, 'Europe/London')).toBe('America/New_York');
  expect(debtorZone('CA', null, 'America/New_York')).toBe('America/Toronto');
  expect(debtorZone('MX', null, 'America/New_York')).toBe('America/Mexico_City');
  // a company run from afar does not move its customers: the zone has to be one of their country
  expect(debtorZone('US', null, 'Asia/Manila')).toBe('America/New_York');
  // one of the country's that the table does not name, and one by its older name
  expect(debtorZone('US', null, 'America/Boise')).toBe('America/Boise');
  expect(debtorZone('US', null, 'US/Mountain')).toBe('US/Mountain');
  // nothing is known of the country
  expect(debtorZone('XX', null, 'Europe/London')).toBe('Europe/London');
});

test('a region decides in Brazil and in Spain; what lies in two zones is in both', () => {
  expect(debtorZone('BR', 'Acre', 'Europe/Lisbon')).toBe('America/Rio_Branco');
  expect(plausibleZones('BR', 'SP')).toEqual(['America/Sao_Paulo']);
  expect(plausibleZones('BR', 'AM')).toEqual(['America/Manaus', 'America/Rio_Branco']);
  expect(plausibleZones('ES', 'Islas Canarias')).toEqual(['Atlantic/Canary']);
  expect(plausibleZones('ES', 'MD')).toEqual(['Europe/Madrid']);
  expect(plausibleZones('ES', null)).toEqual(['Europe/Madrid', 'Atlantic/Canary']);
});

type Land = Intl.Locale & { getTimeZones?: () => string[] | undefined };

describe('every country', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const countries = letters
    .flatMap((one) => letters.map((two) => `${one}${two}`))
    .map((country) => {
      const land = new Intl.Locale(`und-${country}`) as Land;
      return { country, zones: land.getTimeZones?.() ?? [], now: land.region };
    })
    // an old code stands for another country
    .filter(({ country, zones, now }) => zones.length > 0 && now === country);
  const instants = Array.from({ length: 48 }, (_, month) =>
    Temporal.Instant.from('2026-01-10T00:00:00Z').add({ hours: month * 24 * 30 }),
  );
  const clocks = (zones: readonly string[], at: Temporal.Instant): readonly number[] =>
    zones.map((zone) => at.toZonedDateTimeISO(zone).offsetNanoseconds / 60e9);

  test('S1: of which holidays are known has its zone, or all of its zones and the likeliest', () => {
    for (const country of Object.keys(holidayData)) {
      expect([country, plausibleZones(country, null)]).not.toEqual([country, []]);
      const zone = zoneOfAddress(country, null) ?? likelyZone(country);
      expect(plausibleZones(country, null)).toContain(zone);
    }
  });

  test('S1: has zones as early and as late as the runtime’s own data say, and none beyond', () => {
    expect(countries.length).toBeGreaterThan(240);
    // no other names than IANA's; Kosovo is not in the runtime's list
    expect(plausibleZones('XK', null)).toEqual(['Europe/Belgrade']);
    const span = (zones: readonly string[]): string =>
      instants.map((at) => `${Math.min(...clocks(zones, at))}…${Math.max(...clocks(zones, at))}`).join(' ');
    const wrong = countries.filter(({ country, zones }) => {
      const ours = plausibleZones(country, null);
      return ours.length === 0 || span(ours) !== span(zones);
    });
    expect(wrong.map(({ country }) => country)).toEqual([]);
  });
});
