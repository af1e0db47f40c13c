import { describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { debtorZone } from '../../src/policies/debtor-zone.ts';
import type { Law } from '../../src/policies/law/law.ts';
import { lawFor } from '../../src/policies/law/law-for.ts';
import { emailSteps } from '../../src/policies/policy.ts';
import { daysToPay, styleUnder } from '../../src/policies/style.ts';

type Who = 'business' | 'sole_trader' | 'consumer' | 'unknown';

function lawOfDebtor(debtorType: Who, country = 'US', allBusinesses = false): Law {
  const nowhere = { debtorRegion: null, debtorCity: null, debtorPostcode: null, emailConsent: null };
  return lawFor(
    { ...nowhere, debtorCountry: country, creditorCountry: country, debtorType, allBusinesses },
    day('2026-11-20'),
  );
}

describe('the sender that a debtor may see (design section 6)', () => {
  const style = (debtorType: Who, allBusinesses = false): string =>
    styleUnder(lawOfDebtor(debtorType, 'US', allBusinesses), 'service').style;

  test('is the service only for a business; unknown counts as consumer', () => {
    expect(style('business')).toBe('service');
    expect(style('unknown')).toBe('own');
    expect(style('consumer')).toBe('own');
    expect(style('sole_trader')).toBe('own');
  });

  test('a statement that all customers are businesses decides for the unknown, never against what is known', () => {
    expect([style('unknown', true), style('consumer', true), style('sole_trader', true)]).toEqual([
      'service',
      'own',
      'own',
    ]);
  });

  test('a refused style says why, with its source; the own style needs no reason', () => {
    const { reasons } = styleUnder(lawOfDebtor('unknown'), 'service');
    expect(reasons[0]?.rule).toBe('LAW house-service-style');
    expect(reasons[0]?.source).toContain('1692a(6)');
    expect(reasons[0]?.words).toContain('counts as consumer');
    expect(styleUnder(lawOfDebtor('consumer'), 'own')).toEqual({ style: 'own', reasons: [] });
  });
});

test('a British individual, a sole trader included, is given thirty days with a final notice', () => {
  const [first, , , final] = emailSteps;
  if (first === undefined || final === undefined) throw new Error('the standard sequence has four steps');
  expect(daysToPay(final, lawOfDebtor('sole_trader', 'GB'))).toBe(30);
  expect(daysToPay(final, lawOfDebtor('unknown', 'GB'))).toBe(30);
  expect(daysToPay(final, lawOfDebtor('business', 'GB'))).toBe(14);
  expect(daysToPay(final, lawOfDebtor('consumer', 'US'))).toBe(14);
  expect(daysToPay(first, lawOfDebtor('consumer', 'GB'))).toBe(7);
  expect(daysToPay({ ...final, payWithinDays: 45 }, lawOfDebtor('consumer', 'GB'))).toBe(45);
  // letters first gives ten days: too few for a company in the United Kingdom
  expect(daysToPay({ ...final, payWithinDays: 10 }, lawOfDebtor('business', 'GB'))).toBe(14);
});

test('a debtor reads mail in the zone of their address; where it does not decide, in the company’s', () => {
  expect(debtorZone('US', 'NY', 'America/Los_Angeles')).toBe('America/New_York');
  expect(debtorZone('US', 'AZ', 'America/Los_Angeles')).toBe('America/Phoenix');
  expect(debtorZone('AU', 'QLD', 'Pacific/Auckland')).toBe('Australia/Brisbane');
  expect(debtorZone('NZ', null, 'Europe/London')).toBe('Pacific/Auckland');
  expect(debtorZone('GB', 'anything', 'UTC')).toBe('Europe/London');
  expect(debtorZone('US', null, 'America/Denver')).toBe('America/Denver');
  expect(debtorZone('AU', 'XX', 'Australia/Perth')).toBe('Australia/Perth');
  expect(debtorZone(null, null, 'Europe/London')).toBe('Europe/London');
});

test('every zone that an address leads to exists', () => {
  const places = [
    ['GB'],
    ['IE'],
    ['NZ'],
    ['DE'],
    ['SG'],
    ['JP'],
    ['KW'],
    ['US', 'HI'],
    ['AU', 'NT'],
    ['CA', 'NB'],
  ];
  for (const [country, region] of places) {
    const zone = debtorZone(country ?? null, region ?? null, 'none');
    expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  }
});
