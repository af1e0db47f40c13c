import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { json, type WireServer, wireServer } from '../wire-server.ts';
import { ledgerError, now, pathsSeen, provider, tenant, tokens } from './support.ts';

let server: WireServer;
let key: CryptoKey;
let published: object;
beforeAll(async () => {
  server = await wireServer();
  const pair = await generateKeyPair('RS256', { extractable: true });
  key = pair.privateKey;
  published = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.length = 0;
});

const seconds = Math.floor(now.getTime() / 1000);

function signed(claims: JWTPayload): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
}

const claims = {
  iss: 'https://identity.xero.com',
  aud: 'client',
  sub: 'subject-1',
  exp: seconds + 300,
  nonce: 'nonce-1',
  email: 'aroha@example.com',
  given_name: 'Aroha',
  family_name: 'Ngata',
};

const organisation = (id: string, more: object = {}) => ({
  id: `conn-${id}`,
  authEventId: 'event-1',
  tenantId: id,
  tenantType: 'ORGANISATION',
  tenantName: `Books ${id}`,
  ...more,
});

/** Answers the exchange with these tokens, and `/connections` with these rows. */
async function vendor(options: { idToken?: JWTPayload; refresh?: boolean; connections?: object[] } = {}) {
  const access_token = await signed({ authentication_event_id: 'event-1', xero_userid: 'u' });
  const id_token = await signed({ ...claims, ...options.idToken });
  server.answer = (request, response) => {
    if (request.path === '/jwks') return json(response, 200, published);
    if (request.path.startsWith('/connections'))
      return json(response, 200, options.connections ?? [organisation(tenant)]);
    const refresh = options.refresh === false ? {} : { refresh_token: 'refresh-1' };
    return json(response, 200, {
      access_token,
      id_token,
      expires_in: 1800,
      token_type: 'Bearer',
      ...refresh,
    });
  };
}

const exchange = {
  code: 'code-1',
  redirectUri: 'http://localhost:3000/connect/xero/callback',
  codeVerifier: 'verifier-1',
  nonce: 'nonce-1',
  callback: {},
};

describe('the way to consent', () => {
  const request = { state: 's', nonce: 'n', redirectUri: 'http://localhost/cb', codeChallenge: '' } as const;
  const ask = (more: object) =>
    new URL(provider(server.url).authorizeUrl({ ...request, purpose: 'connect', ...more })).searchParams;

  it('asks for exactly the granular scopes, and for nothing but the identity at sign-in', () => {
    expect(ask({}).get('scope')).toBe(
      'openid profile email offline_access accounting.invoices accounting.payments.read accounting.contacts.read accounting.settings.read',
    );
    expect(ask({ purpose: 'sign_in' }).get('scope')).toBe('openid profile email');
    expect(Object.fromEntries(ask({}))).toMatchObject({
      response_type: 'code',
      client_id: 'client',
      state: 's',
      nonce: 'n',
    });
  });

  it('proves the code’s owner only when there is a challenge', () => {
    expect(ask({}).has('code_challenge')).toBe(false);
    expect(Object.fromEntries(ask({ codeChallenge: 'c' }))).toMatchObject({
      code_challenge: 'c',
      code_challenge_method: 'S256',
    });
  });

  it('is closed while Xero is not configured', () => {
    expect(provider(server.url).configured).toBe(true);
    expect(provider(server.url, { clientSecret: '' }).configured).toBe(false);
  });
});

describe('an exchange of the code', () => {
  it('gives tokens, the person, and the organisations of this authorisation only', async () => {
    const connections = [
      organisation(tenant),
      organisation('practice', { tenantType: 'PRACTICE' }),
      organisation('from-last-year', { authEventId: 'event-0' }),
    ];
    await vendor({ connections });
    const result = await provider(server.url).exchangeCode(exchange);
    expect(result.books).toEqual([
      { ledgerRef: tenant, connectionRef: `conn-${tenant}`, name: `Books ${tenant}` },
    ]);
    expect(result.identity).toEqual({
      subject: 'subject-1',
      email: 'aroha@example.com',
      emailVerified: false,
      name: 'Aroha Ngata',
    });
    expect(result.grant).toMatchObject({
      accessExpiresAt: '2026-11-20T10:00:00.500Z',
      refreshToken: 'refresh-1',
      refreshExpiresAt: '2027-01-19T09:30:00.500Z',
      hardExpiresAt: null,
    });
    const [form] = server.seen;
    expect(form?.headers.authorization).toBe(
      `Basic ${Buffer.from('client:client-secret').toString('base64')}`,
    );
    expect(Object.fromEntries(new URLSearchParams(form?.body))).toEqual({
      grant_type: 'authorization_code',
      code: 'code-1',
      redirect_uri: exchange.redirectUri,
      code_verifier: 'verifier-1',
    });
    expect(pathsSeen(server)).toContain('GET /connections?authEventId=event-1');
  });

  it('for a sign-in opens no books', async () => {
    await vendor({ refresh: false });
    const { books, grant } = await provider(server.url).exchangeCode(exchange);
    expect(books).toEqual([]);
    expect(grant).toMatchObject({ refreshToken: '', refreshExpiresAt: null });
    expect(pathsSeen(server).some((path) => path.includes('connections'))).toBe(false);
  });

  it.each([
    ['another nonce', { nonce: 'nonce-2' }],
    ['another audience', { aud: 'somebody-else' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['an old proof', { exp: seconds - 120 }],
    ['nobody’s name', { sub: undefined as unknown as string }],
  ])('is refused for %s', async (_name, idToken) => {
    await vendor({ idToken });
    expect((await ledgerError(provider(server.url).exchangeCode(exchange))).kind).toBe('invalid');
  });

  it('is refused for a proof with a signature of nobody', async () => {
    await vendor();
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(privateKey);
    const honest = server.answer;
    server.answer = (request, response) =>
      request.path === '/connect/token'
        ? json(response, 200, {
            access_token: forged,
            id_token: forged,
            expires_in: 1800,
            refresh_token: 'r',
          })
        : honest(request, response);
    expect((await ledgerError(provider(server.url).exchangeCode(exchange))).kind).toBe('invalid');
  });

  it('is unavailable while the keys can’t be had', async () => {
    await vendor();
    const honest = server.answer;
    server.answer = (request, response) =>
      request.path === '/jwks' ? json(response, 503, '<html>') : honest(request, response);
    expect((await ledgerError(provider(server.url).exchangeCode(exchange))).kind).toBe('unavailable');
  });
});

describe('the token service refuses', () => {
  it.each([
    [400, { error: 'invalid_grant' }, 'reconnect_needed', 'invalid_grant'],
    [400, { error: 'invalid_scope' }, 'invalid', 'invalid_scope'],
    [400, { error: 'unauthorized_client' }, 'forbidden', 'unauthorized_client'],
    [401, { error: 'invalid_client' }, 'forbidden', 'invalid_client'],
    [500, { error: 'invalid_grant' }, 'unavailable', 'Xero answered 500'],
    [503, '<html>', 'unavailable', 'Xero answered 503'],
    [429, { error: 'invalid_grant' }, 'rate_limited', 'too many requests'],
    [400, '<html>invalid_grant</html>', 'invalid', 'the token service answered 400'],
  ])('%s %j', async (status, body, kind, vendorSays) => {
    server.answer = (_request, response) => json(response, status, body);
    const error = await ledgerError(provider(server.url).refresh('refresh-secret'));
    expect(error).toMatchObject({ kind, vendorSays });
    expect(JSON.stringify({ ...error, message: error.message })).not.toMatch(/refresh-secret|client-secret/);
    expect(server.seen).toHaveLength(1);
  });

  it('and an answer without tokens, or that was lost, leaves the outcome unknown', async () => {
    server.answer = (_request, response) => json(response, 200, '<html>');
    const refresh = () => ledgerError(provider(server.url).refresh('r'));
    expect(await refresh()).toMatchObject({ kind: 'unavailable', outcomeUnknown: true });
    server.answer = (_request, response) => void response.destroy();
    expect(await refresh()).toMatchObject({ kind: 'unavailable', outcomeUnknown: true });
  });
});

describe('a disconnection', () => {
  const books = { ledgerRef: tenant, connectionRef: 'conn-1', name: 'Books' };
  const disconnect = (
    source = tokens().source,
    of = books as Parameters<ReturnType<typeof provider>['disconnect']>[2],
  ) => provider(server.url).disconnect(source, 'refresh-1', of);
  const answer = (deleted: number, left: object[]) => {
    server.answer = (request, response) => {
      if (request.method === 'DELETE') return void response.writeHead(deleted).end();
      return json(response, 200, request.path.startsWith('/connections') ? left : {});
    };
  };

  it('deletes the connection, and revokes the tokens when no sibling is left', async () => {
    answer(204, []);
    await disconnect();
    expect(pathsSeen(server)).toEqual([
      'DELETE /connections/conn-1',
      'GET /connections',
      'POST /connect/revocation',
    ]);
    expect(server.seen[2]?.body).toBe('token=refresh-1');
  });

  it('leaves the tokens to the siblings', async () => {
    answer(204, [organisation('sibling')]);
    await disconnect();
    expect(pathsSeen(server)).toEqual(['DELETE /connections/conn-1', 'GET /connections']);
  });

  it('succeeds when it is gone already, at Xero or by a dead grant', async () => {
    answer(404, [organisation('sibling')]);
    await disconnect();
    const { LedgerError } = await import('../../../src/platform/errors.ts');
    await disconnect(async () => {
      throw new LedgerError('reconnect_needed', 'invalid_grant');
    });
  });

  it('finds the connection by its organisation when its id is not known', async () => {
    answer(204, [organisation(tenant)]);
    await disconnect(tokens().source, { ...books, connectionRef: null });
    expect(pathsSeen(server)).toContain(`DELETE /connections/conn-${tenant}`);
  });

  it('is an error when Xero is down', async () => {
    answer(503, []);
    expect((await ledgerError(disconnect())).kind).toBe('unavailable');
  });
});

describe('the page of an invoice', () => {
  it('is at Xero, or where the settings say', () => {
    const xero = (appUrl: string) => provider(server.url, { appUrl }).invoicePageUrl('t', 'i-1');
    expect(xero('')).toBe('https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=i-1');
    expect(xero('http://localhost:9/ledger')).toBe('http://localhost:9/ledger/t/invoices/i-1');
  });
});
