import { LedgerError } from '../../src/platform/errors.ts';
import type { HttpAnswer } from '../../src/platform/http.ts';
import { object, readJson } from '../../src/platform/json.ts';
import { retryAfterSeconds } from '../../src/platform/retry-after.ts';
import type { CallGate } from '../../src/ports/call-gate.ts';
import type { AccessTokenSource } from '../../src/ports/ledger.ts';
import { faultOf, ledgerError, tokenRefused } from './fault.ts';
import { newsOf } from './limits.ts';
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
  /** The body as it came; `accept` is the media type, for example `application/pdf`. */
  getBytes(path: string, accept: string): Promise<Uint8Array>;
  /** Made again only after a refused token or a 429: those requests surely did nothing. */
  post(path: string, query: Query, body: unknown): Promise<unknown>;
}

/** Whose books, with whose right, through which gate. */
export interface QuickBooksTarget {
  readonly realmId: string;
  readonly access: AccessTokenSource;
  readonly gate: CallGate;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly accept: string;
  readonly body?: string;
  readonly result: (answer: HttpAnswer, json: unknown) => unknown;
}

/** A client for one company with one connection's right. */
export function quickBooksClient(
  settings: QuickBooksSettings,
  deps: QuickBooksDeps,
  target: QuickBooksTarget,
): QuickBooksClient {
  const base = `${settings.apiUrl.replace(/\/+$/, '')}/v3/company/${encodeURIComponent(target.realmId)}/`;
  const address = (path: string, query: Query): string =>
    `${base}${path}?${new URLSearchParams({ ...query, minorversion: minorVersion })}`;
  const json = { accept: 'application/json', result: (_: HttpAnswer, parsed: unknown) => parsed };

  return {
    realmId: target.realmId,
    get: (path, query = {}) => answered(deps, target, { ...json, method: 'GET', url: address(path, query) }),
    async getBytes(path, accept) {
      const result = (answer: HttpAnswer): Uint8Array => answer.bytes;
      const call: Call = { method: 'GET', url: address(path, {}), accept, result };
      return (await answered(deps, target, call)) as Uint8Array;
    },
    post: (path, query, body) =>
      answered(deps, target, {
        ...json,
        method: 'POST',
        url: address(path, query),
        body: JSON.stringify(body),
      }),
  };
}

/** One call, and one more with a renewed token when the first one was refused. */
async function answered(deps: QuickBooksDeps, target: QuickBooksTarget, call: Call): Promise<unknown> {
  const once = (token: string): Promise<Judged> =>
    target.gate.pass(call.method === 'GET' ? 'read' : 'write', async () => {
      const answer = await send(deps, call, token);
      const judged = judge(deps, call, answer);
      const limited = judged.error?.kind === 'rate_limited';
      return { value: judged, news: newsOf(answer, limited, deps.clock.now()) };
    });
  const token = await target.access();
  const first = await once(token);
  const last = first.refused ? await once(await target.access(token)) : first;
  if (last.error !== null) throw last.error;
  return last.result;
}

async function send(deps: QuickBooksDeps, call: Call, token: string): Promise<HttpAnswer> {
  const { method, url, accept, body } = call;
  const headers: Record<string, string> = {
    accept,
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const result = await deps.http.send({ method, url, headers, body, timeoutMs, maxBytes });
  if (result.ok) return result.answer;
  throw new LedgerError('unavailable', `QuickBooks ${result.reason}`, {
    outcomeUnknown: method !== 'GET' && !result.certainlyNotSent,
  });
}

interface Judged {
  readonly result: unknown;
  readonly error: LedgerError | null;
  /** The token was refused, so that a renewed one is worth one more attempt. */
  readonly refused: boolean;
}

/** A fault can come with status 200, and a success can come cut off. */
function judge(deps: QuickBooksDeps, call: Call, answer: HttpAnswer): Judged {
  const { status, traceId } = answer;
  const fine = status >= 200 && status < 300;
  const wantsJson = call.accept === 'application/json';
  const type = answer.headers.get('content-type') ?? '';
  // other papers than JSON are taken as they are, unless a gateway answers with words of its own
  if (fine && !wantsJson && !/json|xml|html/i.test(type))
    return { result: call.result(answer, undefined), error: null, refused: false };
  const parsed = readJson(answer.text);
  const fault = faultOf(parsed, answer.text);
  if (fine && wantsJson && fault === null && object(parsed) !== null)
    return { result: call.result(answer, parsed), error: null, refused: false };
  const error = ledgerError({
    status,
    fault,
    retryAfterSeconds: retryAfterSeconds(answer.headers, deps.clock.now()),
    traceId,
    wrote: call.method === 'POST',
  });
  return { result: undefined, error, refused: tokenRefused(status, fault) };
}
