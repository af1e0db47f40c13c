import { retryAfterSeconds } from '../../src/platform/retry-after.ts';

/** How long each of Xero's limits lasts at most when the answer doesn't say, in seconds. */
const usualWait: Readonly<Record<string, number>> = { concurrent: 1, minute: 60, appminute: 60, day: 3600 };

/** Which limit a 429 stands for: `minute`, `day`, `appminute`, `concurrent`; '' when it isn't said. */
export function problemOf(headers: Headers): string {
  return headers.get('x-rate-limit-problem')?.trim().toLowerCase() ?? '';
}

/** Seconds to wait after a 429: what `Retry-After` says, else by the limit that is named; null: nothing is said. */
export function waitSeconds(headers: Headers, now: Date): number | null {
  return retryAfterSeconds(headers, now) ?? usualWait[problemOf(headers)] ?? null;
}
