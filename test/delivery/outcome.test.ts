import { describe, expect, test } from '@jest/globals';
import { afterAttempt, afterMiss, nextLookup } from '../../src/delivery/outcome.ts';
import { MOST_ATTEMPTS } from '../../src/dunning/touch-state.ts';

const now = new Date('2026-11-10T18:00:00Z');
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);
const later = { kind: 'later', code: '500', reason: 'The mail provider has a problem.' } as const;

describe('what an attempt to send means', () => {
  test('accepted is sent', () => {
    expect(afterAttempt({ kind: 'accepted', providerMessageId: 'm-1' }, 1, now)).toEqual({
      kind: 'sent',
      providerMessageId: 'm-1',
    });
  });

  test('IDM-05: a time-out is uncertain, at whichever attempt, and never simply tried again', () => {
    for (let attempts = 1; attempts <= MOST_ATTEMPTS + 1; attempts += 1) {
      expect(
        afterAttempt({ kind: 'uncertain', code: 'timeout', reason: 'No answer.' }, attempts, now).kind,
      ).toBe('uncertain');
    }
  });

  test('IDM-06: a provider that cannot be reached is asked again after 5, 10, 20 and 40 minutes, then a person is told', () => {
    const waits = [1, 2, 3, 4].map((attempts) => afterAttempt(later, attempts, now));
    expect(waits).toEqual(
      [5, 10, 20, 40].map((wait) => ({ kind: 'again', at: minutes(wait), reason: later.reason })),
    );
    expect(afterAttempt(later, 5, now)).toEqual({
      kind: 'failed',
      reason: later.reason,
      cause: 'outage',
    });
  });

  test('IDM-07: a refused address fails at once, with the reason', () => {
    const refused = {
      kind: 'refused',
      code: '406',
      reason: 'Inactive recipient',
      recipientInactive: true,
    } as const;
    expect(afterAttempt(refused, 1, now)).toEqual({
      kind: 'failed',
      reason: 'Inactive recipient',
      cause: 'inactive',
    });
  });

  test('a fault of our own account is tried again after half an hour, however often', () => {
    const blocked = { kind: 'blocked', code: '10', reason: 'No account' } as const;
    for (const attempts of [1, MOST_ATTEMPTS + 1])
      expect(afterAttempt(blocked, attempts, now)).toEqual({
        kind: 'blocked',
        at: minutes(30),
        reason: 'No account',
      });
  });
});

describe('a touch of which nobody knows whether it left (S8)', () => {
  test('is looked up after a minute, then ten minutes after each look-up', () => {
    expect(nextLookup({ uncertainAt: now, lookups: 0, lastLookupAt: null })).toEqual(minutes(1));
    expect(nextLookup({ uncertainAt: now, lookups: 1, lastLookupAt: minutes(4) })).toEqual(minutes(14));
  });

  test('may be sent again by a machine after two misses, a final notice never', () => {
    const touch = { uncertainAt: now, lastLookupAt: null, needsPerson: false };
    expect(afterMiss({ ...touch, lookups: 0 })).toBe('look_again');
    expect(afterMiss({ ...touch, lookups: 1 })).toBe('send_again');
    expect(afterMiss({ ...touch, lookups: 0, needsPerson: true })).toBe('look_again');
    expect(afterMiss({ ...touch, lookups: 1, needsPerson: true })).toBe('ask_person');
  });
});
