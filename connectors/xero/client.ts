import { LedgerError } from '../../src/platform/errors.ts';
import type { HttpAnswer, HttpResult } from '../../src/platform/http.ts';
import { object, readJson } from '../../src/platform/json.ts';
import type { CallGate } from '../../src/ports/call-gate.ts';
import type { AccessTokenSource } from '../../src/ports/ledger.ts';
import { listConnections } from './connections.ts';
import type { XeroDeps } from './deps.ts';
import { newsOf } from './limits.ts';
import {
  gateWord,
  type Intent,
  refusal,
  tokenRefused,
  unreachable,
  unreadable,
  vendorWords,
} from './refusal.ts';

/** A page of 1,000 full rows can take Xero long. */
const timeoutMs = 60_000;

const NOT_MODIFIED = 304;

interface ReadOptions {
  readonly query?: Readonly<Record<string, string>>;
  /** `YYYY-MM-DDTHH:MM:SS`, UTC, as Xero wants it. */
  readonly modifiedSince?: string | null;
}

/** The accounting API of one organisation. Answers are lossless JSON; every method throws LedgerError. */
export interface XeroClient {
  /** Null: nothing was modified since (304). */
  get(path: string, options?: ReadOptions): Promise<unknown>;
  /** The body as it came; `accept` is the media type, for example `application/pdf`. */
  getBytes(path: string, accept: string): Promise<Uint8Array>;
  put(path: string, body: unknown, idempotencyKey: string): Promise<unknown>;
}

export interface ClientTarget {
  readonly apiUrl: string;
  readonly tenantId: string;
  readonly access: AccessTokenSource;
  readonly gate: CallGate;
}

interface Call {
  readonly method: 'GET' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function xeroClient(target: ClientTarget, deps: XeroDeps): XeroClient {
  const address = (path: string) => `${target.apiUrl}/api.xro/2.0/${path}`;
  return {
    get(path, options = {}) {
      const query = new URLSearchParams(options.query).toString().replaceAll('+', '%20');
      const since = options.modifiedSince ?? null;
      return json(target, deps, {
        method: 'GET',
        url: address(path) + (query === '' ? '' : `?${query}`),
        headers: since === null ? {} : { 'if-modified-since': since },
      });
    },
    async getBytes(path, accept) {
      const call: Call = { method: 'GET', url: address(path), headers: { accept } };
      return (await answered(target, deps, call)).bytes;
    },
    put(path, body, idempotencyKey) {
      return json(target, deps, {
        method: 'PUT',
        url: address(path),
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify(body),
      });
    },
  };
}

async function json(target: ClientTarget, deps: XeroDeps, call: Call): Promise<unknown> {
  const answer = await answered(target, deps, call);
  if (answer.status === NOT_MODIFIED) return null;
  const body = readJson(answer.text);
  if (object(body) === null) throw unreadable(answer, intentOf(call));
  return body;
}

const intentOf = (call: Call): Intent => (call.method === 'GET' ? 'read' : 'write');

/** One call, and one more with a renewed token when only the token was refused: then nothing was carried out. */
async function answered(target: ClientTarget, deps: XeroDeps, call: Call): Promise<HttpAnswer> {
  const intent = intentOf(call);
  const once = (token: string): Promise<HttpResult> =>
    target.gate.pass(intent, async () => {
      const result = await send(target, deps, call, token);
      return { value: result, news: result.ok ? newsOf(result.answer, deps.clock.now()) : null };
    });
  const token = await target.access();
  let result = await once(token);
  if (result.ok && tokenRefused(result.answer)) result = await once(await target.access(token));
  if (!result.ok) throw unreachable(result, intent);
  const { answer } = result;
  if (answer.status >= 200 && answer.status < 300) return answer;
  if (answer.status === NOT_MODIFIED && call.headers['if-modified-since'] !== undefined) return answer;
  if (answer.status === 401 || answer.status === 403) throw await gate(target, deps, answer);
  throw refusal(answer, intent, deps.clock.now());
}

function send(target: ClientTarget, deps: XeroDeps, call: Call, accessToken: string): Promise<HttpResult> {
  return deps.http.send({
    method: call.method,
    url: call.url,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${accessToken}`,
      'xero-tenant-id': target.tenantId,
      ...call.headers,
    },
    body: call.body,
    timeoutMs,
  });
}

/**
 * A 401 or 403 has several meanings with the same words, and a person who disconnects inside Xero makes no noise:
 * the list of connections decides. Missing there: reconnect. Present: a right is missing, reconnecting won't help
 * by itself. A missing scope (`AuthorizationUnsuccessful`) needs no question.
 */
async function gate(target: ClientTarget, deps: XeroDeps, answer: HttpAnswer): Promise<LedgerError> {
  const { traceId } = answer;
  const says = vendorWords(answer);
  if (gateWord(answer) === 'AuthorizationUnsuccessful')
    return new LedgerError('forbidden', says, { traceId });
  const open = await listConnections(target.apiUrl, deps, target.access);
  const here = open.some((books) => books.ledgerRef.toLowerCase() === target.tenantId.toLowerCase());
  if (here) return new LedgerError('forbidden', says, { traceId });
  return new LedgerError('reconnect_needed', 'the organisation was disconnected in Xero', { traceId });
}
