/** A wait that a header states is believed up to this. */
const LONGEST_S = 7 * 86_400;

/**
 * Seconds that a `Retry-After` header asks for: a number, whole or with a fraction, or an HTTP date, measured from the
 * answer's own `Date`, else from `now`. Null when there is none, or when it says nothing (words, a negative number).
 */
export function retryAfterSeconds(headers: Headers, now: Date): number | null {
  const stated = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,12}(\.\d*)?$/.test(stated)) return Math.min(Math.ceil(Number(stated)), LONGEST_S);
  // a date has the name of its day; `Date.parse` would read dates into bare numbers as well
  if (!/^[A-Za-z]{3,9},? /.test(stated)) return null;
  const until = Date.parse(stated);
  if (Number.isNaN(until)) return null;
  const answered = Date.parse(headers.get('date') ?? '');
  const from = Number.isNaN(answered) ? now.getTime() : answered;
  return Math.min(Math.max(0, Math.ceil((until - from) / 1000)), LONGEST_S);
}
