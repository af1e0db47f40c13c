import { describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { openOn } from '../../src/domain/open-hours.ts';
import { plausibleZones } from '../../src/domain/zones.ts';

const reach = { from: '08:00', to: '21:00' };

function hours(
  on: string,
  zones: readonly string[],
  ...windows: { from: string; to: string }[]
): string | null {
  const span = openOn(day(on), windows.length === 0 ? [reach] : windows, zones);
  return span === null ? null : `${span.from.toISOString()} ${span.to.toISOString()}`;
}

describe('the zones in which a debtor may be', () => {
  test('are one where the address decides, two in a state that lies in two, all of a country without a region', () => {
    expect(plausibleZones('US', 'NY')).toEqual(['America/New_York']);
    expect(plausibleZones('us', 'fl ')).toEqual(['America/New_York', 'America/Chicago']);
    expect(plausibleZones('AU', 'Western Australia')).toEqual(['Australia/Perth', 'Australia/Eucla']);
    expect(plausibleZones('US', null)).toHaveLength(8);
    expect(plausibleZones('US', 'XX')).toContain('Pacific/Honolulu');
    expect(plausibleZones('GB', 'anything')).toEqual(['Europe/London']);
    expect(plausibleZones('CA', 'BC')).toEqual(['America/Vancouver', 'America/Edmonton']);
    expect(plausibleZones('XX', null)).toEqual([]);
    expect(plausibleZones(null, 'NY')).toEqual([]);
  });

  test('exist, every one', () => {
    const countries = ['US', 'CA', 'AU', 'NZ', 'ES', 'PT', 'MX', 'BR', 'ID', 'CL', 'GB', 'DE'];
    const states = ['TN', 'KY', 'TX', 'OR', 'ID', 'AK', 'AZ'];
    const zones = [
      ...countries.flatMap((country) => plausibleZones(country, null)),
      ...states.flatMap((state) => plausibleZones('US', state)),
    ];
    for (const timeZone of zones) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
  });
});

describe('the hours in which somebody may be reached', () => {
  test('SEQ-13: are those at which it is neither too early nor too late in any of their zones', () => {
    // eight in the west, nine in the evening in the east
    expect(hours('2026-11-10', ['America/New_York', 'America/Los_Angeles'])).toBe(
      '2026-11-10T16:00:00.000Z 2026-11-11T02:00:00.000Z',
    );
    expect(hours('2026-11-10', plausibleZones('US', 'FL'))).toBe(
      '2026-11-10T14:00:00.000Z 2026-11-11T02:00:00.000Z',
    );
    // somewhere in the United States: from eight in the Aleutians to nine on the east coast
    expect(hours('2026-11-10', plausibleZones('US', null))).toBe(
      '2026-11-10T18:00:00.000Z 2026-11-11T02:00:00.000Z',
    );
  });

  test('can be none: an office in the west for a reader in the east', () => {
    const office = { from: '09:00', to: '12:00' };
    expect(hours('2026-11-10', ['Australia/Perth', 'Pacific/Auckland'], office)).toBeNull();
    expect(() => openOn(day('2026-11-10'), [], ['UTC'])).toThrow(RangeError);
  });

  test('all windows hold: the policy’s, the house’s and the state’s', () => {
    const zones = ['America/New_York'];
    expect(
      hours('2026-11-10', zones, { from: '07:00', to: '22:00' }, reach, { from: '09:00', to: '17:00' }),
    ).toBe('2026-11-10T14:00:00.000Z 2026-11-10T22:00:00.000Z');
  });

  test.each([
    // the day before the clocks change, the day itself, the day after
    [
      'US forward',
      'America/New_York',
      ['2026-03-07', '13', '02'],
      ['2026-03-08', '12', '01'],
      ['2026-03-09', '12', '01'],
    ],
    [
      'US back',
      'America/New_York',
      ['2026-10-31', '12', '01'],
      ['2026-11-01', '13', '02'],
      ['2026-11-02', '13', '02'],
    ],
    [
      'UK forward',
      'Europe/London',
      ['2026-03-28', '08', '21'],
      ['2026-03-29', '07', '20'],
      ['2026-03-30', '07', '20'],
    ],
    [
      'UK back',
      'Europe/London',
      ['2026-10-24', '07', '20'],
      ['2026-10-25', '08', '21'],
      ['2026-10-26', '08', '21'],
    ],
    [
      'AU forward',
      'Australia/Sydney',
      ['2026-10-03', '22', '11'],
      ['2026-10-04', '21', '10'],
      ['2026-10-05', '21', '10'],
    ],
    [
      'AU back',
      'Australia/Sydney',
      ['2026-04-04', '21', '10'],
      ['2026-04-05', '22', '11'],
      ['2026-04-06', '22', '11'],
    ],
    [
      'NZ forward',
      'Pacific/Auckland',
      ['2026-09-26', '20', '09'],
      ['2026-09-27', '19', '08'],
      ['2026-09-28', '19', '08'],
    ],
    [
      'NZ back',
      'Pacific/Auckland',
      ['2026-04-04', '19', '08'],
      ['2026-04-05', '20', '09'],
      ['2026-04-06', '20', '09'],
    ],
  ])('open and close by the wall clock when it changes: %s', (_, zone, ...days) => {
    for (const [on = '', from, to] of days) {
      const span = openOn(day(on), [reach], [zone]);
      expect([span?.from.toISOString().slice(11, 13), span?.to.toISOString().slice(11, 13)]).toEqual([
        from,
        to,
      ]);
    }
  });

  test('a start inside the hour that the clocks skip is the first moment after it', () => {
    expect(hours('2026-03-08', ['America/New_York'], { from: '02:30', to: '09:00' })).toBe(
      '2026-03-08T07:30:00.000Z 2026-03-08T13:00:00.000Z',
    );
  });
});
