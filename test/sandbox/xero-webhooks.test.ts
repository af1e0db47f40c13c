import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { xeroHookJudge } from '../../sandbox/xero/validate/hooks.ts';
import { folder, hasOfficial } from './xero-official.ts';
import { TENANT, XeroBench } from './xero-support.ts';

interface Call {
  good: boolean;
  body: {
    events: { eventCategory: string; eventType: string; resourceId: string; eventDateUtc: string }[];
    firstEventSequence: number;
    lastEventSequence: number;
  };
}

describe('Xero: the doorbell', () => {
  let bench: XeroBench;
  let server: Server;
  let calls: Call[] = [];
  let status: number | undefined;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        const raw = Buffer.concat(parts);
        const good =
          createHmac('sha256', 'sandbox-xero-webhook').update(raw).digest('base64') ===
          request.headers['x-xero-signature'];
        calls.push({ good, body: JSON.parse(raw.toString()) });
        response.writeHead(status ?? (good ? 200 : 401)).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    bench = await XeroBench.open({ DULY_URL: `http://127.0.0.1:${port}` });
  });
  beforeEach(() => {
    calls = [];
    status = undefined;
  });
  afterAll(async () => {
    await bench.app.close();
    server.close();
  });

  test('nobody is rung for an organisation that is not connected', async () => {
    bench.addCustomer('Nobody yet');
    await bench.ctx.vendors.flush();
    expect(calls).toEqual([]);
  });

  test('intent to receive: empty events, some signed wrongly', async () => {
    const response = await fetch(`${bench.url}/control/xero/intent-to-receive`, { method: 'POST' });
    expect(await response.json()).toMatchObject({ ok: true });
    expect(calls.some((each) => each.good) && calls.some((each) => !each.good)).toBe(true);
    expect(calls[0]?.body).toMatchObject({ events: [], firstEventSequence: 0, lastEventSequence: 0 });
  });

  test('an invoice is announced when made and again when paid, with a sequence that has no gaps', async () => {
    await bench.connect();
    const customer = bench.addCustomer();
    const invoice = bench.addInvoice(customer, 10_000);
    await bench.ctx.vendors.flush();
    bench.pay(invoice, 4_000);
    await bench.ctx.vendors.flush();
    expect(calls.every((each) => each.good)).toBe(true);
    const events = calls.flatMap((each) => each.body.events);
    expect(events.map((each) => `${each.eventCategory} ${each.eventType}`)).toEqual([
      'CONTACT CREATE',
      'INVOICE CREATE',
      'INVOICE UPDATE',
    ]);
    expect(events[2]).toMatchObject({
      resourceId: invoice.id,
      tenantId: TENANT,
      eventDateUtc: '2026-11-20T09:00:00.000',
    });
    expect(calls[1]?.body.firstEventSequence).toBe((calls[0]?.body.lastEventSequence ?? 0) + 1);
  });

  test('a credit note says what it is', async () => {
    const customer = bench.ctx.books.customers(TENANT)[0]?.id ?? '';
    bench.ctx.books.addCredit(TENANT, {
      customerId: customer,
      kind: 'credit_note',
      number: 'CN-9',
      date: '2026-11-02',
      currency: 'NZD',
      totalMinor: 500,
      status: 'open',
    });
    await bench.ctx.vendors.flush();
    expect(calls.flatMap((each) => each.body.events)).toMatchObject([
      {
        eventCategory: 'CREDITNOTE',
        eventType: 'CREATE',
        data: { Type: 'ACCRECCREDIT', Status: 'AUTHORISED' },
      },
    ]);
  });

  test('a call that fails is made again, in order, and nothing is lost', async () => {
    status = 503;
    const customer = bench.addCustomer('First');
    await bench.ctx.vendors.flush();
    const next = bench.addCustomer('Second');
    await bench.ctx.vendors.flush();
    status = undefined;
    calls = [];
    bench.later(16);
    await bench.ctx.vendors.flush();
    expect(calls.flatMap((each) => each.body.events.map((event) => event.resourceId))).toEqual([
      customer,
      next,
    ]);
  });

  test('prepayments and overpayments have categories of their own, and every body is as published', async () => {
    const customerId = bench.ctx.books.customers(TENANT)[0]?.id ?? '';
    for (const kind of ['prepayment', 'overpayment'] as const)
      bench.ctx.books.addCredit(TENANT, {
        customerId,
        kind,
        date: '2026-11-02',
        currency: 'NZD',
        totalMinor: 500,
        status: 'open',
      });
    await bench.ctx.vendors.flush();
    const events = calls.flatMap((each) => each.body.events);
    expect(events.map((each) => each.eventCategory)).toEqual(['PREPAYMENT', 'OVERPAYMENT']);
    if (hasOfficial) {
      const judge = xeroHookJudge(folder);
      expect(calls.flatMap((each) => judge(JSON.stringify(each.body)))).toEqual([]);
      expect(judge('{"events":[{"eventCategory":"INVOICE","invoiceNo":1}]}')).not.toEqual([]);
    }
  });

  test('a made-up webhook is sent as ordered, signed rightly, wrongly or not at all', async () => {
    const send = async (order: object) => {
      const response = await fetch(`${bench.url}/control/webhooks/send`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ vendor: 'xero', ...order }),
      });
      return ((await response.json()) as { status: number }).status;
    };
    const events = [
      { tenantId: TENANT, category: 'INVOICE', resourceId: '00000000-0000-4000-8000-000000000000' },
    ];
    expect(await send({ events })).toBe(200);
    expect(await send({ events, signature: 'wrong' })).toBe(401);
    expect(await send({ events, signature: 'none' })).toBe(401);
    expect(calls.map((each) => each.body.events[0]?.resourceId)).toEqual(
      Array(3).fill('00000000-0000-4000-8000-000000000000'),
    );
  });

  test('an address that fails for a day is switched off until somebody switches it on again', async () => {
    status = 500;
    bench.addCustomer('Unheard');
    await bench.ctx.vendors.flush();
    bench.later(25 * 60);
    await bench.ctx.vendors.flush();
    status = undefined;
    calls = [];
    bench.addCustomer('Not told');
    await bench.ctx.vendors.flush();
    expect(calls).toEqual([]);
    await fetch(`${bench.url}/control/xero/webhooks`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"on":true}',
    });
    bench.addCustomer('Told');
    await bench.ctx.vendors.flush();
    expect(calls).toHaveLength(1);
  });
});
