import { LedgerError, type LedgerErrorKind } from '../../src/platform/errors.ts';
import { at, list, object, text } from '../../src/platform/json.ts';

/** What Intuit says went wrong, out of any of its spellings. */
export interface Fault {
  /** Without leading zeros: "3200". Empty when Intuit gave none. */
  readonly code: string;
  readonly type: string;
  readonly message: string;
  readonly detail: string;
}

/** Codes that say what happened, whatever the HTTP status (handling-common-errors page). */
const kindOfCode: Readonly<Record<string, LedgerErrorKind>> = {
  '120': 'forbidden',
  '610': 'gone',
  '3001': 'rate_limited',
  '3100': 'forbidden',
  '3200': 'forbidden',
  '5010': 'conflict',
  // the subscription has ended or was cancelled
  '6190': 'forbidden',
  '6210': 'closed_period',
  '10000': 'unavailable',
};

/**
 * The first fault of an answer's body, or null. Understands `Fault`/`Error`/`Message`, the gateway's lower-case
 * `fault`/`error`/`message`, and the XML that gateways send even when JSON was asked for. `body` is the text as JSON,
 * `undefined` when it isn't any.
 */
export function faultOf(body: unknown, bodyText: string): Fault | null {
  if (body === undefined) return xmlFault(bodyText);
  const fault = object(at(body, 'Fault')) ?? object(at(body, 'fault'));
  if (fault === null) return null;
  const errors = [...list(at(fault, 'Error')), ...list(at(fault, 'error'))];
  const first = errors[0];
  return {
    code: bare(text(at(first, 'code'))),
    type: text(at(fault, 'type')) ?? '',
    message: text(at(first, 'Message')) ?? text(at(first, 'message')) ?? '',
    detail: text(at(first, 'Detail')) ?? text(at(first, 'detail')) ?? '',
  };
}

function xmlFault(body: string): Fault | null {
  if (!/<(?:\w+:)?Fault[\s>]/.test(body)) return null;
  const inside = (pattern: RegExp) => pattern.exec(body)?.[1]?.trim() ?? '';
  return {
    code: bare(inside(/<Error\s[^>]*?code="(\d{1,10})"/)),
    type: inside(/<Fault\s[^>]*?type="([^"]{1,60})"/),
    message: inside(/<Message>([^<]{0,400})<\/Message>/),
    detail: inside(/<Detail>([^<]{0,400})<\/Detail>/),
  };
}

function bare(code: string | null): string {
  return (code ?? '').replace(/^0+(?=\d)/, '');
}

/** Whether the access token was refused, so that a refreshed one is worth one more attempt. */
export function tokenRefused(status: number, fault: Fault | null): boolean {
  return status !== 429 && (status === 401 || fault?.code === '3200');
}

/** What the error is built from: an answer's status, headers and body, never the request. */
export interface FailedAnswer {
  readonly status: number;
  readonly fault: Fault | null;
  readonly retryAfterSeconds: number | null;
  readonly traceId: string | null;
  /** True for a request that changes something. */
  readonly wrote: boolean;
}

/**
 * The error for an answer that isn't a success. 429 is judged before anything else, then Intuit's code, then the
 * fault's type, then the status. A server error after a write leaves the outcome unknown.
 */
export function ledgerError(failed: FailedAnswer): LedgerError {
  const kind = kindOf(failed.status, failed.fault);
  return new LedgerError(kind, words(failed), {
    retryAfterSeconds: kind === 'rate_limited' ? failed.retryAfterSeconds : null,
    traceId: failed.traceId,
    outcomeUnknown: failed.wrote && kind === 'unavailable',
  });
}

function kindOf(status: number, fault: Fault | null): LedgerErrorKind {
  if (status === 429) return 'rate_limited';
  const byCode = kindOfCode[fault?.code ?? ''];
  if (byCode !== undefined) return byCode;
  if (status === 401 || status === 403) return 'forbidden';
  if (status >= 500 || status === 408) return 'unavailable';
  if (fault === null) return status < 400 ? 'unavailable' : 'invalid';
  if (/^auth/i.test(fault.type)) return 'forbidden';
  return /^(?:system|service)/i.test(fault.type) ? 'unavailable' : 'invalid';
}

/** Intuit's words for the page. The detail of an authentication fault can name the token, so it is left out. */
function words({ status, fault }: FailedAnswer): string {
  const secret = status === 401 || status === 403 || /^auth/i.test(fault?.type ?? '');
  const parts = [fault?.message, secret ? '' : fault?.detail].filter(Boolean);
  const said = [...new Set(parts)].join(': ').replace(/\s+/g, ' ');
  return said === '' ? `QuickBooks answered with status ${status}` : said.slice(0, 400);
}
