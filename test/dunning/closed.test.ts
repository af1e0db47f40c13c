import { describe, expect, test } from '@jest/globals';
import { businessCalendar } from '../../src/domain/calendar.ts';
import { day, dayAt } from '../../src/domain/day.ts';
import { whyClosed } from '../../src/dunning/closed.ts';
import type { Gate } from '../../src/dunning/windows.ts';
import { rule } from './support.ts';

const zone = 'Pacific/Auckland';
const gate: Gate = {
  channel: 'email',
  policy: { window: { from: '09:00', to: '17:00' }, sendDays: [1, 2, 3, 4] },
  law: {
    windows: [
      { channels: ['email'], from: '10:00', to: '18:00', days: [1, 2, 3, 4, 5, 6], rule: rule('hours') },
    ],
  },
  calendar: businessCalendar('NZ', 'WGN', zone),
  zones: [zone],
};
/** What stands against a time of New Zealand; without an hour the whole day. */
const against = (on: string, time: string | null, more: Partial<Gate> = {}): readonly string[] => {
  const at = Temporal.PlainDateTime.from(`${on}T${time ?? '00:00'}`).toZonedDateTime(zone).epochMilliseconds;
  const wanted = { on: day(on), at: new Date(at), anyHour: time === null };
  const place = { country: 'NZ', region: 'WGN' };
  return whyClosed(wanted, { ...gate, ...more }, place, 'en-NZ').map(
    ({ what, words }) => `${what}: ${words}`,
  );
};

describe('what stands in the way of a time is named', () => {
  test('a public holiday with its name and who keeps it, the nation or the region', () => {
    expect(against('2027-02-08', '11:00')).toEqual([
      'day: Mon, 8 Feb 2027 is a public holiday where they are: Waitangi Day (substitute day) (New Zealand).',
    ]);
    expect(against('2027-01-25', null)).toEqual([
      'day: Mon, 25 Jan 2027 is a public holiday where they are: Provincial anniversary day (Wellington Province, New Zealand).',
    ]);
  });

  test('a weekend, and a day that only the policy or the law leaves out', () => {
    expect(against('2026-11-21', null)).toEqual([
      'day: Sat, 21 Nov 2026 is a weekend day where they are (New Zealand).',
    ]);
    expect(against('2026-11-20', null)).toEqual([
      'day: The policy’s days are Monday, Tuesday, Wednesday, Thursday.',
    ]);
    const [hours] = gate.law.windows;
    if (hours === undefined) throw new Error('the law of this test has hours');
    expect(against('2026-11-19', null, { law: { windows: [{ ...hours, days: [1] }] } })).toEqual([
      'day: The rule hours says so. (Statute of hours)',
    ]);
  });

  test('the hours of the policy, of the law, or both', () => {
    expect(against('2026-11-19', '09:30')).toEqual(['hour: The rule hours says so. (Statute of hours)']);
    expect(against('2026-11-19', '17:00')).toEqual([
      'hour: The policy’s hours are 09:00 to 17:00 their time.',
    ]);
    expect(against('2026-11-19', '22:00')).toHaveLength(2);
    expect(against('2026-11-19', '11:00')).toEqual([]);
  });

  test('with any hour of a day only what is over by now stands in the way', () => {
    expect(against('2026-11-19', null)).toEqual([]);
    const late = new Date('2026-11-19T04:30:00Z');
    const wanted = { on: dayAt(late, zone), at: late, anyHour: true };
    expect(whyClosed(wanted, gate, { country: 'NZ', region: 'WGN' }, 'en-NZ')).toMatchObject([
      { what: 'hour' },
    ]);
  });
});
