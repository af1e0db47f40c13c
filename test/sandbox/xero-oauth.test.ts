import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { CALLBACK, OTHER_TENANT, SCOPES, TENANT, type Tokens, XeroBench } from './xero-support.ts';

const DAY = 24 * 60;

describe('Xero: who is let in', () => {
  let bench: XeroBench;
  beforeAll(async () => {
    bench = await XeroBench.open();
  });
  afterAll(() => bench.app.close());

  test('the consent page names Duly and every organisation, and cannot be framed', async () => {
    const response = await fetch(bench.url + bench.authorizePath());
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain('Duly');
    expect(html).toContain('Kauri Joinery');
    expect(html).toContain('Tui Coffee');
    expect(response.headers.get('x-frame-options')).toBe('DENY');
  });

  test('a sign-in without accounting scopes asks for no organisation', async () => {
    const html = await (
      await fetch(bench.url + bench.authorizePath({ scope: 'openid profile email' }))
    ).text();
    expect(html).not.toContain('Kauri Joinery');
  });

  test('a refusal comes back as access_denied with the state', async () => {
    const url = await bench.consent({ decision: 'cancel' });
    expect(`${url.origin}${url.pathname}`).toBe(CALLBACK);
    expect(Object.fromEntries(url.searchParams)).toEqual({ error: 'access_denied', state: 'st4te' });
  });

  test.each([
    ['a broad scope', { scope: 'openid accounting.transactions' }, 'invalid_scope'],
    ['another client', { client_id: 'somebody' }, 'unauthorized_client'],
    ['http on 127.0.0.1', { redirect_uri: 'http://127.0.0.1:4000/x' }, 'invalid_request'],
  ])('%s is refused on a page of its own', async (_what, change, error) => {
    const response = await fetch(bench.url + bench.authorizePath(change as Record<string, string>));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(error);
  });

  test('a sign-in does not touch the tokens of a connection', async () => {
    const connected = await bench.connect();
    const signedIn = await bench.connect([], 'aroha', { scope: 'openid profile email' });
    expect(signedIn.refresh_token).toBeUndefined();
    bench.later(40);
    const renewed = (await (await bench.refresh(connected.refresh_token)).json()) as Tokens;
    expect((await bench.api('/Organisation', renewed.access_token)).status).toBe(200);
  });

  test('the id_token is signed, for this client, and echoes the nonce', async () => {
    const tokens = await bench.connect();
    const keys = (await (
      await fetch(`${bench.url}/xero/.well-known/openid-configuration/jwks`)
    ).json()) as JSONWebKeySet;
    const { payload } = await jwtVerify(tokens.id_token, createLocalJWKSet(keys), {
      issuer: 'https://identity.xero.com',
      audience: bench.ctx.config.xero.clientId,
      currentDate: bench.ctx.clock.now(),
    });
    expect(payload).toMatchObject({
      nonce: 'n0nce',
      given_name: 'Aroha',
      family_name: 'Ngata',
      name: 'Aroha Ngata',
    });
    expect(payload.aud).toBe(bench.ctx.config.xero.clientId);
    expect(payload.sub).not.toBe(payload.xero_userid);
    expect(tokens).toMatchObject({ expires_in: 1800, token_type: 'Bearer', scope: SCOPES });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      xero_userid: payload.xero_userid,
      scope: SCOPES.split(' '),
    });
  });

  test('a code works once, for five minutes, with its own redirect_uri and the right secret', async () => {
    const fresh = async () =>
      (await bench.consent({ decision: 'allow', tenant: TENANT })).searchParams.get('code') ?? '';
    const exchange = (code: string, redirect = CALLBACK, secret?: string) =>
      bench.token({ grant_type: 'authorization_code', code, redirect_uri: redirect }, secret);
    const code = await fresh();
    const stranger = await exchange(code, CALLBACK, 'wrong');
    expect([stranger.status, await stranger.json()]).toEqual([400, { error: 'invalid_client' }]);
    expect((await exchange(code, `${CALLBACK}/`)).status).toBe(400);
    expect((await exchange(code)).status).toBe(200);
    const again = await exchange(code);
    expect([again.status, await again.json()]).toEqual([400, { error: 'invalid_grant' }]);
    const old = await fresh();
    bench.later(6);
    expect((await exchange(old)).status).toBe(400);
  });

  test('PKCE is proven when it was begun', async () => {
    const verifier = 'v'.repeat(43);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const change = { code_challenge: challenge, code_challenge_method: 'S256' };
    const form = async (code_verifier: string) => ({
      grant_type: 'authorization_code',
      redirect_uri: CALLBACK,
      code:
        (await bench.consent({ decision: 'allow', tenant: TENANT }, change)).searchParams.get('code') ?? '',
      code_verifier,
    });
    expect((await bench.token(await form('wrong'))).status).toBe(400);
    expect((await bench.token(await form(verifier))).status).toBe(200);
  });

  test('the access token dies after 30 minutes and says so', async () => {
    const tokens = await bench.connect();
    bench.later(29);
    expect((await bench.api('/Organisation', tokens.access_token)).status).toBe(200);
    bench.later(1);
    const response = await bench.api('/Organisation', tokens.access_token);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ Title: 'Unauthorized', Status: 401 });
    expect(response.headers.get('xero-correlation-id')).toBeTruthy();
  });

  test('every refresh gives a new string; the one before is good for 30 minutes more', async () => {
    const first = await bench.connect();
    const second = (await (await bench.refresh(first.refresh_token)).json()) as { refresh_token: string };
    expect(second.refresh_token).not.toBe(first.refresh_token);
    bench.later(29);
    expect((await bench.refresh(first.refresh_token)).status).toBe(200);
    bench.later(2);
    const late = await bench.refresh(first.refresh_token);
    expect([late.status, await late.json()]).toEqual([400, { error: 'invalid_grant' }]);
    expect((await bench.refresh(second.refresh_token)).status).toBe(200);
  });

  test('a refresh token that nobody used for 60 days is dead', async () => {
    const alive = await bench.connect();
    bench.later(59 * DAY);
    const next = (await (await bench.refresh(alive.refresh_token)).json()) as { refresh_token: string };
    bench.later(61 * DAY);
    expect((await bench.refresh(next.refresh_token)).status).toBe(400);
  });

  test('one token set covers all organisations of the user, and authEventId picks the newest', async () => {
    await bench.connect([TENANT]);
    const tokens = await bench.connect([OTHER_TENANT]);
    const event = String(decodeJwt(tokens.access_token).authentication_event_id);
    const connections = async (query: string) => {
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      return (await (await fetch(`${bench.url}/xero/connections${query}`, { headers })).json()) as {
        tenantId: string;
      }[];
    };
    expect((await connections('')).map((each) => each.tenantId).sort()).toEqual([TENANT, OTHER_TENANT]);
    expect((await connections(`?authEventId=${event}`)).map((each) => each.tenantId)).toEqual([OTHER_TENANT]);
  });

  test('deleting a connection takes its own id; a tenant id is forbidden, a stranger is not found', async () => {
    const tokens = await bench.connect([TENANT, OTHER_TENANT], 'tom');
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const all = (await (await fetch(`${bench.url}/xero/connections`, { headers })).json()) as {
      id: string;
      tenantId: string;
    }[];
    const remove = async (id: string) =>
      (await fetch(`${bench.url}/xero/connections/${id}`, { method: 'DELETE', headers })).status;
    const own = all.find((each) => each.tenantId === OTHER_TENANT);
    expect(await remove(OTHER_TENANT)).toBe(403);
    expect(await remove('7cb59f93-2964-421d-bb5e-a0f7a4572a44')).toBe(404);
    expect(await remove(own?.id ?? '')).toBe(204);
    expect(
      (await bench.api('/Organisation', tokens.access_token, { headers: { 'xero-tenant-id': OTHER_TENANT } }))
        .status,
    ).toBe(403);
  });

  test('disconnected in Xero: refresh works, connections are empty, the API answers 403', async () => {
    const tokens = await bench.connect([TENANT], 'tom');
    await bench.ctx.vendors.disconnect('xero', TENANT);
    await bench.ctx.vendors.disconnect('xero', OTHER_TENANT);
    const next = (await (await bench.refresh(tokens.refresh_token)).json()) as { access_token: string };
    const headers = { authorization: `Bearer ${next.access_token}` };
    expect(await (await fetch(`${bench.url}/xero/connections`, { headers })).json()).toEqual([]);
    const response = await bench.api('/Invoices', next.access_token);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ Title: 'Forbidden', Detail: 'AuthenticationUnsuccessful' });
  });

  test('a revocation ends the whole token set and its connections', async () => {
    const tokens = await bench.connect([TENANT]);
    const basic = Buffer.from(
      `${bench.ctx.config.xero.clientId}:${bench.ctx.config.xero.clientSecret}`,
    ).toString('base64');
    const response = await fetch(`${bench.url}/xero/connect/revocation`, {
      method: 'POST',
      body: new URLSearchParams({ token: tokens.refresh_token }),
      headers: { authorization: `Basic ${basic}` },
    });
    expect(response.status).toBe(200);
    expect((await bench.refresh(tokens.refresh_token)).status).toBe(400);
    expect((await bench.api('/Organisation', tokens.access_token)).status).toBe(401);
  });

  test('a missing scope is a 401 of its own', async () => {
    const tokens = await bench.connect([TENANT], 'tom', { scope: 'offline_access accounting.contacts.read' });
    const response = await bench.api('/Invoices', tokens.access_token);
    expect([response.status, (await response.json()) as object]).toEqual([
      401,
      expect.objectContaining({ Detail: 'AuthorizationUnsuccessful' }),
    ]);
    expect((await bench.api('/Contacts', tokens.access_token)).status).toBe(200);
  });
});

test('a sandbox that is started again on its folder knows its keys, tokens, connections and repeated writes', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'duly-xero-'));
  let bench = await XeroBench.open({ DATA_DIR: folder });
  const invoice = bench.addInvoice(bench.addCustomer(), 1_000).id;
  const tokens = await bench.connect();
  const body = JSON.stringify({ HistoryRecords: [{ Details: 'Before the end' }] });
  const put = async () => {
    const headers = { 'idempotency-key': 'one' };
    const response = await bench.api(`/Invoices/${invoice}/History`, tokens.access_token, {
      method: 'PUT',
      body,
      headers,
    });
    return response.text();
  };
  const before = await put();
  await bench.app.close();
  bench = await XeroBench.open({ DATA_DIR: folder });
  expect(await put()).toBe(before);
  expect(
    bench.ctx.books.notes(TENANT, invoice).filter((each) => each.text === 'Before the end'),
  ).toHaveLength(1);
  expect((await bench.refresh(tokens.refresh_token)).status).toBe(200);
  await bench.app.close();
  rmSync(folder, { recursive: true, force: true });
});
