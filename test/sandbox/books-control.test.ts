import { afterEach, describe, expect, it } from '@jest/globals';
import { readSandboxConfig, SandboxConfigError } from '../../sandbox/config.ts';
import { movedClock } from '../../sandbox/pages/clock.view.tsx';
import { buildSandbox } from '../../sandbox/server.ts';

type Sandbox = Awaited<ReturnType<typeof buildSandbox>>;
let sandbox: Sandbox | undefined;

async function started() {
  sandbox = await buildSandbox(readSandboxConfig({}));
  const { app, context } = sandbox;
  context.clock.set(new Date('2026-11-23T18:00:00Z'));
  const [intuit, xero] = context.books.companies();
  if (intuit === undefined || xero === undefined) throw new Error('no sample companies');
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) => {
    const answer = await app.inject({ method, url, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  };
  const form = (url: string, fields: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url,
      payload: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  return { app, context, call, form, intuit, xero };
}

afterEach(async () => {
  await sandbox?.app.close();
  sandbox = undefined;
});

describe('the control API', () => {
  it('makes a customer and an invoice, takes money for it, and gives it back', async () => {
    const { call, xero } = await started();
    const base = `/control/companies/${xero.id}`;
    const customer = await call('POST', `${base}/customers`, { name: 'Ada Ltd', email: 'ada@ada.example' });
    const customerId = customer.body.id;
    const invoice = await call('POST', `${base}/invoices`, {
      customerId,
      totalMinor: 12_345,
      date: '2026-10-01',
      number: 'T-1',
    });
    expect(invoice.body).toMatchObject({
      balanceMinor: 12_345,
      dueDate: '2026-10-31',
      currency: 'NZD',
      status: 'open',
    });
    const applyTo = [{ invoiceId: invoice.body.id, amountMinor: 12_345 }];
    const payment = await call('POST', `${base}/payments`, { applyTo });
    expect(payment).toMatchObject({
      status: 201,
      body: { totalMinor: 12_345, unallocatedMinor: 0, customerId },
    });
    expect((await call('POST', `${base}/payments`, { applyTo })).body.error).toBe('over_allocated');
    expect((await call('POST', `${base}/payments/${payment.body.id}/delete`)).body.status).toBe('deleted');
    const mended = await call('PATCH', `${base}/invoices/${invoice.body.id}`, {
      dueDate: null,
      sentAt: null,
    });
    expect(mended.body.balanceMinor).toBe(12_345);
    expect(mended.body).not.toHaveProperty('dueDate');
    const aged = (await call('GET', `${base}/aged-receivables`)).body as {
      customerId: string;
      current: number;
    }[];
    expect(aged.find((row) => row.customerId === customerId)).toMatchObject({
      current: 12_345,
      total: 12_345,
    });
    expect((await call('GET', `${base}/invoices/none`)).status).toBe(404);
  });

  it('ages receivables so that they add up to the customers’ balances', async () => {
    const { call, context, intuit } = await started();
    const aged = (await call('GET', `/control/companies/${intuit.id}/aged-receivables`)).body as {
      total: number;
    }[];
    const balances = context.books
      .customers(intuit.id)
      .flatMap((row) => Object.values(context.books.customerBalanceMinor(intuit.id, row.id)));
    expect(aged.reduce((sum, row) => sum + row.total, 0)).toBe(balances.reduce((sum, one) => sum + one, 0));
  });

  it('moves the clock, orders faults, logs what the stand-ins received', async () => {
    const { app, call, intuit } = await started();
    expect((await call('PUT', '/control/clock', { now: '2026-12-01T00:00:00Z' })).body.now).toBe(
      '2026-12-01T00:00:00.000Z',
    );
    expect((await call('PUT', '/control/clock', { now: 'soon' })).status).toBe(400);
    const url = `/intuit/v3/company/${intuit.id}/companyinfo/${intuit.id}`;
    await call('POST', '/control/faults', {
      vendor: 'intuit',
      companyId: 'another',
      kind: 'status',
      status: 500,
    });
    await call('POST', '/control/faults', {
      vendor: 'intuit',
      companyId: intuit.id,
      kind: 'html',
      status: 503,
    });
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    expect((await call('GET', '/control/faults')).body).toHaveLength(1);
    expect((await call('DELETE', '/control/faults')).status).toBe(204);
    const log = (await call('GET', '/control/requests?vendor=intuit')).body;
    expect(log).toMatchObject([
      { vendor: 'intuit', method: 'GET', path: url, status: 503, companyId: intuit.id },
    ]);
  });

  it('disconnects as a user inside the ledger would', async () => {
    const { call, context, xero } = await started();
    const gone: string[] = [];
    context.vendors.onDisconnect('xero', (companyId) => void gone.push(companyId));
    await call('POST', '/control/disconnect', { vendor: 'xero', companyId: xero.id });
    expect(gone).toEqual([xero.id]);
    expect((await call('POST', '/control/disconnect', { vendor: 'intuit', companyId: xero.id })).status).toBe(
      400,
    );
  });
});

describe('the pages for a person', () => {
  it('let them record a payment, delete it again and say what is wrong with an amount', async () => {
    const { app, context, form, intuit } = await started();
    const { books } = context;
    const invoice = books
      .invoices(intuit.id)
      .find((row) => row.status === 'open' && books.balanceMinor(intuit.id, row.id) > 5_000);
    const page = `/ledger/${intuit.id}/invoices/${invoice?.id}`;
    const before = books.balanceMinor(intuit.id, invoice?.id ?? '');
    const paid = await form(`${page}/pay`, { amount: '12.34' });
    expect([paid.statusCode, paid.headers.location]).toEqual([
      303,
      `${page}?done=Recorded+a+payment+of+12.34+USD.`,
    ]);
    expect(books.balanceMinor(intuit.id, invoice?.id ?? '')).toBe(before - 1_234);
    const payment = books.payments(intuit.id).at(-1);
    await form(`${page}/payments/${payment?.id}/delete`, {});
    expect(books.balanceMinor(intuit.id, invoice?.id ?? '')).toBe(before);
    const wrong = await form(`${page}/pay`, { amount: 'lots' });
    const said = await app.inject({ url: String(wrong.headers.location) });
    expect(said.body).toContain('&quot;lots&quot; is not an amount in USD.');
  });

  it('escape what is written in the books, and answer 404 for what is not there', async () => {
    const { app, intuit } = await started();
    const customers = await app.inject({ url: `/ledger/${intuit.id}/customers` });
    expect(customers.body).toContain('&lt;script>alert(1)&lt;/script>');
    expect(customers.body).not.toContain('<script');
    for (const url of ['/', '/clock', `/ledger/${intuit.id}?show=all`, '/sandbox.css']) {
      expect((await app.inject({ url })).statusCode).toBe(200);
    }
    expect((await app.inject({ url: '/ledger/none' })).statusCode).toBe(404);
  });

  it('refuse a form that another site sends', async () => {
    const { app } = await started();
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect(
      (await app.inject({ method: 'POST', url: '/clock', headers, payload: { move: '1' } })).statusCode,
    ).toBe(403);
  });

  it('find the next business morning in a zone, over weekends and summer time', () => {
    const morning = (now: string, zone: string) => movedClock(new Date(now), 'morning', zone).toISOString();
    expect(morning('2026-11-20T18:00:00Z', 'America/Los_Angeles')).toBe('2026-11-23T18:00:00.000Z');
    expect(morning('2026-11-23T17:59:59Z', 'America/Los_Angeles')).toBe('2026-11-23T18:00:00.000Z');
    expect(movedClock(new Date('2026-10-31T18:00:00Z'), '1', 'America/Los_Angeles').toISOString()).toBe(
      '2026-11-01T19:00:00.000Z',
    );
  });
});

describe("the sandbox's settings", () => {
  it('name every fault at once', () => {
    expect(() => readSandboxConfig({ SANDBOX_PORT: 'x', DULY_URL: 'nope', SANDBOX_SEED: '-1' })).toThrow(
      SandboxConfigError,
    );
    expect(() => readSandboxConfig({ SANDBOX_PORT: 'x', DULY_URL: 'nope', SANDBOX_SEED: '-1' })).toThrow(
      /SANDBOX_PORT[\s\S]*DULY_URL[\s\S]*SANDBOX_SEED/,
    );
  });
});
