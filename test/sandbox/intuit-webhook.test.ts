import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runtimeOf } from '../../sandbox/intuit/runtime.ts';
import { changeSettings } from '../../sandbox/intuit/settings.ts';
import {
  addCustomer,
  addInvoice,
  type Json,
  pay,
  REALM,
  START,
  type Stand,
  stand,
} from './intuit-support.ts';

interface Rung {
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

let duly: Server;
let url: string;
let rung: Rung[];
let answerWith: number[];
/** So many calls are never answered. */
let hangs: number;
let it: Stand;

beforeEach(async () => {
  rung = [];
  answerWith = [];
  hangs = 0;
  duly = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      rung.push({ headers: request.headers, body });
      if (hangs-- > 0) return;
      response.writeHead(answerWith.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => duly.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(duly.address() as AddressInfo).port}`;
  it = await stand({ DULY_URL: url });
});
afterEach(async () => {
  await it.app.close();
  duly.closeAllConnections();
  await new Promise((resolve) => duly.close(resolve));
});

/** Waits until Duly was rung so often. */
async function rings(times: number): Promise<void> {
  for (let waited = 0; rung.length < times && waited < 5000; waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(rung).toHaveLength(times);
}

const events = () => rung.flatMap((one) => JSON.parse(one.body) as Json[]);
const kinds = () => events().map((one) => `${one.type} ${one.intuitentityid}`);

describe('webhooks of Intuit', () => {
  test('are CloudEvents, signed over their bytes, several changes in one call', async () => {
    await it.connect();
    const customer = addCustomer(it.books, 'Ridgeway');
    const invoice = addInvoice(it.books, customer, 100);
    await it.ctx.vendors.flush();
    expect(rung).toHaveLength(1);
    const [call] = rung;
    expect(call?.headers['content-type']).toBe('application/cloudevents+json');
    const sign = createHmac('sha256', 'sandbox-intuit-webhook').update(call?.body ?? '');
    expect(call?.headers['intuit-signature']).toBe(sign.digest('base64'));
    expect(kinds()).toEqual([`qbo.customer.created.v1 ${customer}`, `qbo.invoice.created.v1 ${invoice.id}`]);
    expect(events()[0]).toMatchObject({ specversion: '1.0', intuitaccountid: REALM, data: {} });
    expect(events()[0].time).toMatch(/^2026-11-20T18:00:00\.\d{9}Z$/);
  });

  test('a payment rings for itself and its invoice, an applied credit for payment, memo and invoice', async () => {
    const customer = addCustomer(it.books, 'Ridgeway');
    const invoice = addInvoice(it.books, customer, 100);
    const memo = it.books.addCredit(REALM, {
      customerId: customer,
      kind: 'credit_note',
      date: '2026-11-20',
      currency: 'USD',
      totalMinor: 30,
      status: 'open',
    });
    await it.connect();
    const payment = pay(it.books, customer, 50, [{ invoiceId: invoice.id, amountMinor: 50 }]);
    await it.ctx.vendors.flush();
    expect(kinds()).toEqual([`qbo.payment.created.v1 ${payment}`, `qbo.invoice.updated.v1 ${invoice.id}`]);
    rung = [];
    const row = { sourceKind: 'credit', sourceId: memo.id, invoiceId: invoice.id, amountMinor: 30 } as const;
    const part = it.books.allocate(REALM, { ...row, date: '2026-11-20' });
    await it.ctx.vendors.flush();
    expect(kinds().sort()).toEqual(
      [
        `qbo.creditmemo.updated.v1 ${memo.id}`,
        `qbo.invoice.updated.v1 ${invoice.id}`,
        `qbo.payment.created.v1 ${part.id}`,
      ].sort(),
    );
  });

  test("the app's own notes and companies that are not connected ring nothing", async () => {
    const customer = addCustomer(it.books, 'Ridgeway');
    const invoice = addInvoice(it.books, customer, 100);
    await it.ctx.vendors.flush();
    const ref = { EntityRef: { type: 'Invoice', value: invoice.id } };
    await it.api('POST', '/attachable', { AttachableRef: [ref], Note: 'n' });
    await it.ctx.vendors.flush();
    expect(rung).toHaveLength(0);
  });

  test('a refused call is sent again after 20 minutes with the same bytes; calls come by themselves', async () => {
    await it.connect();
    answerWith = [503];
    addCustomer(it.books, 'Ridgeway');
    await rings(1);
    it.clock.set(new Date(Date.parse(START) + 20 * 60_000));
    await rings(2);
    expect(rung[1]?.body).toBe(rung[0]?.body);
  });

  test('a merge in the classic form names both customers', async () => {
    changeSettings(it.ctx.store, REALM, { webhookFormat: 'classic' });
    const [gone, stays] = [addCustomer(it.books, 'Ridgeway'), addCustomer(it.books, 'Ridgeway Ltd')];
    await it.connect();
    it.books.mergeCustomer(REALM, gone, stays);
    await it.ctx.vendors.flush();
    const body = JSON.parse(rung[0]?.body ?? '{}');
    expect(body.eventNotifications[0]).toMatchObject({
      realmId: REALM,
      dataChangeEvent: {
        entities: [{ name: 'Customer', id: stays, operation: 'Merge', deletedId: gone }, {}],
      },
    });
  });
});

describe('webhooks that go wrong', () => {
  const order = (kind: string, more = {}) =>
    it.ctx.faults.order({ vendor: 'intuit', companyId: REALM, kind, ...more });
  const flush = () => it.ctx.vendors.flush();
  beforeEach(async () => {
    await it.connect();
  });

  test('come twice with the same ids, and then no more', async () => {
    order('webhook_duplicate');
    addCustomer(it.books, 'Ridgeway');
    await flush();
    expect(rung).toHaveLength(2);
    expect(rung[1]?.body).toBe(rung[0]?.body);
    addCustomer(it.books, 'Halvorsen');
    await flush();
    expect(rung).toHaveLength(3);
  });

  test('come in the wrong order, one event a call', async () => {
    order('webhook_reverse');
    const customer = addCustomer(it.books, 'Ridgeway');
    const { id } = addInvoice(it.books, customer, 100);
    await flush();
    expect(rung).toHaveLength(2);
    expect(kinds()).toEqual([`qbo.invoice.created.v1 ${id}`, `qbo.customer.created.v1 ${customer}`]);
  });

  test('are held back until they are released, and later ones overtake them', async () => {
    order('webhook_hold');
    const first = addCustomer(it.books, 'Ridgeway');
    await flush();
    const second = addCustomer(it.books, 'Halvorsen');
    await flush();
    expect(kinds()).toEqual([`qbo.customer.created.v1 ${second}`]);
    it.ctx.vendors.release();
    await flush();
    expect(kinds()[1]).toBe(`qbo.customer.created.v1 ${first}`);
  });

  test('are lost, or come later', async () => {
    order('webhook_lose');
    addCustomer(it.books, 'Ridgeway');
    await flush();
    expect(rung).toHaveLength(0);
    order('webhook_delay', { ms: 60_000 });
    addCustomer(it.books, 'Halvorsen');
    while (runtimeOf(it.ctx).doorbell.waiting() === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(rung).toHaveLength(0);
    it.clock.set(new Date(Date.parse(START) + 61_000));
    await rings(1);
  });

  test('are given up after 20, 30 and 50 minutes of failing, at once when the answer is 400', async () => {
    answerWith = [400, 503, 502, 500, 503];
    addCustomer(it.books, 'Refused');
    await rings(1);
    addCustomer(it.books, 'Ridgeway');
    await rings(2);
    for (const [minutes, calls] of [
      [20, 3],
      [50, 4],
      [100, 5],
      [200, 5],
    ] as const) {
      it.clock.set(new Date(Date.parse(START) + minutes * 60_000));
      await flush();
      await rings(calls);
    }
  });

  test('stop when every call of a day failed, until somebody switches them on again', async () => {
    const { doorbell } = runtimeOf(it.ctx);
    answerWith = [503, 503];
    addCustomer(it.books, 'Ridgeway');
    await flush();
    it.clock.set(new Date(Date.parse(START) + 24 * 3_600_000));
    await flush();
    expect(doorbell.endpoint.off).toBe(true);
    await flush();
    const before = rung.length;
    addCustomer(it.books, 'Halvorsen');
    await flush();
    expect(rung).toHaveLength(before);
    doorbell.endpoint.switch(false);
    addCustomer(it.books, 'Moor');
    await flush();
    expect(rung).toHaveLength(before + 1);
  });

  test('are sent again when the receiver takes longer than three seconds', async () => {
    hangs = 1;
    addCustomer(it.books, 'Ridgeway');
    await flush();
    expect(rung).toHaveLength(1);
    expect(runtimeOf(it.ctx).doorbell.waiting()).toBe(1);
    await flush();
    expect(rung[1]?.body).toBe(rung[0]?.body);
    expect(runtimeOf(it.ctx).doorbell.waiting()).toBe(0);
  });
});

describe('forms of webhooks', () => {
  test.each([
    ['cloudevents_batch', 'application/cloudevents-batch+json; charset=utf-8', true],
    ['cloudevents_json', 'application/json', true],
    ['cloudevents_single', 'application/cloudevents+json; charset=utf-8', false],
  ] as const)('%s comes as %s', async (webhookFormat, contentType, isList) => {
    changeSettings(it.ctx.store, REALM, { webhookFormat });
    await it.connect();
    addCustomer(it.books, 'Ridgeway');
    addCustomer(it.books, 'Halvorsen');
    await it.ctx.vendors.flush();
    expect(rung.map((one) => one.headers['content-type'])).toEqual(
      isList ? [contentType] : [contentType, contentType],
    );
    expect(Array.isArray(JSON.parse(rung[0]?.body ?? ''))).toBe(isList);
  });

  test('the classic form prints the time of Intuit, its offset without a colon', async () => {
    changeSettings(it.ctx.store, REALM, { webhookFormat: 'classic' });
    await it.connect();
    addCustomer(it.books, 'Ridgeway');
    await it.ctx.vendors.flush();
    const [{ dataChangeEvent }] = JSON.parse(rung[0]?.body ?? '{}').eventNotifications;
    expect(dataChangeEvent.entities[0].lastUpdated).toBe('2026-11-20T10:00:00-0800');
  });

  test('a made-up call may name an unknown company, be signed wrongly or not at all, or be no JSON', async () => {
    const send = (more: object) => it.ctx.vendors.sendHook('intuit', more);
    answerWith = [200, 401, 401, 400];
    const made = { events: [{ realmId: '1', entity: 'Invoice', entityId: '9', verb: 'deleted' }] };
    expect(await send(made)).toBe(200);
    expect(events()[0]).toMatchObject({ type: 'qbo.invoice.deleted.v1', intuitaccountid: '1' });
    expect(await send({ ...made, signature: 'wrong' })).toBe(401);
    expect(await send({ ...made, signature: 'none', format: 'classic' })).toBe(401);
    expect(rung[2]?.headers['intuit-signature']).toBeUndefined();
    expect(await send({ raw: '{', contentType: 'text/plain' })).toBe(400);
    expect([rung[3]?.body, rung[3]?.headers['content-type']]).toEqual(['{', 'text/plain']);
  });
});

describe('a killed sandbox', () => {
  test('comes up with its tokens, answers to requestids and waiting webhooks', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'intuit-'));
    const env = { DATA_DIR: dir, DULY_URL: url };
    const before = await stand(env);
    const token = await before.connect();
    const customer = addCustomer(before.books, 'Ridgeway');
    const invoice = addInvoice(before.books, customer, 100);
    const body = { AttachableRef: [{ EntityRef: { type: 'Invoice', value: invoice.id } }], Note: 'n' };
    const first = await before.api('POST', '/attachable?requestid=r', body);
    await before.app.close();

    const after = await stand(env);
    expect((await after.api('POST', '/attachable?requestid=r', body)).json.Attachable).toEqual(
      first.json.Attachable,
    );
    expect(after.books.notes(REALM)).toHaveLength(1);
    const prefs = await after.api('GET', '/preferences', undefined, {
      authorization: `Bearer ${token.access_token}`,
    });
    expect(prefs.status).toBe(200);
    await after.ctx.vendors.flush();
    expect(kinds()).toContain(`qbo.invoice.created.v1 ${invoice.id}`);
    await after.app.close();
    rmSync(dir, { recursive: true });
  });
});
