import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { capsFor, isDeferred, refusalWords, waitInPlace } from '../../src/companies/call-caps.ts';
import type { CallLimits, CallPurpose } from '../../src/ports/call-gate.ts';

const count = fc.integer({ min: 1, max: 1_000_000 });
const maybe = fc.option(count);
const anyLimits: fc.Arbitrary<CallLimits> = fc.record({
  atOnce: count,
  perMinute: count,
  perDay: fc.array(count, { maxLength: 3 }),
  appPerMinute: maybe,
  appReadsPerMonth: maybe,
  readsPerMonth: maybe,
  readsPerDay: maybe,
});
/** Whoever stands later in this list goes on when those before it have been stopped. */
const order: readonly CallPurpose[] = ['background', 'person', 'first', 'send'];
const orNoEnd = (cap: number | null): number => cap ?? Number.POSITIVE_INFINITY;

describe('who may go', () => {
  it('never stops the more urgent before the less urgent, whatever the limits', () => {
    fc.assert(
      fc.property(anyLimits, (limits) => {
        const caps = order.map((purpose) => capsFor(limits, purpose));
        for (const [place, later] of caps.entries()) {
          const earlier = caps[place - 1];
          if (earlier === undefined) continue;
          expect(orNoEnd(later.readsPerMonth)).toBeGreaterThanOrEqual(orNoEnd(earlier.readsPerMonth));
          expect(orNoEnd(later.readsPerDay)).toBeGreaterThanOrEqual(orNoEnd(earlier.readsPerDay));
          expect(orNoEnd(later.appReadsPerMonth)).toBeGreaterThanOrEqual(orNoEnd(earlier.appReadsPerMonth));
          expect(later.perMinute).toBeGreaterThanOrEqual(earlier.perMinute);
          expect(later.writesPerMinute).toBeGreaterThanOrEqual(earlier.writesPerMinute);
          expect(later.dayShareKept).toBeLessThanOrEqual(earlier.dayShareKept);
        }
      }),
    );
  });

  it('lifts the vendor’s own limits for nobody', () => {
    fc.assert(
      fc.property(anyLimits, fc.constantFrom(...order), (limits, purpose) => {
        const caps = capsFor(limits, purpose);
        expect(caps.atOnce).toBe(limits.atOnce);
        expect(caps.perMinuteInAll).toBe(limits.perMinute);
        expect(caps.perMinute).toBeLessThanOrEqual(limits.perMinute);
        expect(caps.writesPerMinute).toBeLessThanOrEqual(caps.perMinute);
        expect(caps.writesPerMinute).toBeGreaterThan(0);
        expect(caps.perDay).toEqual(limits.perDay);
        expect(caps.appPerMinute).toBe(limits.appPerMinute);
        expect(orNoEnd(caps.appReadsPerMonth)).toBeLessThanOrEqual(orNoEnd(limits.appReadsPerMonth));
      }),
    );
  });

  it('stops background work at four fifths of a budget, a person at its end, and a send never', () => {
    const limits: CallLimits = {
      atOnce: 10,
      perMinute: 500,
      perDay: [],
      appPerMinute: null,
      appReadsPerMonth: 500_000,
      readsPerMonth: 120,
      readsPerDay: 40,
    };
    expect(order.map((purpose) => capsFor(limits, purpose).readsPerMonth)).toEqual([96, 120, null, null]);
    expect(order.map((purpose) => capsFor(limits, purpose).charged)).toEqual([true, true, false, true]);
    expect(capsFor(limits, 'send').appReadsPerMonth).toBe(500_000);
    const xero = { ...limits, perMinute: 60 };
    expect(order.map((purpose) => capsFor(xero, purpose).perMinute)).toEqual([30, 40, 60, 60]);
    expect(order.map((purpose) => capsFor(xero, purpose).writesPerMinute)).toEqual([30, 40, 48, 48]);
  });
});

describe('a wait', () => {
  it('is waited for in place while it is known and short, and never longer than 20 s altogether', () => {
    expect(waitInPlace('minute', 12, 0)).toBe(12);
    expect(waitInPlace('minute', 21, 0)).toBeNull();
    expect(waitInPlace('minute_share', 12, 0)).toBe(12);
    expect(waitInPlace('asked_to_wait', 12, 10)).toBeNull();
    expect(waitInPlace('asked_to_wait', null, 0)).toBeNull();
    expect(waitInPlace('day', 1, 0)).toBeNull();
  });

  it('for a place among those at once ends too', () => {
    expect(waitInPlace('at_once', null, 0)).toBeGreaterThan(0);
    expect(waitInPlace('at_once', null, 91)).toBeNull();
  });

  it('for our own budget’s sake is no fault', () => {
    expect(
      ['budget_month', 'budget_day', 'day_share', 'minute_share'].every((verdict) =>
        isDeferred(verdict as 'budget_day'),
      ),
    ).toBe(true);
    expect(isDeferred('asked_to_wait') || isDeferred('app_month') || isDeferred('day')).toBe(false);
    expect(refusalWords('app_month', 'QuickBooks')).toContain('month');
  });
});
