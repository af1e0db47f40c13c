import { LedgerError } from '../../src/platform/errors.ts';
import type { HttpAnswer } from '../../src/platform/http.ts';
import { object, readJson } from '../../src/platform/json.ts';
import type { AccessTokenSource } from '../../src/ports/ledger.ts';
import { faultOf, ledgerError, retryAfter, tokenRefused } from './fault.ts';
import type { Lane } from './limits.ts';
import type { QuickBooksDeps, QuickBooksSettings } from './settings.ts';

/** The only minor version since August 2025. */
const minorVersion = '75';
/** A page of 1,000 long invoices is large and slow to come. */
const timeoutMs = 60_000;
const maxBytes = 64 * 1024 * 1024;

type Query = Readonly<Record<string, string>>;

/** Requests to one company's books. Every method throws LedgerError; answers are lossless JSON objects. */
export interface QuickBooksClient {
  readonly realmId: string;
  /** `path` lies below `/v3/company/{realmId}/`. */
  get(path: string, query?: Query): Promise<unknown>;
  /** One attempt (and one more after a refused token: that request surely did nothing). */
  post(path: string, query: Query, body: unknown): Promise<unknown>;
}

/** A client for one company with one connection's right. */
export function quickBooksClient(
  settings: QuickBooksSettings,
  deps: QuickBooksDeps,
  realmId: string,
  access: AccessTokenSource,
  lane: Lane,
): QuickBooksClient {
  const base = `${settings.apiUrl.replace(/\/+$/, '')}/v3/company/${encodeURIComponent(realmId)}/`;

  async function call(method: 'GET' | 'POST', path: string, query: Query, body?: string): Promise<unknown> {
    const url = `${base}${path}?${new URLSearchParams({ ...query, minorversion: minorVersion })}`;
    const wrote = method === 'POST';
    const once = async (token: string) => judge(await lane(() => send(url, method, token, body)), wrote);
    const token = await access();
    const first = await once(token);
    const last = first.refused ? await once(await access(token)) : first;
    if (last.error !== null) throw last.error;
    return last.body;
  }

  async function send(url: string, method: string, token: string, body?: string): Promise<HttpAnswer> {
    const headers: Record<string, string> = {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const result = await deps.http.send({ method, url, headers, body, timeoutMs, maxBytes });
    if (result.ok) return result.answer;
    throw new LedgerError('unavailable', `QuickBooks ${result.reason}`, {
      outcomeUnknown: method !== 'GET' && !result.certainlyNotSent,
    });
  }

  function judge(answer: HttpAnswer, wrote: boolean): Judged {
    const parsed = readJson(answer.text);
    const fault = faultOf(parsed, answer.text);
    // a fault can come with status 200, and a success can come cut off
    if (answer.status >= 200 && answer.status < 300 && fault === null && object(parsed) !== null) {
      return { body: parsed, error: null, refused: false };
    }
    const retryAfterSeconds = retryAfter(answer.headers.get('retry-after'), deps.clock.now());
    const { status, traceId } = answer;
    const error = ledgerError({ status, fault, retryAfterSeconds, traceId, wrote });
    return { body: undefined, error, refused: tokenRefused(status, fault) };
  }

  return {
    realmId,
    get: (path, query = {}) => call('GET', path, query),
    post: (path, query, body) => call('POST', path, query, JSON.stringify(body)),
  };
}

interface Judged {
  readonly body: unknown;
  readonly error: LedgerError | null;
  readonly refused: boolean;
}
