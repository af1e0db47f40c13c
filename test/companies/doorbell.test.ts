import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gatherSeconds, lookIsDue, ringDueAt, spareReads } from '../../src/companies/doorbell.ts';

const at = (text: string): Date => new Date(text);
const HOUR = 3_600_000;

describe('when a ring is answered', () => {
  it('at once while there are reads in advance, then not before the month’s spare reads allow', () => {
    const now = at('2026-11-16T00:00:00Z');
    const early = { most: 96, used: 30 };
    expect(spareReads(early, now)).toBe(24);
    expect(ringDueAt(now, early, now)).toEqual(now);
    // evenly there would be 6 to spare by now; one is left
    const late = { most: 96, used: 53 };
    expect(spareReads(late, now)).toBe(1);
    expect(ringDueAt(now, late, now)).toEqual(now);
    const over = { most: 120, used: 71 };
    // evenly 18; 7 are left for 15 days
    expect(ringDueAt(now, over, now)).toEqual(new Date(now.getTime() + (15 * 24 * HOUR) / 7));
    expect(ringDueAt(null, over, now)).toEqual(now);
  });

  it('not by a read of its own when nothing is to spare: sending and the daily read answer it', () => {
    expect(ringDueAt(null, { most: 96, used: 60 }, at('2026-11-02T00:00:00Z'))).toBeNull();
  });

  it('at once where reads are not metered; a burst is gathered, longer when the books were just read', () => {
    const now = at('2026-11-16T00:00:00Z');
    expect(ringDueAt(now, null, now)).toEqual(now);
    expect(gatherSeconds(null, now)).toBe(3);
    expect(gatherSeconds(at('2026-11-15T23:59:30Z'), now)).toBe(15);
    expect(gatherSeconds(at('2026-11-15T23:59:00Z'), now)).toBe(3);
  });

  it('never so often that the month’s own work would find the budget spent, however often it rings', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 29 }), fc.integer({ min: 0, max: 120 }), (startDay, before) => {
        let now = new Date(Date.UTC(2026, 10, 1 + startDay));
        let used = before;
        let last: Date | null = null;
        const end = Date.UTC(2026, 11, 1);
        let own = 0;
        while (now.getTime() < end) {
          // it rings every ten minutes, and the work of a day costs two reads
          const due = ringDueAt(last, { most: 96, used }, now);
          if (due !== null && due <= now) {
            used += 1;
            last = now;
          }
          own += (2 * 10) / (24 * 60);
          if (own >= 1) {
            used += 1;
            own -= 1;
          }
          now = new Date(now.getTime() + 10 * 60_000);
        }
        const need = Math.ceil(2.8 * (30 - startDay)) + 1;
        expect(used).toBeLessThanOrEqual(Math.max(96, before + need));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a person who opens a page', () => {
  const now = at('2026-11-16T12:00:00Z');
  const books = (read: string | null, looked: string | null = null) => ({
    books_read_at: read === null ? null : at(read),
    looked_at: looked === null ? null : at(looked),
  });

  it('has old books read, at most every 15 minutes, while there is a read to spare', () => {
    expect(lookIsDue(books('2026-11-16T11:40:00Z'), null, now)).toBe(true);
    expect(lookIsDue(books('2026-11-16T11:50:00Z'), null, now)).toBe(false);
    expect(lookIsDue(books('2026-11-16T11:00:00Z', '2026-11-16T11:50:00Z'), null, now)).toBe(false);
    expect(lookIsDue(books(null), null, now)).toBe(false);
    expect(lookIsDue(books('2026-11-16T11:00:00Z'), { most: 96, used: 20 }, now)).toBe(true);
    expect(lookIsDue(books('2026-11-16T11:00:00Z'), { most: 96, used: 90 }, now)).toBe(false);
  });
});
