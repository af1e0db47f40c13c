import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TENANT, XeroBench } from './xero-support.ts';

type Rows = Record<string, Record<string, unknown>[]>;

describe('Xero: what is served besides receivables', () => {
  let bench: XeroBench;
  let token: string;
  let contact: string;

  beforeAll(async () => {
    bench = await XeroBench.open();
    contact = bench.addCustomer('Both Ways');
    bench.addInvoice(contact, 10_000);
    token = (await bench.connect()).access_token;
    for (const body of [
      { kind: 'bill', totalMinor: 60_000, paidMinor: 10_000 },
      { kind: 'credit_note', totalMinor: 4_000 },
      { kind: 'overpayment', totalMinor: 5_000 },
      { kind: 'prepayment', totalMinor: 6_000 },
      { kind: 'refund', totalMinor: 7_000 },
    ])
      await control('POST', `/xero/companies/${TENANT}/payables`, { contactId: contact, ...body });
  });
  afterAll(() => bench.app.close());

  const control = (method: string, path: string, body: unknown) =>
    fetch(`${bench.url}/control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const rows = async (path: string) => (await bench.json(path, token)) as unknown as Rows;
  const types = async (folder: string) => (await rows(`/${folder}?page=1`))[folder]?.map((row) => row.Type);

  test('bills and suppliers’ documents come from the same addresses as receivables', async () => {
    expect(await types('Invoices')).toEqual(expect.arrayContaining(['ACCREC', 'ACCPAY']));
    expect(await types('CreditNotes')).toEqual(expect.arrayContaining(['ACCPAYCREDIT', 'ACCRECCREDIT']));
    expect(await types('Overpayments')).toEqual(['SPEND-OVERPAYMENT']);
    expect(await types('Prepayments')).toEqual(['SPEND-PREPAYMENT']);
    const { Payments } = await rows('/Payments?page=1');
    expect(Payments).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          PaymentType: 'ACCPAYPAYMENT',
          Invoice: expect.objectContaining({ Type: 'ACCPAY' }),
        }),
        expect.objectContaining({
          PaymentType: 'ARCREDITPAYMENT',
          CreditNote: expect.objectContaining({ Type: 'ACCRECCREDIT' }),
        }),
      ]),
    );
    const { Contacts } = await rows(`/Contacts/${contact}`);
    expect(Contacts?.[0]).toMatchObject({ IsCustomer: true, IsSupplier: true });
  });

  test('a bill has no online address', async () => {
    const where = encodeURIComponent('Type=="ACCPAY"');
    const { Invoices } = await rows(`/Invoices?where=${where}`);
    expect(Invoices).toMatchObject([{ Total: 600, AmountDue: 500, AmountPaid: 100, Status: 'AUTHORISED' }]);
    const online = await bench.api(`/Invoices/${Invoices?.[0]?.InvoiceID}/OnlineInvoice`, token);
    expect(online.status).toBe(400);
  });

  test('a thousand rows under one stamp, in pages that a change does not disturb', async () => {
    const since = bench.ctx.clock.now().toISOString().slice(0, 19);
    for (let n = 0; n < 1_000; n += 1) bench.addInvoice(contact, 100 + n, { reference: 'bulk' });
    const changed = { headers: { 'if-modified-since': since } };
    const page = async (n: number) => {
      const response = await bench.api(
        `/Invoices?page=${n}&pageSize=500&where=Reference=="bulk"`,
        token,
        changed,
      );
      return (await response.json()) as Rows;
    };
    const [first, second] = [await page(1), await page(2)];
    const stamps = new Set(
      [...(first.Invoices ?? []), ...(second.Invoices ?? [])].map((r) => r.UpdatedDateUTC),
    );
    const ids = new Set([...(first.Invoices ?? []), ...(second.Invoices ?? [])].map((r) => r.InvoiceID));
    expect([stamps.size, ids.size]).toEqual([1, 1_000]);
    bench.later(1);
    const moved = String(first.Invoices?.[0]?.InvoiceID);
    bench.ctx.books.updateInvoice(TENANT, moved, { reference: 'bulk' });
    // a row that moves to the end lets the next page begin one row later: a reader by page numbers misses that one
    const shifted = await page(2);
    expect(shifted.Invoices?.at(-1)?.InvoiceID).toBe(moved);
    expect(shifted.Invoices?.[0]?.InvoiceID).toBe(second.Invoices?.[1]?.InvoiceID);
  });

  test('nothing changed: an empty list, or 304 without a body when set so', async () => {
    bench.later(10);
    const since = { headers: { 'if-modified-since': bench.ctx.clock.now().toISOString().slice(0, 19) } };
    token = (await bench.connect()).access_token;
    expect((await bench.api('/Payments?page=1', token, since)).status).toBe(200);
    await control('PUT', '/xero/settings', { notModified: true });
    for (const folder of ['Invoices', 'Contacts', 'Payments', 'CreditNotes', 'Overpayments', 'Prepayments']) {
      const response = await bench.api(`/${folder}?page=1`, token, since);
      expect([folder, response.status, await response.text()]).toEqual([folder, 304, '']);
    }
    await control('PUT', '/xero/settings', { notModified: false });
  });

  test.each([
    ['api_401', 401, /TokenExpired/],
    ['api_403', 403, /"Detail":"AuthenticationUnsuccessful"/],
    ['api_401_organisation', 401, /"Detail":"AuthenticationUnsuccessful"/],
    ['scope', 401, /"Detail":"AuthorizationUnsuccessful"/],
    ['role', 403, /"Detail":"AuthorizationUnsuccessful"/],
    ['gone', 404, /^The resource you're looking for cannot be found$/],
    ['validation', 400, /ValidationException/],
    ['closed_period', 400, /lock date/],
    ['query', 400, /QueryParseException/],
    ['offline', 503, /^The Organisation is offline$/],
    ['html', 502, /<html>/],
    ['system', 500, /"ErrorNumber"/],
    ['throttle', 429, /^$/],
  ])('the refusal "%s" comes as %d', async (kind, status, words) => {
    await control('POST', '/faults', { vendor: 'xero', kind, match: '/Invoices' });
    const response = await bench.api('/Invoices?page=1', token);
    expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(words)]);
    expect(response.headers.get('xero-correlation-id')).toBeTruthy();
    expect((await bench.api('/Invoices?page=1&pageSize=1', token)).status).toBe(200);
  });

  test('one amount is spelled in several ways, and a closed period has two dates', async () => {
    const invoice = bench.addInvoice(contact, 5_000);
    bench.pay(invoice, 2_000);
    bench.ctx.books.updateCompany(TENANT, { lockedUntil: '2026-06-30' });
    const text = async (path: string) => (await bench.api(path, token)).text();
    expect(await text(`/Invoices/${invoice.id}`)).toMatch(/"UnitAmount":50\.0000.*"Total":50\.00/);
    expect(await text('/Payments?page=1&order=UpdatedDateUTC DESC')).toContain('"Amount":20,');
    expect(await text('/CreditNotes?page=1')).toContain('"RemainingCredit":40.0,');
    const { Organisations } = await rows('/Organisation');
    expect(Organisations?.[0]).toMatchObject({
      PeriodLockDate: `/Date(${Date.UTC(2026, 5, 30)}+0000)/`,
      EndOfYearLockDate: `/Date(${Date.UTC(2026, 2, 31)}+0000)/`,
    });
  });
});
