import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type XeroJudge, xeroJudge } from '../../sandbox/xero/validate/answers.ts';
import { folder, hasOfficial } from './xero-official.ts';
import { SCOPES, TENANT, XeroBench } from './xero-support.ts';

const when = hasOfficial ? describe : describe.skip;
if (!hasOfficial) process.stderr.write('skipped: the official Xero schemas are not beside this repository\n');

when('Xero: every kind of answer agrees with the published schema and invents no member', () => {
  let bench: XeroBench;
  let token: string;
  let judge: XeroJudge;
  let ids: { invoice: string; contact: string };

  beforeAll(async () => {
    bench = await XeroBench.open();
    const { books } = bench.ctx;
    const contact = bench.addCustomer('Müller & Söhne "Ltd" 🚀');
    const invoice = bench.addInvoice(contact, 12_345, { reference: '/Date(soon)' });
    const other = bench.addInvoice(contact, 5_000, { currency: 'USD' });
    bench.addInvoice(contact, 100, { status: 'draft' });
    const { dueDate: _none, ...rest } = bench.addInvoice(contact, 100);
    books.updateInvoice(TENANT, rest.id, { dueDate: undefined } as never);
    bench.pay(invoice, 1_000, 1_500);
    const gone = bench.pay(invoice, 500);
    books.deletePayment(TENANT, gone);
    for (const kind of ['credit_note', 'overpayment', 'prepayment'] as const) {
      const credit = books.addCredit(TENANT, {
        customerId: contact,
        kind,
        number: `C-${kind}`,
        date: '2026-11-01',
        currency: 'NZD',
        totalMinor: 2_000,
        status: 'open',
      }); // prettier-ignore
      books.allocate(TENANT, {
        sourceKind: 'credit',
        sourceId: credit.id,
        invoiceId: invoice.id,
        amountMinor: 700,
        date: '2026-11-02',
      }); // prettier-ignore
    }
    books.voidInvoice(TENANT, other.id);
    books.updateCompany(TENANT, { lockedUntil: '2025-03-31' });
    ids = { invoice: invoice.id, contact };
    token = (await bench.connect(undefined, 'aroha', { scope: `${SCOPES} accounting.reports.aged.read` }))
      .access_token;
    judge = xeroJudge(folder);
  });
  afterAll(() => bench.app.close());

  const judged = async (response: Response, method: string, path: string): Promise<string> => {
    const body = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    expect(judge({ method, path, status: response.status, contentType, body })).toEqual([]);
    return body;
  };
  const check = async (path: string, init: { method?: string; body?: string } = {}) => {
    const response = await bench.api(path, token, init);
    return judged(response, init.method ?? 'GET', `/api.xro/2.0${path}`);
  };

  test.each([
    ['Organisations', '/Organisation'],
    ['Actions', '/Organisation/Actions'],
    ['InvoiceReminders', '/InvoiceReminders/Settings'],
    ['Contacts', '/Contacts?page=1&includeArchived=true'],
    ['Contacts', '/Contacts'],
    ['Contacts', '/Contacts?summaryOnly=true'],
    ['Contacts', '/Contacts/:contact'],
    ['Invoices', '/Invoices?page=1'],
    ['Invoices', '/Invoices?summaryOnly=true'],
    ['Invoices', '/Invoices'],
    ['Invoices', '/Invoices/:invoice'],
    ['OnlineInvoices', '/Invoices/:invoice/OnlineInvoice'],
    ['HistoryRecords', '/Invoices/:invoice/History'],
    ['Payments', '/Payments?page=1'],
    ['Payments', '/Payments?where=Status=="DELETED"'],
    ['CreditNotes', '/CreditNotes?page=1'],
    ['Overpayments', '/Overpayments?page=1'],
    ['Prepayments', '/Prepayments?page=1'],
    ['ReportWithRows', '/Reports/AgedReceivablesByContact?contactId=:contact'],
  ])('%s from %s', async (name, path) => {
    const text = await check(path.replace(':invoice', ids.invoice).replace(':contact', ids.contact));
    const body = JSON.parse(text) as Record<string, unknown>;
    const rows = (name === 'ReportWithRows' ? body.Reports : body[name]) as unknown[];
    if (!path.endsWith('/History')) expect(rows.length).toBeGreaterThan(0);
  });

  test('a new note, a refusal, and refusals of the gateway', async () => {
    const put = (text: string) =>
      check(`/Invoices/${ids.invoice}/History`, {
        method: 'PUT',
        body: JSON.stringify({ HistoryRecords: [{ Details: text }] }),
      });
    expect(await put('Reminder')).toContain('"Details":"Reminder"');
    expect(await put('')).toContain('ValidationException');
    expect(await check('/Invoices?where=Nonsense')).toContain('QueryParseException');
    expect(await check('/Invoices/00000000-0000-4000-8000-000000000000')).toMatch(/^The resource/);
    await judged(await bench.api('/Invoices', 'no token'), 'GET', '/api.xro/2.0/Invoices');
    const elsewhere = { headers: { 'xero-tenant-id': '00000000-0000-4000-8000-000000000000' } };
    await judged(await bench.api('/Invoices', token, elsewhere), 'GET', '/api.xro/2.0/Invoices');
  });

  test('connections, tokens and a refused refresh', async () => {
    const headers = { authorization: `Bearer ${token}` };
    await judged(await fetch(`${bench.url}/xero/connections`, { headers }), 'GET', '/connections');
    await judged(await bench.refresh('dead'), 'POST', '/connect/token');
    const { refresh_token } = await bench.connect();
    await judged(await bench.refresh(refresh_token), 'POST', '/connect/token');
  });

  test('the check can fail: a wrong type, an invented member and an unknown address are all seen', () => {
    const answer = (body: object, path = '/api.xro/2.0/Invoices') =>
      judge({
        method: 'GET',
        path,
        status: 200,
        contentType: 'application/json',
        body: JSON.stringify(body),
      });
    expect(answer({ Invoices: [{ InvoiceID: 5 }] })).not.toEqual([]);
    expect(answer({ Invoices: [{ AmountOwed: 5 }] })).not.toEqual([]);
    expect(answer({}, '/api.xro/2.0/Debtors')).not.toEqual([]);
    expect(answer({ Invoices: [{ AmountDue: 5 }] })).toEqual([]);
  });
});
