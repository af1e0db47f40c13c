import { LedgerError, type LedgerErrorKind } from '../../src/platform/errors.ts';
import type { HttpAnswer, HttpResult } from '../../src/platform/http.ts';
import { at, list, readJson, text } from '../../src/platform/json.ts';
import { waitSeconds } from './retry-after.ts';

/** Whether the request only asks, or may have changed something at Xero. */
export type Intent = 'read' | 'write';

/** Xero's code word in a 401 or 403, for example `AuthenticationUnsuccessful`; '' when it gives none. */
export function gateWord(answer: HttpAnswer): string {
  const detail = text(at(readJson(answer.text), 'Detail')) ?? '';
  return /^[A-Za-z]+/.exec(detail)?.[0] ?? '';
}

/** True when another access token may help: the token, not the right, was refused. */
export function tokenRefused(answer: HttpAnswer): boolean {
  return answer.status === 401 && !/^(Authorization|Authentication)Unsuccessful$/.test(gateWord(answer));
}

/** No answer at all. Only what surely never arrived may be repeated without looking. */
export function unreachable(result: HttpResult & { ok: false }, intent: Intent): LedgerError {
  const outcomeUnknown = intent === 'write' && !result.certainlyNotSent;
  return new LedgerError('unavailable', `Xero ${result.reason}`, { outcomeUnknown });
}

/** A 2xx that isn't the data asked for: a proxy's page, or an answer that was cut off. */
export function unreadable(answer: HttpAnswer, intent: Intent): LedgerError {
  const more = { traceId: answer.traceId, outcomeUnknown: intent === 'write' };
  return new LedgerError(
    'unavailable',
    `Xero answered ${answer.status} with something that is not data`,
    more,
  );
}

/**
 * Any refusal except a 401 or 403 that stands for the whole connection (see client.ts). 429 is judged first;
 * the rest by status alone, so that a change of Xero's wording can't change what we do.
 */
export function refusal(answer: HttpAnswer, intent: Intent, now: Date): LedgerError {
  const { status, traceId } = answer;
  if (status === 429) {
    const problem = answer.headers.get('x-rate-limit-problem');
    const says = `too many requests${problem === null ? '' : ` (${problem.slice(0, 20)})`}`;
    return new LedgerError('rate_limited', says, {
      traceId,
      retryAfterSeconds: waitSeconds(answer.headers, now),
    });
  }
  const kind = kindOf(status);
  return new LedgerError(kind, vendorWords(answer), {
    traceId,
    retryAfterSeconds: status === 503 ? waitSeconds(answer.headers, now) : null,
    outcomeUnknown: intent === 'write' && kind === 'unavailable',
  });
}

function kindOf(status: number): LedgerErrorKind {
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'gone';
  if (status === 409) return 'conflict';
  return status >= 400 && status < 500 && status !== 408 ? 'invalid' : 'unavailable';
}

/** The vendor's own sentences for the page: from members known to hold them, never a whole body. */
export function vendorWords(answer: HttpAnswer): string {
  const body = readJson(answer.text);
  const validation = list(at(body, 'Elements'))
    .flatMap((element) => list(at(element, 'ValidationErrors')))
    .map((error) => text(at(error, 'Message')))
    .filter((message) => message !== null);
  if (validation.length > 0) return [...new Set(validation)].join(' ').slice(0, 500);
  const said = text(at(body, 'Message')) ?? text(at(body, 'Detail')) ?? text(at(body, 'Title'));
  return said?.slice(0, 500) ?? `Xero answered ${answer.status}`;
}
