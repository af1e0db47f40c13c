import { LedgerError } from '../../src/platform/errors.ts';
import type { AuthorizeRequest, CodeExchange, CodeResult, TokenGrant } from '../../src/ports/ledger.ts';
import { identityReader } from './identity.ts';
import { basicAuth, type QuickBooksDeps, type QuickBooksSettings } from './settings.ts';
import { askForTokens, tokenError } from './tokens.ts';

const signInScopes = 'openid profile email';
/** There is no read-only variant of the accounting scope. */
const connectScopes = `com.intuit.quickbooks.accounting ${signInScopes}`;

/** The ways in and out of a company at Intuit. Everything makes one attempt and throws LedgerError. */
export interface QuickBooksOAuth {
  authorizeUrl(request: AuthorizeRequest): string;
  exchangeCode(exchange: CodeExchange): Promise<CodeResult>;
  refresh(refreshToken: string): Promise<TokenGrant>;
  /** Ends the whole connection at Intuit; a token that Intuit no longer knows counts as done. */
  revoke(refreshToken: string): Promise<void>;
}

export function quickBooksOAuth(settings: QuickBooksSettings, deps: QuickBooksDeps): QuickBooksOAuth {
  const readIdentity = identityReader(settings, deps);
  return {
    authorizeUrl: (request) => authorizeUrl(settings, request),
    async exchangeCode({ code, redirectUri, nonce, callback }) {
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
      const grant = await askForTokens(settings, deps, form);
      const { identity, realmId: proven } = await readIdentity(grant, nonce);
      const realmId = callback.realmId ?? '';
      // the address bar can be edited, the id token can't
      if (realmId !== '' && proven !== null && proven !== realmId) {
        throw new LedgerError('invalid', 'The company in the address is not the one that was authorised');
      }
      // the name comes with the first read of the company
      const books = realmId === '' ? [] : [{ ledgerRef: realmId, connectionRef: null, name: '' }];
      return { grant, identity, books };
    },
    refresh: (refreshToken) =>
      askForTokens(settings, deps, { grant_type: 'refresh_token', refresh_token: refreshToken }),
    revoke: (refreshToken) => revoke(settings, deps, refreshToken),
  };
}

/** Intuit offers no PKCE, so the challenge stays at home. */
function authorizeUrl(settings: QuickBooksSettings, request: AuthorizeRequest): string {
  const url = new URL(settings.authorizeUrl);
  url.search = new URLSearchParams({
    client_id: settings.clientId,
    response_type: 'code',
    scope: request.purpose === 'connect' ? connectScopes : signInScopes,
    redirect_uri: request.redirectUri,
    state: request.state,
    nonce: request.nonce,
  }).toString();
  return url.toString();
}

async function revoke(
  settings: QuickBooksSettings,
  deps: QuickBooksDeps,
  refreshToken: string,
): Promise<void> {
  const result = await deps.http.send({
    method: 'POST',
    url: settings.revokeUrl,
    headers: {
      accept: 'application/json',
      authorization: basicAuth(settings),
      // JSON, unlike the token address and unlike what generic OAuth libraries send
      'content-type': 'application/json',
    },
    body: JSON.stringify({ token: refreshToken }),
  });
  if (!result.ok) throw new LedgerError('unavailable', `Intuit ${result.reason}`);
  const { status } = result.answer;
  // 400: the token is no longer known, which is what we wanted
  if ((status >= 200 && status < 300) || status === 400) return;
  throw tokenError(result.answer, [refreshToken, settings.clientSecret], false, deps.clock.now());
}
