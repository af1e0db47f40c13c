/** How long each of Xero's limits lasts at most when the answer doesn't say, in seconds. */
const usualWait: Readonly<Record<string, number>> = { concurrent: 1, minute: 60, appminute: 60, day: 3600 };

/**
 * Seconds to wait after a 429: `Retry-After` as seconds or as an HTTP date (measured from the answer's own Date,
 * else from `now`), else by the limit named in `X-Rate-Limit-Problem`; null when the answer says nothing.
 */
export function retryAfterSeconds(headers: Headers, now: Date): number | null {
  const stated = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,7}(\.\d+)?$/.test(stated)) return Math.ceil(Number(stated));
  const until = Date.parse(stated);
  if (!Number.isNaN(until)) {
    const answered = Date.parse(headers.get('date') ?? '');
    const from = Number.isNaN(answered) ? now.getTime() : answered;
    return Math.max(0, Math.ceil((until - from) / 1000));
  }
  return usualWait[headers.get('x-rate-limit-problem')?.trim().toLowerCase() ?? ''] ?? null;
}
