import type { HttpAnswer } from '../../src/platform/http.ts';
import { retryAfterSeconds } from '../../src/platform/retry-after.ts';
import type { CallLimits, CallNews } from '../../src/ports/call-gate.ts';

/**
 * Intuit's limits (API call limits page, App Partner Program of January 2026): 500 requests a minute and 10 at once
 * for one company; 500,000 reads a month for the whole app, after which reads are blocked until the next month. Of
 * these a company gets 120 a month, and on one day not more than a third of them.
 */
export const limits: CallLimits = {
  atOnce: 10,
  perMinute: 500,
  perDay: [],
  appPerMinute: null,
  appReadsPerMonth: 500_000,
  readsPerMonth: 120,
  readsPerDay: 40,
};

/** QuickBooks says only that a limit was met, and seldom until when. Before 2016 the same code came with 403. */
export function newsOf(answer: HttpAnswer, limited: boolean, now: Date): CallNews {
  const refused = limited
    ? { reach: 'books' as const, limit: 'minute', seconds: retryAfterSeconds(answer.headers, now) }
    : null;
  return { refused, dayLeft: null, minuteLeft: null, appMinuteLeft: null };
}
