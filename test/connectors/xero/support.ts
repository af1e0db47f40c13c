import type { ServerResponse } from 'node:http';
import type { XeroSettings } from '../../../connectors/xero/deps.ts';
import { xero } from '../../../connectors/xero/index.ts';
import { LedgerError } from '../../../src/platform/errors.ts';
import { httpClient } from '../../../src/platform/http.ts';
import type { AccessTokenSource, BooksPage, LedgerProvider } from '../../../src/ports/ledger.ts';
import { json, type SeenRequest, type WireServer } from '../wire-server.ts';

export const now = new Date('2026-11-20T09:30:00.500Z');
export const tenant = 'fe79f7dd-b6d4-4a92-ba7b-538af6289c58';

function settingsFor(url: string): XeroSettings {
  return {
    clientId: 'client',
    clientSecret: 'client-secret',
    webhookKey: 'webhook-key',
    authorizeUrl: `${url}/identity/connect/authorize`,
    tokenUrl: `${url}/connect/token`,
    revokeUrl: `${url}/connect/revocation`,
    jwksUrl: `${url}/jwks`,
    apiUrl: url,
    appUrl: '',
  };
}

export function provider(url: string, change: Partial<XeroSettings> = {}): LedgerProvider {
  const http = httpClient({ allowedOrigins: [url], userAgent: 'Duly test' });
  return xero({ ...settingsFor(url), ...change }, { clock: { now: () => now }, http });
}

/** A source of tokens that renews `old` into `new`, and remembers what it was asked. */
export function tokens(): { source: AccessTokenSource; asked: (string | undefined)[] } {
  const asked: (string | undefined)[] = [];
  const source: AccessTokenSource = async (after401) => {
    asked.push(after401);
    return after401 === undefined && !asked.some((each) => each !== undefined) ? 'old' : 'new';
  };
  return { source, asked };
}

export async function pagesOf(pages: AsyncIterable<BooksPage>): Promise<BooksPage[]> {
  const all: BooksPage[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

/** The LedgerError that a promise ends in. */
export async function ledgerError(promise: Promise<unknown>): Promise<LedgerError> {
  const ended = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (ended instanceof LedgerError) return ended;
  throw new Error(`expected a LedgerError, got ${String(ended)}`);
}

/** Xero's frame around rows. */
export function envelope(list: string, rows: readonly object[], more: object = {}): object {
  return { Id: 'x', Status: 'OK', DateTimeUTC: `/Date(${now.getTime()})/`, ...more, [list]: rows };
}

/** Xero's 401 and 403. */
export function gateAnswer(response: ServerResponse, status: 401 | 403, detail: string): void {
  const body = { Type: null, Title: 'Unauthorized', Status: status, Detail: detail, Extensions: {} };
  json(response, status, body, { 'xero-correlation-id': 'correlation-1' });
}

/** The paths a server saw, without the base. */
export function pathsSeen(server: WireServer): string[] {
  return server.seen.map((request: SeenRequest) => `${request.method} ${request.path}`);
}
