/** A request to one of the configured origins; one attempt, the caller decides about another. */
interface HttpRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string | undefined;
  /** For the whole exchange, body included; default 20 s. */
  timeoutMs?: number;
  /** Of the unpacked body; default 20 MB. */
  maxBytes?: number;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  /** The unpacked body. */
  bytes: Uint8Array;
  /** The same as UTF-8 text, decoded when it is first asked for. */
  text: string;
  /** The far side's own id of the exchange, for their support. */
  traceId: string | null;
}

/** `certainlyNotSent`: no byte of the request reached a server, so trying again repeats nothing. */
export type HttpResult =
  | { ok: true; answer: HttpAnswer }
  | { ok: false; certainlyNotSent: boolean; reason: string };

export interface HttpClient {
  /** Never throws; any status is an answer, a redirect is not. */
  send(request: HttpRequest): Promise<HttpResult>;
}

/** What the client needs of a logger: pino fits. */
interface HttpLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface HttpOptions {
  /** Origins (`https://host:port`) that may be called; whole URLs are cut to their origin. */
  allowedOrigins: readonly string[];
  userAgent: string;
  log?: HttpLog;
}

const defaultTimeoutMs = 20_000;
const defaultMaxBytes = 20 * 1024 * 1024;

/** Failures before a connection stood: the request can't have been carried out. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Names under which servers give their id of an exchange: `x_tid`, `X-Request-Id`, `Some-Correlation-Id`. */
const traceHeader = /(?:^|[-_])(?:tid|correlation-id|request-id)$/i;

/** Path segments that name a tenant or a row: long numbers and UUIDs. They are secret, so not logged. */
const secretSegment = /\/(?:\d{6,}|[0-9a-f]{8}-[0-9a-f-]{27})(?=\/|$)/gi;

class TooLarge extends Error {}

/**
 * The only way out of the process to a ledger: refuses every other origin, follows no redirect, makes one attempt.
 * The log gets method, address without query, status, milliseconds and trace id; never headers or bodies.
 */
export function httpClient(options: HttpOptions): HttpClient {
  const allowed = new Set(options.allowedOrigins.flatMap(originOf));
  return {
    async send(request) {
      const target = URL.parse(request.url);
      if (target === null || !allowed.has(target.origin)) {
        const reason = `${target?.origin ?? 'this address'} is not one of the configured services`;
        return { ok: false, certainlyNotSent: true, reason };
      }
      const started = performance.now();
      const result = await attempt(target, request, options.userAgent);
      report(options.log, request.method, target, Math.round(performance.now() - started), result);
      return result;
    },
  };
}

function originOf(address: string): string[] {
  const parsed = URL.parse(address);
  return parsed === null ? [] : [parsed.origin];
}

async function attempt(target: URL, request: HttpRequest, userAgent: string): Promise<HttpResult> {
  const timeoutMs = request.timeoutMs ?? defaultTimeoutMs;
  try {
    const response = await fetch(target, {
      method: request.method,
      headers: { 'user-agent': userAgent, 'accept-encoding': 'gzip', ...request.headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    if (response.status >= 300 && response.status < 400 && response.status !== 304) {
      await response.body?.cancel();
      const reason = `answered with a redirect (${response.status}), which is never followed`;
      return { ok: false, certainlyNotSent: false, reason };
    }
    const bytes = await readBody(response, request.maxBytes ?? defaultMaxBytes);
    return { ok: true, answer: new Answer(response, bytes) };
  } catch (error) {
    return failure(error, timeoutMs);
  }
}

class Answer implements HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly traceId: string | null;
  #text: string | null = null;

  constructor(response: Response, bytes: Uint8Array) {
    this.status = response.status;
    this.headers = response.headers;
    this.bytes = bytes;
    this.traceId = traceOf(response);
  }

  get text(): string {
    this.#text ??= new TextDecoder().decode(this.bytes);
    return this.#text;
  }
}

/** The unpacked bytes; a packed answer that unpacks to more than allowed is cut off on the way. */
async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new TooLarge(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
}

function traceOf(response: Response): string | null {
  for (const [name, value] of response.headers) if (traceHeader.test(name)) return value.slice(0, 100);
  return null;
}

/** Judged by code, not by class: errors of the runtime may come from another realm. Carries no request data. */
function failure(error: unknown, timeoutMs: number): HttpResult {
  if (error instanceof TooLarge) return { ok: false, certainlyNotSent: false, reason: error.message };
  const { name, cause } = error as { name?: string; cause?: { code?: unknown } };
  if (name === 'TimeoutError') {
    return { ok: false, certainlyNotSent: false, reason: `no complete answer within ${timeoutMs} ms` };
  }
  const code = typeof cause?.code === 'string' ? cause.code : 'unknown network failure';
  const certainlyNotSent = neverConnected.has(code);
  const what = certainlyNotSent ? 'could not be reached' : 'broke off the connection';
  return { ok: false, certainlyNotSent, reason: `${what} (${code})` };
}

function report(log: HttpLog | undefined, method: string, target: URL, ms: number, result: HttpResult): void {
  const fields = { method, address: target.origin + target.pathname.replaceAll(secretSegment, '/…'), ms };
  if (result.ok) {
    log?.info({ ...fields, status: result.answer.status, traceId: result.answer.traceId }, 'outgoing call');
  } else {
    log?.warn(
      { ...fields, certainlyNotSent: result.certainlyNotSent, reason: result.reason },
      'outgoing call failed',
    );
  }
}
