import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween } from '../../src/domain/day.ts';
import type { HoldFact } from '../../src/receivables/holds.ts';
import { type PositionInput, positionOf } from '../../src/receivables/position.ts';
import { hold, owed, positionInput, today } from './support.ts';

const around = fc.integer({ min: -60, max: 60 }).map((offset) => addDays(today, offset));
const invoice = fc.record({
  id: fc.integer({ min: 1, max: 8 }),
  dueOn: fc.option(around, { freq: 6 }),
  openMinor: fc.integer({ min: -100, max: 500_000 }),
  status: fc.constantFrom('open', 'open', 'open', 'draft', 'closed', 'void', 'deleted'),
  sent: fc.constantFrom('yes', 'yes', 'unknown', 'no'),
});
const holds: fc.Arbitrary<HoldFact> = fc
  .record({
    kind: fc.constantFrom('dispute', 'promise', 'pause', 'reply', 'stopped', 'do_not_contact'),
    scope: fc.constantFrom('invoice', 'invoice', 'customer', 'company'),
    invoiceId: fc.integer({ min: 1, max: 8 }).map((id) => `I${id}`),
    startsOn: around,
    endsOn: fc.option(around),
  })
  .map((facts) => hold(facts as Partial<HoldFact>));
const inputs: fc.Arbitrary<PositionInput> = fc
  .record({
    invoices: fc.uniqueArray(invoice, { selector: (row) => row.id, maxLength: 8 }),
    creditsMinor: fc.integer({ min: 0, max: 400_000 }),
    holds: fc.array(holds, { maxLength: 4 }),
    unreadable: fc.constantFrom([], [], ['invoice 7: no amount']),
    dead: fc.boolean(),
    sentElsewhere: fc.boolean(),
    hasRecipient: fc.boolean(),
    ledgerMinor: fc.option(fc.integer({ min: 0, max: 400_000 })),
  })
  .map(({ invoices, ...rest }) =>
    positionInput({
      ...rest,
      invoices: invoices.map(({ id, ...facts }) => owed(`I${id}`, facts as Parameters<typeof owed>[1])),
    }),
  );

test('the sums of a position always add up, and nothing is ever negative', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const found = positionOf(input);
      expect(found.openMinor).toBe(found.notDueMinor + found.pastDueMinor);
      expect(Object.values(found.ages).reduce((sum, minor) => sum + minor, 0)).toBe(found.pastDueMinor);
      expect(found.creditsMinor).toBe(found.credits.reduce((sum, credit) => sum + credit.minor, 0));
      expect(found.openMinor).toBe(found.lines.reduce((sum, line) => sum + line.openMinor, 0));
      expect(found.askMinor).toBeLessThanOrEqual(found.pastDueMinor - found.heldMinor);
      for (const minor of [found.notDueMinor, found.pastDueMinor, found.heldMinor, found.askMinor]) {
        expect(minor).toBeGreaterThanOrEqual(0);
      }
      expect(found.heldMinor).toBeLessThanOrEqual(found.pastDueMinor);
    }),
    { numRuns: 400 },
  );
});

test('every invoice that is not asked for has a reason, and one that is asked for is late and in nobody’s way', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      for (const line of positionOf(input).lines) {
        if (line.state === 'ask') {
          expect(line.dueOn !== null && daysBetween(line.dueOn, input.today) > 0).toBe(true);
          expect(line.reasons).toEqual([]);
        } else {
          expect(line.reasons.length).toBeGreaterThan(0);
        }
      }
    }),
    { numRuns: 400 },
  );
});

test('between today and the next event nothing changes by itself but the days late', () => {
  fc.assert(
    fc.property(inputs, fc.integer({ min: 1, max: 40 }), (input, later) => {
      const found = positionOf(input);
      const then = addDays(input.today, later);
      fc.pre(found.nextEventOn === null || then < found.nextEventOn);
      const after = positionOf({ ...input, today: then });
      const bare = (of: typeof found) => ({
        ...of,
        lines: of.lines.map((line) => ({ ...line, daysLate: line.daysLate > 0 })),
        holds: of.holds.map((one) => (one.holdId === null ? { ...one, since: null } : one)),
      });
      expect(bare(after)).toEqual(bare(found));
    }),
    { numRuns: 300 },
  );
});
