import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { readSandboxConfig } from '../../sandbox/config.ts';
import { buildSandbox } from '../../sandbox/server.ts';
import { Receiver } from './intuit-receiver.ts';
import { ACCOUNTING, consent, type Json, REDIRECT, tokenCall } from './intuit-support.ts';

describe("Intuit's side of the control address", () => {
  let duly: Receiver;
  let app: FastifyInstance;
  let realm: string;
  let token: Json;
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object) => {
    const answer = await app.inject({
      method,
      url: `/control${url}`,
      ...(body !== undefined && { payload: body }),
    });
    return { status: answer.statusCode, json: answer.payload === '' ? undefined : answer.json() };
  };
  const api = async (path: string, access = token.access_token) =>
    await app.inject({
      url: `/intuit/v3/company/${realm}${path}`,
      headers: { authorization: `Bearer ${access}`, accept: 'application/json' },
    });
  const query = async (text: string) => (await api(`/query?query=${encodeURIComponent(text)}`)).json();

  beforeAll(async () => {
    duly = await Receiver.open();
    const built = await buildSandbox(readSandboxConfig({ DULY_URL: duly.url }));
    app = built.app;
    realm = built.context.books.companies().find((one) => one.vendor === 'intuit')?.id ?? '';
    const code = (await consent(app, ACCOUNTING, { realm })).searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
    token = (await tokenCall(app, form)).json;
  });
  afterAll(async () => {
    await app.close();
    await duly.close();
  });

  test('the log of requests says who asked what, how much went out and how many ran at once', async () => {
    await call('DELETE', '/requests');
    await call('POST', '/faults', { vendor: 'intuit', companyId: realm, kind: 'delay', ms: 60, times: 2 });
    await Promise.all([query('select count(*) from Invoice'), query('select count(*) from Customer')]);
    const { json } = await call('GET', `/requests?vendor=intuit&companyId=${realm}&match=/query`);
    expect(json).toHaveLength(2);
    expect(json[0]).toMatchObject({ method: 'GET', status: 200, companyId: realm });
    const asked = json.map((one: Json) => one.query.query).sort();
    expect(asked).toEqual(['select count(*) from Customer', 'select count(*) from Invoice']);
    expect(json[0].bytesOut).toBeGreaterThan(50);
    expect(json.map((one: Json) => one.inFlight).sort()).toEqual([1, 2]);
    expect((await call('GET', '/requests?method=POST')).json).toEqual([]);
  });

  test('tokens end at once by a kind of fault; a company that is not there is refused', async () => {
    const order = { vendor: 'intuit', kind: 'expire_tokens' };
    expect((await call('POST', '/faults', { ...order, companyId: realm })).json).toEqual({
      done: 'expire_tokens',
    });
    expect((await api('/preferences')).statusCode).toBe(401);
    const form = { grant_type: 'refresh_token', refresh_token: token.refresh_token };
    token = (await tokenCall(app, form)).json;
    expect((await api('/preferences')).statusCode).toBe(200);
    expect((await call('POST', '/faults', order)).status).toBe(400);
    expect((await call('POST', '/faults', { ...order, companyId: '404' })).status).toBe(404);
    expect((await call('GET', '/faults')).json).toEqual([]);
  });

  test('settings, limits and the switch of webhooks are read and changed', async () => {
    const settings = `/intuit/settings/${realm}`;
    expect((await call('GET', settings)).json).toMatchObject({ paymentsOn: true, requestIdHours: null });
    expect((await call('PUT', settings, { paymentsOn: false })).json.paymentsOn).toBe(false);
    expect((await call('PUT', '/intuit/limits', { month: 3 })).json).toMatchObject({ month: 3, minute: 500 });
    expect((await call('PUT', '/intuit/limits', {})).json.month).toBe(500_000);
    expect((await call('PUT', '/intuit/webhooks', { on: false })).json).toEqual({ on: false, waiting: 0 });
    expect((await call('PUT', '/intuit/webhooks', { on: true })).json.on).toBe(true);
  });

  test('webhooks are held, released and made up', async () => {
    const [customer] = (await call('GET', `/companies/${realm}/customers`)).json;
    const { json } = await call('POST', '/faults', { vendor: 'intuit', kind: 'webhook_hold' });
    await call('POST', `/companies/${realm}/invoices`, { customerId: customer.id, totalMinor: 5000 });
    await call('POST', '/webhooks/flush');
    expect(duly.rung).toHaveLength(0);
    expect((await call('DELETE', `/faults/${json.id}`)).status).toBe(404);
    await call('POST', '/webhooks/release');
    expect(duly.kinds).toEqual([expect.stringMatching(/^qbo\.invoice\.created\.v1 /)]);
    const made = {
      vendor: 'intuit',
      events: [{ realmId: '404', entity: 'Payment', entityId: '1', verb: 'deleted' }],
    };
    expect((await call('POST', '/webhooks/send', made)).json).toEqual({ status: 200 });
    expect(duly.kinds[1]).toBe('qbo.payment.deleted.v1 1');
    expect((await call('POST', '/webhooks/send', { ...made, vendor: 'postmark' })).status).toBe(400);
  });

  test('two thousand invoices are made in one change, all or none', async () => {
    const [customer] = (await call('GET', `/companies/${realm}/customers`)).json;
    const count = async () => (await query('select count(*) from Invoice')).QueryResponse.totalCount;
    const before = await count();
    const rows = Array.from({ length: 2000 }, (_, at) => ({ customerId: customer.id, totalMinor: 100 + at }));
    const wrong = [...rows.slice(0, 5), { customerId: '404', totalMinor: 1 }];
    expect((await call('POST', `/companies/${realm}/invoices`, wrong)).status).toBe(404);
    expect(await count()).toBe(before);
    const made = await call('POST', `/companies/${realm}/invoices`, rows);
    expect([made.status, made.json.length, await count()]).toEqual([201, 2000, before + 2000]);
    const { QueryResponse } = await query(
      'select * from Invoice orderby Id startposition 1001 maxresults 1000',
    );
    expect(QueryResponse).toMatchObject({ startPosition: 1001, maxResults: 1000 });
  });
});
