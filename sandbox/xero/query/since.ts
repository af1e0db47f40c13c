import { XeroRefusal } from '../wire/problem.ts';

/**
 * The header If-Modified-Since as milliseconds, cut to the second; without a zone it is UTC. Undefined: not given.
 * Throws 412 when it is no date.
 */
export function sinceOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const text = header.trim();
  const zoneless = /^\d{4}-\d\d-\d\d(T[\d:.]+)?$/.test(text);
  const iso = zoneless ? `${text.includes('T') ? text : `${text}T00:00:00`}Z` : text;
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) throw new XeroRefusal(412, 'The If-Modified-Since header is not a valid date');
  return toSecond(ms);
}

/** Changes are seen to the second: what changed in the very second of the cursor is shown again. */
export function changedSince(instant: string, since: number | undefined): boolean {
  return since === undefined || toSecond(Date.parse(instant)) >= since;
}

function toSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
