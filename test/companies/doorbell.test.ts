import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lookIsDue, ringDueAt, spareReads } from '../../src/companies/doorbell.ts';

const at = (text: string): Date => new Date(text);
const HOUR = 3_600_000;

describe('when a ring is answered', () => {
  it('at once after a quiet time, and then not before the month’s spare reads allow', () => {
    const budget = { most: 96, used: 30 };
    const now = at('2026-11-16T00:00:00Z');
    expect(ringDueAt(null, budget, now)).toEqual(now);
    expect(spareReads(budget, now)).toBe(24);
    // 15 days left for 24 reads
    expect(ringDueAt(now, budget, now)).toEqual(new Date(now.getTime() + 15 * HOUR));
  });

  it('not by a read of its own when nothing is to spare: sending and the daily read answer it', () => {
    expect(ringDueAt(null, { most: 96, used: 60 }, at('2026-11-02T00:00:00Z'))).toBeNull();
  });

  it('at most once a minute where reads are not metered', () => {
    const now = at('2026-11-16T00:00:00Z');
    expect(ringDueAt(null, null, now)).toEqual(now);
    expect(ringDueAt(now, null, now)).toEqual(at('2026-11-16T00:01:00Z'));
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
