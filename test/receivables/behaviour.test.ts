import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type Day, day, daysBetween } from '../../src/domain/day.ts';
import {
  agedFacts,
  behaviourSince,
  daysSince,
  type SettledInvoice,
  settledFacts,
  settledOn,
} from '../../src/receivables/behaviour.ts';

const today = day('2026-11-30');

function invoice(facts: Partial<SettledInvoice> = {}): SettledInvoice {
  return {
    invoiceId: '1',
    issuedOn: day('2026-09-01'),
    dueOn: day('2026-10-01'),
    totalMinor: 10_000,
    parts: [{ on: day('2026-10-11'), minor: 10_000 }],
    ...facts,
  };
}

describe('the day on which an invoice was settled', () => {
  it('is the day of the payment that brought it to zero, in whatever order they are read', () => {
    const parts = [
      { on: day('2026-11-02'), minor: 4_000 },
      { on: day('2026-10-05'), minor: 6_000 },
    ];
    expect(settledOn(invoice({ parts }))).toBe('2026-11-02');
    expect(settledOn(invoice({ parts: parts.toReversed() }))).toBe('2026-11-02');
  });
  it('is not known when payments and credits do not cover it: something else settled it', () => {
    expect(settledOn(invoice({ parts: [] }))).toBeNull();
    expect(settledOn(invoice({ parts: [{ on: day('2026-10-05'), minor: 9_999 }] }))).toBeNull();
  });
  it('is never before the invoice: a credit given earlier counts from the invoice on', () => {
    expect(settledOn(invoice({ parts: [{ on: day('2026-01-05'), minor: 10_000 }] }))).toBe('2026-09-01');
  });
});

describe('facts of behaviour', () => {
  it('P15: counts what was settled in the last 24 months, and how late', () => {
    const paid = (invoiceId: string, on: string) =>
      invoice({ invoiceId, parts: [{ on: day(on), minor: 10_000 }] });
    const facts = settledFacts(
      [
        paid('in time', '2026-09-20'),
        paid('on the day', '2026-10-01'),
        paid('ten late', '2026-10-11'),
        paid('forty late', '2026-11-10'),
        invoice({ invoiceId: 'written off', parts: [] }),
        invoice({ invoiceId: 'no due date', dueOn: null }),
        invoice({
          invoiceId: 'long ago',
          issuedOn: day('2023-12-01'),
          dueOn: day('2024-01-01'),
          parts: [{ on: day('2024-11-29'), minor: 10_000 }],
        }),
      ],
      today,
    );
    expect(facts).toEqual({
      settled: 5,
      withDueDate: 4,
      settledLate: 2,
      averageDaysLate: 12.5,
      medianDaysLate: 5,
      longestDaysLate: 40,
      dayNotKnown: 1,
    });
  });
  it('of nothing are counts of zero and no figures', () => {
    expect(settledFacts([], today)).toEqual({
      settled: 0,
      withDueDate: 0,
      settledLate: 0,
      averageDaysLate: null,
      medianDaysLate: null,
      longestDaysLate: null,
      dayNotKnown: 0,
    });
  });
  it('P32: past due, how much of it over 90 days, the oldest; days since the last payment', () => {
    const line = (invoiceId: string, daysLate: number, openMinor: number) => ({
      invoiceId,
      number: invoiceId,
      dueOn: addDays(today, -daysLate),
      openMinor,
      daysLate,
    });
    const facts = agedFacts([line('a', 90, 100), line('b', 91, 20), line('c', 0, 7), line('d', 300, 3)]);
    expect(facts).toMatchObject({ pastDueMinor: 123, over90Minor: 23 });
    expect(facts.oldest).toEqual({ invoiceId: 'd', number: 'd', dueOn: addDays(today, -300), daysLate: 300 });
    expect(agedFacts([]).oldest).toBeNull();
    expect(daysSince(null, today)).toBeNull();
    expect(daysSince(day('2026-11-25'), today)).toBe(5);
    expect(daysSince(day('2026-12-25'), today)).toBe(0);
  });
});

describe('whatever the books hold', () => {
  const near = fc.integer({ min: -900, max: 60 }).map((count): Day => addDays(today, count));
  const part = fc.record({ on: near, minor: fc.integer({ min: 1, max: 20_000 }) });
  const invoices = fc.array(
    fc.record({
      invoiceId: fc.uuid(),
      issuedOn: near,
      dueOn: fc.option(near, { nil: null }),
      totalMinor: fc.integer({ min: 0, max: 30_000 }),
      parts: fc.array(part, { maxLength: 4 }),
    }),
    { maxLength: 12 },
  );

  it('the figures agree with each other and do not depend on the order', () => {
    fc.assert(
      fc.property(invoices, (some) => {
        const facts = settledFacts(some, today);
        expect(facts.settledLate).toBeLessThanOrEqual(facts.withDueDate);
        expect(facts.withDueDate).toBeLessThanOrEqual(facts.settled);
        expect(facts.settled + facts.dayNotKnown).toBeLessThanOrEqual(some.length);
        expect(facts.longestDaysLate === null).toBe(facts.withDueDate === 0);
        if (
          facts.longestDaysLate !== null &&
          facts.medianDaysLate !== null &&
          facts.averageDaysLate !== null
        ) {
          expect(facts.medianDaysLate).toBeLessThanOrEqual(facts.longestDaysLate);
          expect(facts.averageDaysLate).toBeLessThanOrEqual(facts.longestDaysLate);
          expect(facts.settledLate > 0).toBe(facts.longestDaysLate > 0);
          if (facts.settledLate * 2 < facts.withDueDate) expect(facts.medianDaysLate).toBe(0);
        }
        const mixed = some.toReversed().map((one) => ({ ...one, parts: one.parts.toReversed() }));
        expect(settledFacts(mixed, today)).toEqual(facts);
      }),
    );
  });
  it('a settled day has the whole amount on or before it, and less before', () => {
    fc.assert(
      fc.property(invoices, (some) => {
        for (const one of some) {
          const on = settledOn(one);
          const by = (until: (each: Day) => boolean): number =>
            one.parts.filter((each) => until(each.on)).reduce((sum, each) => sum + each.minor, 0);
          if (on === null) {
            if (one.totalMinor > 0) expect(by(() => true)).toBeLessThan(one.totalMinor);
            continue;
          }
          expect(on >= one.issuedOn).toBe(true);
          expect(by((each) => each <= on)).toBeGreaterThanOrEqual(one.totalMinor);
          if (on > one.issuedOn) expect(by((each) => each < on)).toBeLessThan(one.totalMinor);
        }
      }),
    );
  });
  it('paying every invoice one day later never makes a customer look better', () => {
    fc.assert(
      fc.property(invoices, (some) => {
        const now = some.filter((one) => {
          const on = settledOn(one);
          return on !== null && on > behaviourSince(today) && daysBetween(on, today) >= 1;
        });
        const later = now.map((one) => ({
          ...one,
          issuedOn: one.issuedOn,
          parts: one.parts.map((each) => ({ ...each, on: addDays(each.on, 1) })),
        }));
        const [before, after] = [settledFacts(now, today), settledFacts(later, today)];
        expect(after.settled).toBe(before.settled);
        expect(after.settledLate).toBeGreaterThanOrEqual(before.settledLate);
        expect(after.averageDaysLate ?? 0).toBeGreaterThanOrEqual(before.averageDaysLate ?? 0);
      }),
    );
  });
});
