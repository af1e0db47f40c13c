import { decodeJwt } from 'jose';
import type { HttpAnswer } from '../../src/platform/http.ts';
import { at, list, readJson, text } from '../../src/platform/json.ts';
import type { AccessTokenSource, AuthorisedBooks } from '../../src/ports/ledger.ts';
import type { XeroDeps } from './deps.ts';
import { refusal, unreachable, unreadable } from './refusal.ts';

/**
 * The organisations that a person's tokens open; with `authEventId` only those of that one authorisation. Practices
 * and other kinds of tenant have no invoices and are left out. Throws LedgerError.
 */
export async function listConnections(
  apiUrl: string,
  deps: XeroDeps,
  access: AccessTokenSource,
  authEventId?: string,
): Promise<AuthorisedBooks[]> {
  const filter = authEventId === undefined ? '' : `?authEventId=${encodeURIComponent(authEventId)}`;
  const answer = await call('GET', `${apiUrl}/connections${filter}`, deps, access);
  if (answer.status !== 200) throw refusal(answer, 'read', deps.clock.now());
  const rows = readJson(answer.text);
  if (!Array.isArray(rows)) throw unreadable(answer, 'read');
  return list(rows)
    .filter((row) => text(at(row, 'tenantType')) === 'ORGANISATION')
    .filter(
      (row) => authEventId === undefined || (text(at(row, 'authEventId')) ?? authEventId) === authEventId,
    )
    .flatMap(booksOf);
}

function booksOf(row: unknown): AuthorisedBooks[] {
  const ledgerRef = text(at(row, 'tenantId'));
  const name = text(at(row, 'tenantName')) ?? 'Organisation without a name';
  return ledgerRef === null ? [] : [{ ledgerRef, connectionRef: text(at(row, 'id')), name }];
}

/** The id of the authorisation that an access token came from; null when the token doesn't say. */
export function authorisationOf(accessToken: string): string | null {
  try {
    return text(decodeJwt(accessToken).authentication_event_id);
  } catch {
    return null;
  }
}

/** `DELETE /connections/{id}`: takes the connection's id, never the tenant's. Already gone is success. */
export async function removeConnection(
  apiUrl: string,
  deps: XeroDeps,
  access: AccessTokenSource,
  connectionRef: string,
): Promise<void> {
  const url = `${apiUrl}/connections/${encodeURIComponent(connectionRef)}`;
  const answer = await call('DELETE', url, deps, access);
  if (answer.status === 404 || (answer.status >= 200 && answer.status < 300)) return;
  throw refusal(answer, 'write', deps.clock.now());
}

/** One call, and one more with a renewed token after any 401: this address has no other reason for one. */
async function call(
  method: 'GET' | 'DELETE',
  url: string,
  deps: XeroDeps,
  access: AccessTokenSource,
): Promise<HttpAnswer> {
  const token = await access();
  const answer = await send(method, url, deps, token);
  return answer.status === 401 ? send(method, url, deps, await access(token)) : answer;
}

async function send(
  method: 'GET' | 'DELETE',
  url: string,
  deps: XeroDeps,
  accessToken: string,
): Promise<HttpAnswer> {
  const headers = { accept: 'application/json', authorization: `Bearer ${accessToken}` };
  const result = await deps.http.send({ method, url, headers });
  if (!result.ok) throw unreachable(result, method === 'GET' ? 'read' : 'write');
  return result.answer;
}
