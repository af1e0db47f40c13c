import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { LedgerError } from '../../../src/platform/errors.ts';
import type { CodeExchange } from '../../../src/ports/ledger.ts';
import { type Call, type FakeIntuit, fakeIntuit, now, type Reply, realm } from './support.ts';

let intuit: FakeIntuit;
let privateKey: CryptoKey;
let jwks: object;
afterEach(() => intuit.close());
beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  privateKey = pair.privateKey;
  jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
});

const seconds = Math.floor(now.getTime() / 1000);
const goodClaims = {
  sub: 'subject-1',
  aud: ['client-1'],
  realmid: realm,
  iss: 'https://oauth.platform.intuit.com/op/v1',
  iat: seconds,
  exp: seconds + 3600,
};
const person = {
  sub: 'subject-1',
  email: 'bo@example.com',
  emailVerified: true,
  givenName: 'Bo',
  familyName: 'Doe',
};

interface Given {
  readonly claims?: object;
  readonly person?: object;
  readonly token?: Reply;
  readonly idToken?: string;
}

/** An Intuit that grants; every part of it can be replaced. */
async function granting(given: Given = {}): Promise<FakeIntuit> {
  const claims = { ...goodClaims, ...given.claims };
  const idToken = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(privateKey);
  const grant = {
    token_type: 'bearer',
    access_token: 'access-secret-1',
    expires_in: 3600,
    refresh_token: 'refresh-secret-2',
    x_refresh_token_expires_in: 8_726_400,
    x_refresh_token_hard_expires_in: 157_494_248,
    id_token: given.idToken ?? idToken,
  };
  intuit = await fakeIntuit(({ path }: Call): Reply => {
    if (path.endsWith('/bearer')) return given.token ?? { body: grant };
    if (path.endsWith('/jwks')) return { body: jwks };
    return { body: given.person ?? person };
  });
  return intuit;
}

const exchange: CodeExchange = {
  code: 'code-secret-1',
  redirectUri: 'https://duly.example/connect/quickbooks/callback',
  codeVerifier: 'verifier-secret',
  nonce: 'nonce-1',
  callback: { code: 'code-secret-1', state: 's', realmId: realm },
};

describe('connecting', () => {
  test('sends the person to the consent page with the scopes of the purpose', async () => {
    const { provider } = await granting();
    const request = { state: 's1', nonce: 'n1', codeChallenge: 'c1', redirectUri: 'https://duly.example/cb' };
    const connect = new URL(provider.authorizeUrl({ purpose: 'connect', ...request }));
    expect(connect.pathname).toBe('/connect/oauth2');
    expect(Object.fromEntries(connect.searchParams)).toEqual({
      client_id: 'client-1',
      response_type: 'code',
      scope: 'com.intuit.quickbooks.accounting openid profile email',
      redirect_uri: 'https://duly.example/cb',
      state: 's1',
      nonce: 'n1',
    });
    const signIn = new URL(provider.authorizeUrl({ purpose: 'sign_in', ...request }));
    expect(signIn.searchParams.get('scope')).toBe('openid profile email');
  });

  test('exchanges the code once and says who signed in and which company was opened', async () => {
    const { provider, calls } = await granting();
    expect(await provider.exchangeCode(exchange)).toEqual({
      grant: {
        accessToken: 'access-secret-1',
        accessExpiresAt: '2026-11-21T13:00:00.000Z',
        refreshToken: 'refresh-secret-2',
        refreshExpiresAt: '2027-03-02T12:00:00.000Z',
        hardExpiresAt: '2031-11-18T08:24:08.000Z',
        idToken: expect.any(String),
      },
      identity: { subject: 'subject-1', email: 'bo@example.com', emailVerified: true, name: 'Bo Doe' },
      books: [{ ledgerRef: realm, connectionRef: null, name: '' }],
    });
    const [call] = calls.filter(({ path }) => path.endsWith('/bearer'));
    expect(call?.headers).toMatchObject({
      authorization: `Basic ${btoa('client-1:client-secret-1')}`,
      'content-type': 'application/x-www-form-urlencoded',
      'x-include-refresh-token-hard-expires-in': 'true',
    });
    expect(Object.fromEntries(new URLSearchParams(call?.body))).toEqual({
      grant_type: 'authorization_code',
      code: 'code-secret-1',
      redirect_uri: exchange.redirectUri,
    });
  });

  test('a sign-in opens no company', async () => {
    const { provider } = await granting({ claims: { realmid: undefined } });
    const result = await provider.exchangeCode({ ...exchange, callback: { code: 'c' } });
    expect(result.books).toEqual([]);
  });

  test.each([
    ['for another client', { claims: { aud: ['someone-else'] } }],
    ['from another issuer', { claims: { iss: 'https://evil.example' } }],
    ['that has expired', { claims: { exp: seconds - 3600 } }],
    ['with another nonce', { claims: { nonce: 'other' } }],
    ['for another company than the address says', { claims: { realmid: '1' } }],
    ['for another person than the user info', { person: { ...person, sub: 'subject-2' } }],
    ['that is no token', { idToken: 'x.y.z' }],
  ] as [string, Given][])('refuses a proof %s', async (_name, given) => {
    const { provider } = await granting(given);
    await expect(provider.exchangeCode(exchange)).rejects.toMatchObject({ kind: 'invalid' });
  });

  test('keeps an unverified address unverified', async () => {
    const { provider } = await granting({ person: { ...person, emailVerified: false } });
    expect((await provider.exchangeCode(exchange)).identity.emailVerified).toBe(false);
  });

  test('a code used twice is invalid, not a reason to reconnect', async () => {
    const { provider, calls } = await granting({ token: { status: 400, body: { error: 'invalid_grant' } } });
    await expect(provider.exchangeCode(exchange)).rejects.toMatchObject({ kind: 'invalid' });
    expect(calls).toHaveLength(1);
  });
});

describe('refreshing', () => {
  test('an answer without a refresh token is half a grant: a passing trouble, nothing is taken of it (AUTH-17)', async () => {
    const { provider } = await granting({ token: { body: { access_token: 'a', expires_in: 60 } } });
    await expect(provider.refresh('refresh-secret-1')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  const grant400 = { error: 'invalid_grant', error_description: 'Incorrect or invalid refresh token' };
  test.each([
    ['a clear invalid_grant', { status: 400, body: grant400 }, 'reconnect_needed', false],
    ['invalid_grant on a 500', { status: 500, body: grant400 }, 'unavailable', true],
    ['429 with invalid_grant', { status: 429, body: grant400 }, 'rate_limited', false],
    ['a wrong client', { status: 401, body: { error: 'invalid_client' } }, 'forbidden', false],
    ['another 400', { status: 400, body: { error: 'invalid_request' } }, 'invalid', false],
    ['HTML', { status: 502, body: '<html>' }, 'unavailable', true],
    ['success without a token', { status: 200, body: '{}' }, 'unavailable', true],
    ['no answer', { body: 'drop' }, 'unavailable', true],
  ] as [string, Reply, string, boolean][])('%s, one attempt', async (_name, token, kind, outcomeUnknown) => {
    const { provider, calls } = await granting({ token });
    await expect(provider.refresh('refresh-secret-1')).rejects.toMatchObject({ kind, outcomeUnknown });
    expect(calls).toHaveLength(1);
  });

  test('an error never carries a secret, even when the vendor repeats it', async () => {
    const said = {
      error: 'invalid_grant',
      error_description: 'no such token: refresh-secret-1 of client-secret-1',
    };
    const { provider } = await granting({ token: { status: 400, body: said } });
    const error = await provider.refresh('refresh-secret-1').catch((thrown: LedgerError) => thrown);
    const whole = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).stack);
    expect(error).toBeInstanceOf(LedgerError);
    expect(whole).not.toMatch(/secret/);
    expect((error as Error).cause).toBeUndefined();
  });
});

describe('disconnecting', () => {
  const books = { ledgerRef: realm, connectionRef: null, name: '' };
  const access = async () => 'access';

  test('revokes the refresh token with a JSON body', async () => {
    intuit = await fakeIntuit(() => ({ body: '' }));
    await intuit.provider.disconnect(access, 'refresh-secret-1', books);
    expect(intuit.calls).toHaveLength(1);
    expect(intuit.calls[0]).toMatchObject({
      path: '/v2/oauth2/tokens/revoke',
      body: '{"token":"refresh-secret-1"}',
    });
    expect(intuit.calls[0]?.headers['content-type']).toBe('application/json');
  });

  test('counts a token that is already gone as done, and trouble as trouble', async () => {
    intuit = await fakeIntuit(() => ({ status: 400, body: { error: 'invalid_request' } }));
    await intuit.provider.disconnect(access, 'refresh-secret-1', books);
    await intuit.close();
    intuit = await fakeIntuit(() => ({ status: 503, body: '' }));
    await expect(intuit.provider.disconnect(access, 'r', books)).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });
});
