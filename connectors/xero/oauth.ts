import { LedgerError } from '../../src/platform/errors.ts';
import type {
  AccessTokenSource,
  AuthorisedBooks,
  AuthorizeRequest,
  CodeExchange,
  CodeResult,
  TokenGrant,
} from '../../src/ports/ledger.ts';
import { authorisationOf, listConnections, removeConnection } from './connections.ts';
import type { XeroDeps, XeroSettings } from './deps.ts';
import type { IdentityProof } from './identity.ts';
import { requestTokens, revokeTokens } from './tokens.ts';

/**
 * The granular scopes, the only ones that an app made after 2 March 2026 gets. Invoices with write: that is what a
 * history note on an invoice needs. The rest only reads.
 */
const scopes: Readonly<Record<AuthorizeRequest['purpose'], string>> = {
  connect:
    'openid profile email offline_access accounting.invoices accounting.payments.read accounting.contacts.read accounting.settings.read',
  sign_in: 'openid profile email',
};

/** Where the person's browser goes to consent. */
export function authorizeUrl(settings: XeroSettings, request: AuthorizeRequest): string {
  const url = new URL(settings.authorizeUrl);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', settings.clientId);
  url.searchParams.set('redirect_uri', request.redirectUri);
  url.searchParams.set('scope', scopes[request.purpose]);
  url.searchParams.set('state', request.state);
  if (request.nonce !== '') url.searchParams.set('nonce', request.nonce);
  if (request.codeChallenge !== '') {
    url.searchParams.set('code_challenge', request.codeChallenge);
    url.searchParams.set('code_challenge_method', 'S256');
  }
  // servers decode "+" and "%20" alike, but only "%20" is safe in what people copy out of a browser
  return url.toString().replaceAll('+', '%20');
}

/**
 * Exchanges the code, proves who came, and lists what this authorisation opened, and only this one: a person who
 * connected another organisation last year must not connect it again unasked. One attempt. Throws LedgerError.
 */
export async function exchangeCode(
  settings: XeroSettings,
  deps: XeroDeps,
  proof: IdentityProof,
  exchange: CodeExchange,
): Promise<CodeResult> {
  const grant = await requestTokens(settings, deps, {
    grant_type: 'authorization_code',
    code: exchange.code,
    redirect_uri: exchange.redirectUri,
    ...(exchange.codeVerifier === '' ? {} : { code_verifier: exchange.codeVerifier }),
  });
  const identity = await proof.verify(grant.idToken, exchange.nonce);
  // a sign-in asks for no `offline_access`, so it has no refresh token and opens nothing
  if (grant.refreshToken === '') return { grant, identity, books: [] };
  const event = authorisationOf(grant.accessToken);
  if (event === null) {
    throw new LedgerError(
      'unavailable',
      "Xero's answer does not say which organisations were connected just now",
    );
  }
  return {
    grant,
    identity,
    books: await listConnections(settings.apiUrl, deps, async () => grant.accessToken, event),
  };
}

/** One attempt; Xero lets the token before this one be used again for 30 minutes if the answer was lost. */
export async function refresh(
  settings: XeroSettings,
  deps: XeroDeps,
  refreshToken: string,
): Promise<TokenGrant> {
  const grant = await requestTokens(settings, deps, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
  if (grant.refreshToken !== '') return grant;
  throw new LedgerError('unavailable', 'Xero renewed the access without a new refresh token');
}

/**
 * Removes this organisation's connection. The token set belongs to the person and serves sibling organisations, so
 * it is revoked only when no connection is left. A grant that is dead already counts as done.
 */
export async function disconnect(
  settings: XeroSettings,
  deps: XeroDeps,
  access: AccessTokenSource,
  refreshToken: string,
  books: AuthorisedBooks,
): Promise<void> {
  try {
    const ref = books.connectionRef ?? (await connectionOf(settings, deps, access, books.ledgerRef));
    if (ref !== null) await removeConnection(settings.apiUrl, deps, access, ref);
  } catch (error) {
    if (error instanceof LedgerError && error.kind === 'reconnect_needed') return;
    throw error;
  }
  await revokeWhenUnused(settings, deps, access, refreshToken);
}

async function connectionOf(
  settings: XeroSettings,
  deps: XeroDeps,
  access: AccessTokenSource,
  ledgerRef: string,
): Promise<string | null> {
  const open = await listConnections(settings.apiUrl, deps, access);
  return open.find((one) => one.ledgerRef === ledgerRef)?.connectionRef ?? null;
}

/** Tidying up: the connection is gone already, so a failure here changes nothing that anybody relies on. */
async function revokeWhenUnused(
  settings: XeroSettings,
  deps: XeroDeps,
  access: AccessTokenSource,
  refreshToken: string,
): Promise<void> {
  try {
    const left = await listConnections(settings.apiUrl, deps, access);
    if (left.length === 0 && refreshToken !== '') await revokeTokens(settings, deps, refreshToken);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
  }
}
