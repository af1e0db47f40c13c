import { LedgerError } from '../../src/platform/errors.ts';
import type { HttpAnswer } from '../../src/platform/http.ts';
import { at, readJson, text, whole } from '../../src/platform/json.ts';
import type { TokenGrant } from '../../src/ports/ledger.ts';
import type { XeroDeps, XeroSettings } from './deps.ts';
import { refusal, unreachable, unreadable } from './refusal.ts';

/** An unused refresh token dies after 60 days. */
const refreshLifeSeconds = 60 * 24 * 3600;

/**
 * One form to the token endpoint, one attempt. `refreshToken` is '' when Xero gave none (a sign-in without
 * `offline_access`). Throws LedgerError; nothing of the request, which is all secrets, is ever part of it.
 */
export async function requestTokens(
  settings: XeroSettings,
  deps: XeroDeps,
  form: Readonly<Record<string, string>>,
): Promise<TokenGrant> {
  const asked = deps.clock.now().getTime();
  const answer = await postForm(settings, deps, settings.tokenUrl, form);
  if (answer.status !== 200) throw tokenRefusal(answer, deps.clock.now());
  const body = readJson(answer.text);
  const accessToken = text(at(body, 'access_token'));
  const lifeSeconds = whole(at(body, 'expires_in'));
  if (accessToken === null || lifeSeconds === null) throw unreadable(answer, 'write');
  const refreshToken = text(at(body, 'refresh_token'));
  return {
    accessToken,
    accessExpiresAt: new Date(asked + lifeSeconds * 1000).toISOString(),
    refreshToken: refreshToken ?? '',
    refreshExpiresAt:
      refreshToken === null ? null : new Date(asked + refreshLifeSeconds * 1000).toISOString(),
    hardExpiresAt: null,
    idToken: text(at(body, 'id_token')),
  };
}

/** Ends the token set of this person and with it every connection that uses it. Throws LedgerError. */
export async function revokeTokens(
  settings: XeroSettings,
  deps: XeroDeps,
  refreshToken: string,
): Promise<void> {
  const answer = await postForm(settings, deps, settings.revokeUrl, { token: refreshToken });
  if (answer.status !== 200) throw tokenRefusal(answer, deps.clock.now());
}

async function postForm(
  settings: XeroSettings,
  deps: XeroDeps,
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<HttpAnswer> {
  const keys = Buffer.from(
    `${encodeURIComponent(settings.clientId)}:${encodeURIComponent(settings.clientSecret)}`,
  );
  const result = await deps.http.send({
    method: 'POST',
    url,
    headers: {
      accept: 'application/json',
      authorization: `Basic ${keys.toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form).toString(),
  });
  if (!result.ok) throw unreachable(result, 'write');
  return result.answer;
}

/** OAuth's error words are codes (RFC 6749 5.2). Only `invalid_grant` on a 4xx says that the grant is dead. */
function tokenRefusal(answer: HttpAnswer, now: Date): LedgerError {
  const code = text(at(readJson(answer.text), 'error')) ?? '';
  const { status, traceId } = answer;
  if (status === 429 || status >= 500) return refusal(answer, 'write', now);
  if (code === 'invalid_grant') return new LedgerError('reconnect_needed', 'invalid_grant', { traceId });
  const says = /^[a-z_]{1,40}$/.test(code) ? code : `the token service answered ${status}`;
  return new LedgerError(/^(invalid|unauthorized)_client$/.test(code) ? 'forbidden' : 'invalid', says, {
    traceId,
  });
}
