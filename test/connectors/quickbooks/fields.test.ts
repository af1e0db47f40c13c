import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { instantOf } from '../../../connectors/quickbooks/fields.ts';

const two = (part: number): string => String(part).padStart(2, '0');

test('a stamp is the instant that the runtime reads in it, or nothing', () => {
  const stamps = fc
    .record({
      month: fc.integer({ min: 1, max: 13 }),
      date: fc.integer({ min: 1, max: 32 }),
      hour: fc.nat(25),
      minute: fc.nat(61),
      fraction: fc.constantFrom('', '.5', '.082', '.123456789'),
      offset: fc.constantFrom('Z', '-07:00', '+05:30', '-0800', '+14:00', '+25:00', ''),
    })
    .map(
      ({ month, date, hour, minute, fraction, offset }) =>
        `2026-${two(month)}-${two(date)}T${two(hour)}:${two(minute)}:07${fraction}${offset}`,
    );
  const expected = (stamp: string): string | null => {
    try {
      return new Date(Temporal.Instant.from(stamp).epochMilliseconds).toISOString();
    } catch {
      return null;
    }
  };
  fc.assert(
    fc.property(stamps, (stamp) => expect(instantOf(stamp)).toBe(expected(stamp))),
    { numRuns: 2_000 },
  );
});
