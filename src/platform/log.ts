import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Names under which a token, an address or a body could slip into a log line; their values are replaced. */
const secretNames = [
  'token',
  'accessToken',
  'refreshToken',
  'idToken',
  'access_token',
  'refresh_token',
  'id_token',
  'authorization',
  'cookie',
  'password',
  'secret',
  'clientSecret',
  'client_secret',
  'code',
  'codeVerifier',
  'state',
  'nonce',
  'apiKey',
  'email',
  'emails',
  'recipient',
  'recipientEmail',
  'to',
  'from',
  'replyTo',
  'subject',
  'html',
  'text',
  'body',
  'ledgerRef',
  'realmId',
  'tenantId',
  'csrf',
  'session',
];

/** Structured logs. Fields with secret names are redacted on three levels; log ids, never content (section 9). */
export function makeLog(level: string, destination?: NodeJS.WritableStream): Log {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino(
    {
      level,
      redact: { paths: [...paths, 'req.headers', 'res.headers'], censor: '[redacted]' },
      serializers: { err: errorForLog },
    },
    destination ?? pino.destination(2),
  );
}

/** An error without its enumerable extras: vendor SDKs hang requests, headers and secrets on them. */
function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const kind = 'kind' in error && typeof error.kind === 'string' ? { kind: error.kind } : {};
  const traceId = 'traceId' in error && typeof error.traceId === 'string' ? { traceId: error.traceId } : {};
  return { type: error.name, message: error.message, stack: error.stack, ...kind, ...traceId };
}
