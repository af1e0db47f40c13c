import { expect, test } from '@jest/globals';
import { businessCalendar } from '../../src/domain/calendar.ts';
import { day } from '../../src/domain/day.ts';
import { plausibleZones } from '../../src/domain/zones.ts';
import { calendarOf, zonesOf } from '../../src/dunning/decide.ts';
import { nextOpening } from '../../src/dunning/windows.ts';
import type { Law } from '../../src/policies/law/law.ts';
import { lawFor } from '../../src/policies/law/law-for.ts';

const rule = {
  id: 'hours',
  words: 'Hours.',
  source: 'none',
  from: null,
  until: null,
  enforce: 'block',
} as const;
const consumer: Pick<Law, 'windows'> = {
  windows: [{ channels: ['email'], from: '08:00', to: '20:00', days: [1, 2, 3, 4, 5, 6], rule }],
};
const opens = (
  window: { from: string; to: string },
  zones: readonly string[],
  law: Pick<Law, 'windows'> = consumer,
) =>
  nextOpening(new Date('2026-11-16T05:00:00Z'), {
    channel: 'email',
    policy: { window, sendDays: [1, 2, 3, 4, 5] },
    law,
    calendar: businessCalendar('US', null, 'America/New_York'),
    zones,
  });

test('SEQ-13: own hours hold where the debtor most likely is, the law’s wherever the debtor may be', () => {
  const day = { from: '09:00', to: '17:00' };
  expect(opens(day, ['America/New_York'])).toEqual(new Date('2026-11-16T14:00:00Z'));
  // eight in Chicago is nine in New York: both may begin
  expect(opens(day, ['America/New_York', 'America/Chicago'])).toEqual(new Date('2026-11-16T14:00:00Z'));
  expect(opens(day, plausibleZones('US', null))).toEqual(new Date('2026-11-16T18:00:00Z'));
  expect(opens(day, plausibleZones('US', null), { windows: [] })).toEqual(new Date('2026-11-16T14:00:00Z'));
});

test('SEQ-12: hours that never meet are told, not waited for', () => {
  const early = { from: '09:00', to: '11:00' };
  expect(opens(early, ['America/New_York'])).toEqual(new Date('2026-11-16T14:00:00Z'));
  expect(opens(early, plausibleZones('US', null))).toMatchObject({
    rule: 'LAW hours',
    words: expect.stringMatching(/in each of the 8 time zones in which the customer may be.+Name the state/),
  });
  const never = { from: '21:00', to: '22:00' };
  expect(opens(never, plausibleZones('US', null))).toMatchObject({
    words: expect.stringMatching(/^(?!.*time zones).*Change the policy/),
  });
});

test('SEQ-13: a person of whom no state is known may be in each of the country’s zones, in the company’s country too', () => {
  const company = { country: 'US', region: 'NY', time_zone: 'America/New_York' };
  const person = { treatedAs: 'consumer' } as const;
  const everywhere = zonesOf(company, { country: 'US', region: null }, person);
  expect(everywhere).toEqual(plausibleZones('US', null));
  expect(zonesOf(company, { country: 'US', region: null }, { treatedAs: 'business' })).toEqual([
    'America/New_York',
  ]);
  // “in every zone they may be in”: 8:00 in the Aleutians, 21:00 in New York; the business's own hours in the likeliest
  const law = lawFor(
    {
      debtorCountry: 'US',
      debtorRegion: null,
      debtorCity: null,
      debtorPostcode: null,
      creditorCountry: 'US',
      debtorType: 'consumer',
      allBusinesses: false,
      emailConsent: null,
    },
    day('2026-11-16'),
  );
  expect(opens({ from: '09:00', to: '17:00' }, everywhere, law)).toEqual(new Date('2026-11-16T18:00:00Z'));
  expect(zonesOf(company, { country: 'US', region: 'FL' }, person)).toEqual([
    'America/New_York',
    'America/Chicago',
  ]);
  expect(zonesOf(company, { country: 'AU', region: null }, person).length).toBeGreaterThan(2);
  expect(zonesOf(company, { country: null, region: null }, person)).toEqual(['America/New_York']);
  expect(zonesOf(company, { country: 'US', region: 'FL' }, { treatedAs: 'business' })).toEqual([
    'America/New_York',
  ]);
});

test('S1: customers abroad are written to at nine of their own morning, not of the company’s', () => {
  const company = { country: 'NZ', region: null, time_zone: 'Pacific/Auckland' };
  const law = { windows: [], treatedAs: 'business' } as const;
  const nine = (country: string): unknown => {
    const debtor = { country, region: null };
    return nextOpening(new Date('2026-11-22T11:00:00Z'), {
      channel: 'email',
      policy: { window: { from: '09:00', to: '17:00' }, sendDays: [1, 2, 3, 4, 5] },
      law,
      calendar: calendarOf(company, debtor),
      zones: zonesOf(company, debtor, law),
    });
  };
  const opens: Record<string, string> = {
    GR: '2026-11-23T07:00:00Z',
    LU: '2026-11-23T08:00:00Z',
    RO: '2026-11-23T07:00:00Z',
    TR: '2026-11-23T06:00:00Z',
    KR: '2026-11-23T00:00:00Z',
    BR: '2026-11-23T12:00:00Z',
    MX: '2026-11-23T15:00:00Z',
    US: '2026-11-23T14:00:00Z',
  };
  for (const [country, at] of Object.entries(opens))
    expect([country, nine(country)]).toEqual([country, new Date(at)]);
});
