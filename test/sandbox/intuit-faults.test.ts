import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runtimeOf } from '../../sandbox/intuit/runtime.ts';
import {
  ACCOUNTING,
  addCustomer,
  addInvoice,
  consent,
  REALM,
  REDIRECT,
  START,
  type Stand,
  stand,
  tokenCall,
} from './intuit-support.ts';

let it: Stand;
const later = (minutes: number) => it.clock.set(new Date(Date.parse(START) + minutes * 60_000));
const order = (kind: string, more = {}) => it.ctx.faults.order({ vendor: 'intuit', kind, ...more });
const prefs = (headers = {}) => it.api('GET', '/preferences', undefined, headers);

beforeEach(async () => {
  it = await stand();
  // the token is there before any fault is
  await prefs();
});
afterEach(() => it.app.close());

describe("errors in Intuit's own words, on request", () => {
  test.each([
    ['stale', 400, '5010', 'ValidationFault'],
    ['closed_period', 400, '6210', 'ValidationFault'],
    ['suspended', 400, '6190', 'ValidationFault'],
    ['gone', 400, '610', 'ValidationFault'],
    ['system', 500, '10000', 'SystemFault'],
    ['fault_200', 200, '10000', 'SystemFault'],
    ['throttle', 429, '3001', 'SERVICE'],
  ])('%s is status %d with code %s', async (kind, status, code, type) => {
    order(kind);
    const answer = await prefs();
    expect([answer.status, answer.json.Fault.Error[0].code, answer.json.Fault.type]).toEqual([
      status,
      code,
      type,
    ]);
    expect(answer.headers['retry-after']).toBeUndefined();
    expect(answer.headers.intuit_tid).toBeDefined();
    expect((await prefs()).status).toBe(200);
  });

  test.each([
    ['api_401', 401, '3200'],
    ['api_403', 403, '3100'],
  ])('%s is the lower-case fault of the gateway', async (kind, status, code) => {
    order(kind);
    const { json, ...answer } = await prefs();
    expect([answer.status, json.fault.error[0].code, json.warnings]).toEqual([status, code, null]);
    expect(typeof json.time).toBe('number');
    order(`${kind}_xml`);
    const xml = await prefs();
    expect([xml.status, xml.headers['content-type']]).toEqual([status, 'application/xml;charset=UTF-8']);
    expect(xml.text).toContain(`<Error code="${code}"`);
  });

  test('a throttle carries a Retry-After only when it is ordered, in any form', async () => {
    order('throttle', { headers: { 'retry-after': 'Fri, 20 Nov 2026 18:01:00 GMT' } });
    expect((await prefs()).headers['retry-after']).toBe('Fri, 20 Nov 2026 18:01:00 GMT');
  });

  test('an HTML page and a cut answer carry intuit_tid too', async () => {
    order('html', { status: 503 });
    const page = await prefs();
    expect([page.status, page.text]).toEqual([503, expect.stringContaining('<html>')]);
    expect(page.headers.intuit_tid).toBeDefined();
    order('truncate');
    await expect(prefs()).rejects.toThrow(SyntaxError);
  });

  test('a wrong client and a dead refresh token are said by the token address alone', async () => {
    order('token_invalid_client');
    expect((await prefs()).status).toBe(200);
    const form = { grant_type: 'refresh_token', refresh_token: 'x' };
    expect((await tokenCall(it.app, form)).json).toEqual({ error: 'invalid_client' });
  });
});

describe('the end of tokens', () => {
  test('access tokens end on request while refreshing goes on, and the other way round', async () => {
    const token = await it.connect();
    const own = { authorization: `Bearer ${token.access_token}` };
    expect((await prefs(own)).status).toBe(200);
    await it.ctx.vendors.act('intuit', 'expire_tokens', REALM);
    const expired = await prefs(own);
    expect([expired.status, expired.json.fault.error[0].code]).toEqual([401, '3200']);
    const form = { grant_type: 'refresh_token', refresh_token: token.refresh_token };
    const fresh = await tokenCall(it.app, form);
    const next = { authorization: `Bearer ${fresh.json.access_token}` };
    expect((await prefs(next)).status).toBe(200);
    await it.ctx.vendors.act('intuit', 'expire_refresh', REALM);
    expect((await tokenCall(it.app, form)).json.error).toBe('invalid_grant');
    expect((await prefs(next)).status).toBe(200);
    later(60);
    expect((await prefs(next)).status).toBe(401);
  });

  test('two people connect the same company: a disconnect inside QuickBooks ends both', async () => {
    const tokens: string[] = [];
    for (const user of ['6f1d2c0a-53b7-4c1e-9f6e-2d1b7a9c4e10', 'b84e0d3f-9a26-4f57-8c11-70e5d2f3a6b9']) {
      const code = (await consent(it.app, ACCOUNTING, { user })).searchParams.get('code') ?? '';
      const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
      tokens.push((await tokenCall(it.app, form)).json.refresh_token);
    }
    const refreshed = () =>
      Promise.all(
        tokens.map(
          async (refresh_token) =>
            (await tokenCall(it.app, { grant_type: 'refresh_token', refresh_token })).status,
        ),
      );
    expect(await refreshed()).toEqual([200, 200]);
    await it.ctx.vendors.disconnect('intuit', REALM);
    expect(await refreshed()).toEqual([400, 400]);
  });

  test('a token for one company is refused by another that the person picks on reconnect', async () => {
    const other = '9130357766911111';
    it.books.addCompany({ ...it.books.company(REALM), id: other, name: 'Second Books' });
    const back = await consent(it.app, ACCOUNTING, { realm: other });
    expect(back.searchParams.get('realmId')).toBe(other);
    const code = back.searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
    const { access_token } = (await tokenCall(it.app, form)).json;
    const answer = await prefs({ authorization: `Bearer ${access_token}` });
    expect([answer.status, answer.json.fault.error[0].code]).toEqual([403, '3100']);
  });

  test('the discovery document stands under an underscore and offers no PKCE', async () => {
    const found = await it.app.inject({ url: '/intuit/.well-known/openid_configuration' });
    expect(found.json()).toMatchObject({ issuer: 'https://oauth.platform.intuit.com/op/v1' });
    expect(found.json()).not.toHaveProperty('code_challenge_methods_supported');
    expect((await it.app.inject({ url: '/intuit/.well-known/openid-configuration' })).statusCode).toBe(404);
  });
});

describe('limits', () => {
  test('the month ends for reads of the whole app, not for notes, and the next one begins afresh', async () => {
    const { limits } = runtimeOf(it.ctx);
    const invoice = addInvoice(it.books, addCustomer(it.books, 'Ridgeway'), 100);
    limits.set({ month: 2 });
    await prefs();
    await it.query('SELECT * FROM Invoice');
    const over = await prefs();
    expect([over.status, over.json.Fault.Error[0].code, over.headers['retry-after']]).toEqual([
      429,
      '3001',
      undefined,
    ]);
    expect(over.json.Fault.Error[0].Detail).toContain('monthly limit');
    const note = { AttachableRef: [{ EntityRef: { type: 'Invoice', value: invoice.id } }], Note: 'n' };
    expect((await it.api('POST', '/attachable', note)).status).toBe(200);
    expect(limits.state()).toEqual({ minute: 500, concurrent: 10, month: 2, readsThisMonth: 2 });
    it.clock.set(new Date('2026-12-01T00:00:00Z'));
    const { access_token } = await it.connect();
    expect((await prefs({ authorization: `Bearer ${access_token}` })).status).toBe(200);
  });

  test('a lower minute and fewer at once are refused above that', async () => {
    runtimeOf(it.ctx).limits.set({ minute: 2 });
    expect([await prefs(), await prefs(), await prefs()].map((one) => one.status)).toEqual([200, 200, 429]);
    runtimeOf(it.ctx).limits.set({ minute: 500, concurrent: 1 });
    order('delay', { ms: 40 });
    const both = await Promise.all([prefs(), prefs()]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 429]);
    runtimeOf(it.ctx).limits.set({});
    expect(runtimeOf(it.ctx).limits.state()).toMatchObject({ minute: 500, concurrent: 10 });
  });
});
