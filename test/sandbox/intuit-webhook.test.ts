import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { changeSettings } from '../../sandbox/intuit/settings.ts';
import { Receiver } from './intuit-receiver.ts';
import { addCustomer, addInvoice, pay, REALM, START, type Stand, stand } from './intuit-support.ts';

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

describe('webhooks of Intuit', () => {
  test('are CloudEvents, signed over their bytes, several changes in one call', async () => {
    await it.connect();
    const customer = addCustomer(it.books, 'Ridgeway');
    const invoice = addInvoice(it.books, customer, 100);
    await it.ctx.vendors.flush();
    expect(duly.rung).toHaveLength(1);
    const [call] = duly.rung;
    expect(call?.headers['content-type']).toBe('application/cloudevents+json');
    const sign = createHmac('sha256', 'sandbox-intuit-webhook').update(call?.body ?? '');
    expect(call?.headers['intuit-signature']).toBe(sign.digest('base64'));
    expect(duly.kinds).toEqual([
      `qbo.customer.created.v1 ${customer}`,
      `qbo.invoice.created.v1 ${invoice.id}`,
    ]);
    expect(duly.events[0]).toMatchObject({ specversion: '1.0', intuitaccountid: REALM, data: {} });
    expect(duly.events[0].time).toMatch(/^2026-11-20T18:00:00\.\d{9}Z$/);
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
    expect(duly.kinds).toEqual([`qbo.payment.created.v1 ${payment}`, `qbo.invoice.updated.v1 ${invoice.id}`]);
    duly.rung.length = 0;
    const row = { sourceKind: 'credit', sourceId: memo.id, invoiceId: invoice.id, amountMinor: 30 } as const;
    const part = it.books.allocate(REALM, { ...row, date: '2026-11-20' });
    await it.ctx.vendors.flush();
    expect(duly.kinds.sort()).toEqual(
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
    expect(duly.rung).toHaveLength(0);
  });

  test("the app's own writes come back as events, a deleted object last as deleted", async () => {
    const { id } = addInvoice(it.books, addCustomer(it.books, 'Ridgeway'), 100);
    await it.connect();
    await it.api('POST', '/invoice?operation=void', { Id: id, SyncToken: '0' });
    await it.api('POST', '/invoice?operation=delete', { Id: id, SyncToken: '1' });
    await it.ctx.vendors.flush();
    expect(duly.kinds).toEqual([`qbo.invoice.voided.v1 ${id}`, `qbo.invoice.deleted.v1 ${id}`]);
  });

  test('a refused call is sent again after 20 minutes with the same bytes; calls come by themselves', async () => {
    await it.connect();
    duly.answers = [503];
    addCustomer(it.books, 'Ridgeway');
    await duly.rings(1);
    const tries = () => [...it.ctx.store.all<{ attempts: number }>('intuit.webhook-call').values()];
    while (tries()[0]?.attempts !== 1) await new Promise((resolve) => setTimeout(resolve, 10));
    it.clock.set(new Date(Date.parse(START) + 20 * 60_000));
    await duly.rings(2);
    expect(duly.rung[1]?.body).toBe(duly.rung[0]?.body);
  });

  test('a merge in the classic form names both customers', async () => {
    changeSettings(it.ctx.store, REALM, { webhookFormat: 'classic' });
    const [gone, stays] = [addCustomer(it.books, 'Ridgeway'), addCustomer(it.books, 'Ridgeway Ltd')];
    await it.connect();
    it.books.mergeCustomer(REALM, gone, stays);
    await it.ctx.vendors.flush();
    const body = JSON.parse(duly.rung[0]?.body ?? '{}');
    expect(body.eventNotifications[0]).toMatchObject({
      realmId: REALM,
      dataChangeEvent: {
        entities: [{ name: 'Customer', id: stays, operation: 'Merge', deletedId: gone }, {}],
      },
    });
  });
});

describe('a killed sandbox', () => {
  test('comes up with its tokens, answers to requestids and waiting webhooks', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'intuit-'));
    const env = { DATA_DIR: dir, DULY_URL: duly.url };
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
    expect(duly.kinds).toContain(`qbo.invoice.created.v1 ${invoice.id}`);
    await after.app.close();
    rmSync(dir, { recursive: true });
  });
});
