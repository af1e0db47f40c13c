import { describe, expect, test } from '@jest/globals';
import {
  fateOf,
  MOST_NOTE_ATTEMPTS,
  MOST_OUTAGE_ATTEMPTS,
  mustSearch,
  nextTry,
} from '../../src/notes/note-retry.ts';
import { LedgerError, type LedgerErrorKind } from '../../src/platform/errors.ts';

const now = new Date('2026-12-03T18:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const waitOf = (kind: LedgerErrorKind, attempts: number, retryAfterSeconds?: number): number => {
  const fate = fateOf(
    new LedgerError(kind, 'no', { retryAfterSeconds: retryAfterSeconds ?? null }),
    attempts,
    now,
  );
  return fate.kind === 'again' ? (fate.at.getTime() - now.getTime()) / 1_000 : Number.NaN;
};

test('WB-02: within the vendor’s memory the same key answers for the first write, after it the ledger is searched', () => {
  expect(mustSearch(null, now)).toBe(false);
  expect(mustSearch(ago(4), now)).toBe(false);
  expect(mustSearch(ago(5), now)).toBe(true);
  expect(mustSearch(ago(6_000), now)).toBe(true);
});

describe('what a refusal means for a note', () => {
  test('WB-08: nothing to write on any more is said once, no error', () => {
    expect(fateOf(new LedgerError('gone', 'not found'), 1, now).kind).toBe('skip');
  });

  test('WB-03: what can never succeed fails at once and is shown', () => {
    expect(fateOf(new LedgerError('invalid', 'too long'), 1, now)).toEqual({ kind: 'fail' });
    expect(fateOf(new LedgerError('closed_period', 'books closed'), 1, now)).toEqual({ kind: 'fail' });
  });

  test('what concerns this note alone is tried again ever more slowly, up to six hours, and given up after days', () => {
    expect([1, 2, 3, 4].map((attempts) => waitOf('conflict', attempts))).toEqual([60, 120, 240, 480]);
    expect(waitOf('conflict', MOST_NOTE_ATTEMPTS - 1)).toBe(6 * 3_600);
    expect(fateOf(new LedgerError('conflict', '5010'), MOST_NOTE_ATTEMPTS, now)).toEqual({ kind: 'fail' });
    expect(fateOf(new LedgerError('unavailable', '500'), MOST_OUTAGE_ATTEMPTS, now)).toEqual({
      kind: 'fail',
    });
  });

  test('what ends some day is never given up: a limit, a lost right, a suspended subscription (6190)', () => {
    for (const kind of ['rate_limited', 'reconnect_needed', 'forbidden'] as const)
      expect(waitOf(kind, 10_000)).toBe(6 * 3_600);
  });

  test('RATE-01: a longer wait that the vendor asks for is kept', () => {
    expect(waitOf('rate_limited', 1, 600)).toBe(600);
    expect(waitOf('rate_limited', 5, 60)).toBe(960);
  });

  test('a ledger that takes nothing is asked after a minute, then as long as it has lasted, at most an hour', () => {
    const wait = (minutes: number | null, retryAfterSeconds: number | null = null): number => {
      const error = new LedgerError('unavailable', '503', { retryAfterSeconds });
      return (nextTry(error, minutes === null ? null : ago(minutes), now).getTime() - now.getTime()) / 60_000;
    };
    expect([null, 0, 3, 50, 600].map((minutes) => wait(minutes))).toEqual([1, 1, 3, 50, 60]);
    expect(wait(null, 7_200)).toBe(120);
  });
});
