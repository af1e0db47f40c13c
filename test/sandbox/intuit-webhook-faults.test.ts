import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runtimeOf } from '../../sandbox/intuit/runtime.ts';
import { changeSettings } from '../../sandbox/intuit/settings.ts';
import { Receiver } from './intuit-receiver.ts';
import { addCustomer, addInvoice, REALM, START, type Stand, stand } from './intuit-support.ts';

let duly: Receiver;
let it: Stand;

beforeEach(async () => {
  duly = await Receiver.open();
  it = await stand({ DULY_URL: duly.url });
});
afterEach(async () => {
  await it.app.close();
  await duly.close();
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
    expect(duly.rung).toHaveLength(2);
    expect(duly.rung[1]?.body).toBe(duly.rung[0]?.body);
    addCustomer(it.books, 'Halvorsen');
    await flush();
    expect(duly.rung).toHaveLength(3);
  });

  test('come in the wrong order, one event a call', async () => {
    order('webhook_reverse');
    const customer = addCustomer(it.books, 'Ridgeway');
    const { id } = addInvoice(it.books, customer, 100);
    await flush();
    expect(duly.rung).toHaveLength(2);
    expect(duly.kinds).toEqual([`qbo.invoice.created.v1 ${id}`, `qbo.customer.created.v1 ${customer}`]);
  });

  test('are held back until they are released, and later ones overtake them', async () => {
    order('webhook_hold');
    const first = addCustomer(it.books, 'Ridgeway');
    await flush();
    const second = addCustomer(it.books, 'Halvorsen');
    await flush();
    expect(duly.kinds).toEqual([`qbo.customer.created.v1 ${second}`]);
    it.ctx.vendors.release();
    await flush();
    expect(duly.kinds[1]).toBe(`qbo.customer.created.v1 ${first}`);
  });

  test('are lost, or come later', async () => {
    order('webhook_lose');
    addCustomer(it.books, 'Ridgeway');
    await flush();
    expect(duly.rung).toHaveLength(0);
    order('webhook_delay', { ms: 60_000 });
    addCustomer(it.books, 'Halvorsen');
    while (runtimeOf(it.ctx).doorbell.waiting() === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(duly.rung).toHaveLength(0);
    it.clock.set(new Date(Date.parse(START) + 61_000));
    await duly.rings(1);
  });

  test('are given up after 20, 30 and 50 minutes of failing, at once when the answer is 400', async () => {
    duly.answers = [400, 503, 502, 500, 503];
    addCustomer(it.books, 'Refused');
    await duly.rings(1);
    addCustomer(it.books, 'Ridgeway');
    await duly.rings(2);
    for (const [minutes, calls] of [
      [20, 3],
      [50, 4],
      [100, 5],
      [200, 5],
    ] as const) {
      it.clock.set(new Date(Date.parse(START) + minutes * 60_000));
      await flush();
      await duly.rings(calls);
    }
  });

  test('stop when every call of a day failed, until somebody switches them on again', async () => {
    const { doorbell } = runtimeOf(it.ctx);
    duly.answers = [503, 503];
    addCustomer(it.books, 'Ridgeway');
    await flush();
    it.clock.set(new Date(Date.parse(START) + 24 * 3_600_000));
    await flush();
    expect(doorbell.endpoint.off).toBe(true);
    await flush();
    const before = duly.rung.length;
    addCustomer(it.books, 'Halvorsen');
    await flush();
    expect(duly.rung).toHaveLength(before);
    doorbell.endpoint.switch(false);
    addCustomer(it.books, 'Moor');
    await flush();
    expect(duly.rung).toHaveLength(before + 1);
  });

  test('are sent again when the receiver takes longer than three seconds', async () => {
    duly.hangs = 1;
    addCustomer(it.books, 'Ridgeway');
    await flush();
    expect(duly.rung).toHaveLength(1);
    expect(runtimeOf(it.ctx).doorbell.waiting()).toBe(1);
    await flush();
    expect(duly.rung[1]?.body).toBe(duly.rung[0]?.body);
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
    expect(duly.rung.map((one) => one.headers['content-type'])).toEqual(
      isList ? [contentType] : [contentType, contentType],
    );
    expect(Array.isArray(JSON.parse(duly.rung[0]?.body ?? ''))).toBe(isList);
  });

  test('the classic form prints the time of Intuit, its offset without a colon', async () => {
    changeSettings(it.ctx.store, REALM, { webhookFormat: 'classic' });
    await it.connect();
    addCustomer(it.books, 'Ridgeway');
    await it.ctx.vendors.flush();
    const [{ dataChangeEvent }] = JSON.parse(duly.rung[0]?.body ?? '{}').eventNotifications;
    expect(dataChangeEvent.entities[0].lastUpdated).toBe('2026-11-20T10:00:00-0800');
  });

  test('a made-up call may name an unknown company, be signed wrongly or not at all, or be no JSON', async () => {
    const send = (more: object) => it.ctx.vendors.sendHook('intuit', more);
    duly.answers = [200, 401, 401, 400];
    const made = { events: [{ realmId: '1', entity: 'Invoice', entityId: '9', verb: 'deleted' }] };
    expect(await send(made)).toBe(200);
    expect(duly.events[0]).toMatchObject({ type: 'qbo.invoice.deleted.v1', intuitaccountid: '1' });
    expect(await send({ ...made, signature: 'wrong' })).toBe(401);
    expect(await send({ ...made, signature: 'none', format: 'classic' })).toBe(401);
    expect(duly.rung[2]?.headers['intuit-signature']).toBeUndefined();
    expect(await send({ raw: '{', contentType: 'text/plain' })).toBe(400);
    expect([duly.rung[3]?.body, duly.rung[3]?.headers['content-type']]).toEqual(['{', 'text/plain']);
  });
});
