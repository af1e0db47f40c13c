import { expect, test } from '@jest/globals';
import { guessTimeZone } from '../../src/companies/time-zone.ts';
import { regionCode } from '../../src/domain/regions.ts';
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
