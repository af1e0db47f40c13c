import type { HttpAnswer } from '../../src/platform/http.ts';
import type { CallLimits, CallNews } from '../../src/ports/call-gate.ts';
import { problemOf, waitSeconds } from './retry-after.ts';

/**
 * Xero's limits: 60 calls a minute and 5 at once for one organisation, 1,000 a day on the Starter plan and 5,000 from
 * Core up (the answers say how many are left), 10,000 a minute for the whole app. Xero meters bytes, not reads: no
 * budget of ours.
 */
export const limits: CallLimits = {
  atOnce: 5,
  perMinute: 60,
  perDay: [1_000, 5_000],
  appPerMinute: 10_000,
  appReadsPerMonth: null,
  readsPerMonth: null,
  readsPerDay: null,
};

/** What an answer says in its headers: how many calls are left, and after a 429 which limit was met. */
export function newsOf(answer: HttpAnswer, now: Date): CallNews {
  const problem = problemOf(answer.headers);
  const refused =
    answer.status === 429
      ? {
          reach: problem === 'appminute' ? ('app' as const) : ('books' as const),
          limit: problem === '' ? 'minute' : problem.slice(0, 20),
          seconds: waitSeconds(answer.headers, now),
        }
      : null;
  return {
    refused,
    dayLeft: count(answer, 'x-daylimit-remaining'),
    minuteLeft: count(answer, 'x-minlimit-remaining'),
    appMinuteLeft: count(answer, 'x-appminlimit-remaining'),
  };
}

function count(answer: HttpAnswer, header: string): number | null {
  const stated = answer.headers.get(header)?.trim() ?? '';
  return /^\d{1,9}$/.test(stated) ? Number(stated) : null;
}
