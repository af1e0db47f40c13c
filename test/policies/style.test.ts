import { describe, expect, test } from '@jest/globals';
import { debtorZone } from '../../src/policies/debtor-zone.ts';
import { emailSteps } from '../../src/policies/policy.ts';
import { allowedStyle, payWithinDays } from '../../src/policies/style.ts';

describe('the sender that a debtor may see (design section 6)', () => {
  test('is the service only for a business; unknown counts as consumer', () => {
    const style = (
      debtorType: 'business' | 'sole_trader' | 'consumer' | 'unknown',
      allBusinesses = false,
    ): string => allowedStyle({ wanted: 'service', debtorType, allBusinesses }).style;
    expect(style('business')).toBe('service');
    expect(style('unknown')).toBe('own');
    expect(style('consumer')).toBe('own');
    expect(style('sole_trader')).toBe('own');
  });

  test('a statement that all customers are businesses decides for the unknown, never against what is known', () => {
    const style = (debtorType: 'unknown' | 'consumer' | 'sole_trader'): string =>
      allowedStyle({ wanted: 'service', debtorType, allBusinesses: true }).style;
    expect([style('unknown'), style('consumer'), style('sole_trader')]).toEqual(['service', 'own', 'own']);
  });

  test('a refused style says why, with its source; the own style needs no reason', () => {
    const { reasons } = allowedStyle({ wanted: 'service', debtorType: 'unknown', allBusinesses: false });
    expect(reasons[0]?.rule).toBe('LAW house-service-style');
    expect(reasons[0]?.source).toContain('1692a(6)');
    expect(reasons[0]?.words).toContain('counts as consumer');
    expect(allowedStyle({ wanted: 'own', debtorType: 'consumer', allBusinesses: false })).toEqual({
      style: 'own',
      reasons: [],
    });
  });
});

test('a British individual, a sole trader included, is given thirty days with a final notice', () => {
  const [first, , , final] = emailSteps;
  if (first === undefined || final === undefined) throw new Error('the standard sequence has four steps');
  expect(payWithinDays(final, 'GB', 'sole_trader')).toBe(30);
  expect(payWithinDays(final, 'GB', 'unknown')).toBe(30);
  expect(payWithinDays(final, 'GB', 'business')).toBe(14);
  expect(payWithinDays(final, 'US', 'consumer')).toBe(14);
  expect(payWithinDays(first, 'GB', 'consumer')).toBe(7);
  expect(payWithinDays({ ...final, payWithinDays: 45 }, 'GB', 'consumer')).toBe(45);
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
