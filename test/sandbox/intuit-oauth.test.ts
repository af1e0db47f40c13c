import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import {
  ACCOUNTING,
  BASIC,
  consent,
  REALM,
  REDIRECT,
  START,
  type Stand,
  stand,
  tokenCall,
} from './intuit-support.ts';

const HOUR = 3_600_000;
let it: Stand;
const later = (ms: number) => it.clock.set(new Date(Date.parse(START) + ms));
const refresh = (token: string, headers = {}) =>
  tokenCall(it.app, { grant_type: 'refresh_token', refresh_token: token }, headers);

beforeEach(async () => {
  it = await stand();
});
afterEach(() => it.app.close());

describe('the consent page of Intuit', () => {
  test('names the app and the company, and cannot be framed', async () => {
    const query = new URLSearchParams({
      client_id: 'sandbox-intuit-client',
      response_type: 'code',
      scope: ACCOUNTING,
      redirect_uri: REDIRECT,
      state: 's',
    });
    const shown = await it.app.inject({ method: 'GET', url: `/intuit/connect/oauth2?${query}` });
    expect(shown.statusCode).toBe(200);
    expect(shown.payload).toContain('Connect Duly to QuickBooks');
    expect(shown.payload).toContain('Larkspur Supply');
    expect(shown.headers['x-frame-options']).toBe('DENY');
    expect(shown.headers.intuit_tid).toBeDefined();
  });

  test('sends back code, state and realmId when the person connects', async () => {
    const back = await consent(it.app, ACCOUNTING);
    expect(`${back.origin}${back.pathname}`).toBe(REDIRECT);
    expect(back.searchParams.get('state')).toBe('state-1');
    expect(back.searchParams.get('realmId')).toBe(REALM);
    expect(back.searchParams.get('code')).toMatch(/^XAB/);
  });

  test('signs a person in without a realm when no books are asked for', async () => {
    const back = await consent(it.app, 'openid email');
    expect(back.searchParams.has('realmId')).toBe(false);
  });

  test('sends back access_denied with the state when the person says no', async () => {
    const back = await consent(it.app, ACCOUNTING, { decision: 'refuse' });
    expect(back.search).toBe('?error=access_denied&state=state-1');
  });

  test.each([
    [{ client_id: 'somebody' }],
    [{ redirect_uri: '/relative' }],
    [{ redirect_uri: `${REDIRECT}?x=1` }],
    [{ state: '' }],
  ])('shows a page and redirects nowhere for %j', async (wrong) => {
    const query = new URLSearchParams({
      client_id: 'sandbox-intuit-client',
      response_type: 'code',
      scope: ACCOUNTING,
      redirect_uri: REDIRECT,
      state: 's',
      ...wrong,
    });
    const shown = await it.app.inject({ method: 'GET', url: `/intuit/connect/oauth2?${query}` });
    expect(shown.statusCode).toBe(400);
    expect(shown.headers.location).toBeUndefined();
  });
});

describe('tokens of Intuit', () => {
  test('an exchange answers as the real one and signs the identity', async () => {
    const token = await it.connect();
    expect(token).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      x_refresh_token_expires_in: 8_726_400,
    });
    expect(token.refresh_token).toMatch(/^AB11/);
    const jwks = (await it.app.inject({ method: 'GET', url: '/intuit/op/v1/jwks' })).json();
    const { payload } = await jwtVerify(token.id_token, createLocalJWKSet(jwks), {
      issuer: 'https://oauth.platform.intuit.com/op/v1',
      currentDate: it.clock.now(),
    });
    expect(payload.aud).toEqual(['sandbox-intuit-client']);
    expect(payload).toMatchObject({ realmid: REALM, nonce: 'nonce-1' });
    const who = await it.app.inject({
      method: 'GET',
      url: '/intuit/v1/openid_connect/userinfo',
      headers: { authorization: `Bearer ${token.access_token}` },
    });
    expect(who.json()).toEqual({
      sub: payload.sub,
      email: 'dana@larkspur.example',
      emailVerified: true,
      givenName: 'Dana',
      familyName: 'Whitfield',
    });
  });

  test('the id_token of a mere sign-in carries no realm', async () => {
    const token = await it.connect('openid');
    const payload = JSON.parse(Buffer.from(token.id_token.split('.')[1], 'base64url').toString());
    expect(payload).not.toHaveProperty('realmid');
    expect((await it.connect(ACCOUNTING)).id_token).toBeUndefined();
  });

  test('a code works once; the second use kills what the first one gave', async () => {
    const code = (await consent(it.app, ACCOUNTING)).searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
    const first = await tokenCall(it.app, form);
    expect(first.status).toBe(200);
    const second = await tokenCall(it.app, form);
    expect([second.status, second.json.error]).toEqual([400, 'invalid_grant']);
    expect((await refresh(first.json.refresh_token)).json.error).toBe('invalid_grant');
  });

  test('a code needs the same redirect_uri and dies after ten minutes', async () => {
    const code = (await consent(it.app, ACCOUNTING)).searchParams.get('code') ?? '';
    const other = { grant_type: 'authorization_code', code, redirect_uri: `${REDIRECT}/` };
    expect((await tokenCall(it.app, other)).json.error).toBe('invalid_grant');
    later(600_000);
    expect((await tokenCall(it.app, { ...other, redirect_uri: REDIRECT })).json.error).toBe('invalid_grant');
  });

  test('the refresh token keeps its string for 24 hours, then a new one comes and the old one is dead', async () => {
    const { refresh_token: first } = await it.connect();
    later(23 * HOUR);
    const same = await refresh(first);
    expect(same.json.refresh_token).toBe(first);
    expect(same.json.x_refresh_token_expires_in).toBe(8_726_400 - 23 * 3600);
    expect(same.json.id_token).toBeUndefined();
    later(24 * HOUR);
    const next = await refresh(first);
    expect(next.json.refresh_token).not.toBe(first);
    expect(next.json.x_refresh_token_expires_in).toBe(8_726_400);
    const dead = await refresh(first);
    expect([dead.status, dead.json]).toEqual([
      400,
      { error: 'invalid_grant', error_description: 'Incorrect or invalid refresh token' },
    ]);
    expect((await refresh(next.json.refresh_token)).status).toBe(200);
  });

  test('the refresh token rolls for 101 days and ends for good after five years', async () => {
    const { refresh_token: first } = await it.connect();
    const optIn = { 'x-include-refresh-token-hard-expires-in': 'true' };
    expect((await refresh(first)).json).not.toHaveProperty('x_refresh_token_hard_expires_in');
    expect((await refresh(first, optIn)).json.x_refresh_token_hard_expires_in).toBe(157_788_000);
    let token = first;
    for (let day = 100; day <= 1800; day += 100) {
      later(day * 24 * HOUR);
      token = (await refresh(token)).json.refresh_token;
    }
    const last = await refresh(token, optIn);
    expect(last.json.x_refresh_token_hard_expires_in).toBe(157_788_000 - 1800 * 86_400);
    expect(last.json.x_refresh_token_expires_in).toBe(157_788_000 - 1800 * 86_400);
    later(157_788_000_000);
    expect((await refresh(token)).json.error).toBe('invalid_grant');
    const idle = await stand();
    const { refresh_token: forgotten } = await idle.connect();
    idle.clock.set(new Date(Date.parse(START) + 102 * 24 * HOUR));
    const late = await tokenCall(idle.app, { grant_type: 'refresh_token', refresh_token: forgotten });
    expect(late.json.error).toBe('invalid_grant');
    await idle.app.close();
  });

  test('a wrong secret is 401 invalid_client', async () => {
    const wrong = { authorization: 'Basic eDp5' };
    const answer = await refresh('x', wrong);
    expect([answer.status, answer.json]).toEqual([401, { error: 'invalid_client' }]);
  });

  test('revoking takes JSON and ends both tokens; disconnecting inside QuickBooks does the same', async () => {
    for (const end of ['revoke', 'disconnect']) {
      const token = await it.connect();
      const call = () =>
        it.app.inject({
          method: 'GET',
          url: `/intuit/v3/company/${REALM}/preferences`,
          headers: { authorization: `Bearer ${token.access_token}`, accept: 'application/json' },
        });
      expect((await call()).statusCode).toBe(200);
      if (end === 'disconnect') await it.ctx.vendors.disconnect('intuit', REALM);
      else {
        const answer = await it.app.inject({
          method: 'POST',
          url: '/intuit/v2/oauth2/tokens/revoke',
          headers: { authorization: BASIC },
          payload: { token: token.refresh_token },
        });
        expect(answer.statusCode).toBe(200);
      }
      expect((await call()).statusCode).toBe(401);
      expect((await refresh(token.refresh_token)).json.error).toBe('invalid_grant');
    }
  });

  test('a fault ordered for one company refuses its refresh once', async () => {
    const token = await it.connect();
    it.ctx.faults.order({
      vendor: 'intuit',
      companyId: REALM,
      match: '/tokens/bearer',
      kind: 'token_invalid_grant',
    });
    expect((await refresh(token.refresh_token)).json.error).toBe('invalid_grant');
    expect((await refresh(token.refresh_token)).status).toBe(200);
  });
});
