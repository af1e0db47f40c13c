import { LedgerError } from '../../src/platform/errors.ts';
import type { HttpAnswer } from '../../src/platform/http.ts';
import { at, readJson, text, whole } from '../../src/platform/json.ts';
import { retryAfterSeconds } from '../../src/platform/retry-after.ts';
import type { TokenGrant } from '../../src/ports/ledger.ts';
import { basicAuth, type QuickBooksDeps, type QuickBooksSettings } from './settings.ts';

/** An access token lives an hour unless the answer says otherwise. */
const usualLifeSeconds = 3600;

/**
 * Asks Intuit's token address once, with a code or a refresh token. Throws LedgerError whose words never hold what
 * was sent: `reconnect_needed` for a clear invalid_grant on a 4xx when refreshing, `invalid` for one on a code.
 */
export async function askForTokens(
  settings: QuickBooksSettings,
  deps: QuickBooksDeps,
  form: Readonly<Record<string, string>>,
): Promise<TokenGrant> {
  const result = await deps.http.send({
    method: 'POST',
    url: settings.tokenUrl,
    headers: {
      accept: 'application/json',
      authorization: basicAuth(settings),
      'content-type': 'application/x-www-form-urlencoded',
      // without it Intuit doesn't tell the day beyond which no refresh helps (five years)
      'x-include-refresh-token-hard-expires-in': 'true',
    },
    body: new URLSearchParams(form).toString(),
  });
  if (!result.ok) {
    const outcomeUnknown = !result.certainlyNotSent;
    throw new LedgerError('unavailable', `Intuit ${result.reason}`, { outcomeUnknown });
  }
  if (result.answer.status !== 200) {
    const secrets = [...Object.values(form), settings.clientSecret];
    throw tokenError(result.answer, secrets, form.grant_type === 'refresh_token', deps.clock.now());
  }
  return readGrant(result.answer, deps.clock.now());
}

function readGrant(answer: HttpAnswer, now: Date): TokenGrant {
  const body = readJson(answer.text);
  const accessToken = text(at(body, 'access_token'));
  const refreshToken = text(at(body, 'refresh_token'));
  // half an answer is none: without the rotated token the next renewal could end the connection (AUTH-17)
  if (accessToken === null || refreshToken === null) {
    const { traceId } = answer;
    throw new LedgerError('unavailable', 'Intuit answered without its tokens', {
      traceId,
      outcomeUnknown: true,
    });
  }
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();
  const instant = (name: string) => {
    const seconds = lifetime(at(body, name));
    return seconds === null ? null : later(seconds);
  };
  return {
    accessToken,
    accessExpiresAt: instant('expires_in') ?? later(usualLifeSeconds),
    // the same value within a day, then another
    refreshToken,
    refreshExpiresAt: instant('x_refresh_token_expires_in'),
    hardExpiresAt: instant('x_refresh_token_hard_expires_in'),
    idToken: text(at(body, 'id_token')),
  };
}

function lifetime(value: unknown): number | null {
  const seconds = whole(value);
  return seconds !== null && seconds >= 0 && seconds < 1e10 ? seconds : null;
}

/** The error for an OAuth answer; also for the revocation address. 429 is judged before anything else. */
export function tokenError(
  answer: HttpAnswer,
  secrets: readonly string[],
  refreshing: boolean,
  now: Date,
): LedgerError {
  const { status, traceId } = answer;
  if (status === 429) {
    const wait = retryAfterSeconds(answer.headers, now);
    return new LedgerError('rate_limited', 'Intuit asks us to wait', { retryAfterSeconds: wait, traceId });
  }
  const body = readJson(answer.text);
  const code = text(at(body, 'error')) ?? '';
  const said = clean([code, text(at(body, 'error_description'))], secrets) || `Intuit answered ${status}`;
  if (status >= 500 || status < 400) {
    return new LedgerError('unavailable', said, { traceId, outcomeUnknown: true });
  }
  if (code === 'invalid_grant') {
    return new LedgerError(refreshing ? 'reconnect_needed' : 'invalid', said, { traceId });
  }
  // invalid_client: our own settings are wrong, which no reconnecting mends
  return new LedgerError(status === 401 || status === 403 ? 'forbidden' : 'invalid', said, { traceId });
}

/** The vendor's words, left out altogether when they repeat something secret. */
function clean(parts: readonly (string | null)[], secrets: readonly string[]): string {
  const said = parts.filter((part) => part !== null && part !== '').join(': ');
  return secrets.some((secret) => secret.length > 5 && said.includes(secret)) ? '' : said.slice(0, 200);
}
