import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SandboxInvoice } from '../../sandbox/books/model.ts';
import { TENANT, XeroBench } from './xero-support.ts';

interface WireInvoice {
  InvoiceID: string;
  Status: string;
  Total: number;
  AmountDue: number;
  AmountPaid: number;
  AmountCredited: number;
  UpdatedDateUTC: string;
  LineItems?: unknown[];
  Payments?: { PaymentID: string; Amount: number }[];
  CreditNotes?: unknown[];
  Contact: Record<string, unknown>;
}
interface Listed {
  Invoices: WireInvoice[];
  pagination?: { page: number; pageSize: number; pageCount: number; itemCount: number };
}

describe('Xero: the receivables API', () => {
  let bench: XeroBench;
  let token: string;
  let customer: string;
  let first: SandboxInvoice;

  beforeAll(async () => {
    bench = await XeroBench.open();
    customer = bench.addCustomer();
    first = bench.addInvoice(customer, 10_000);
    for (let n = 2; n <= 6; n += 1) {
      bench.later(1);
      bench.addInvoice(customer, n * 10_000);
    }
    token = (await bench.connect()).access_token;
  });
  afterAll(() => bench.app.close());

  const get = async (path: string, headers = {}) =>
    (await bench.json(path, token, headers)) as unknown as Listed;
  const one = async (id: string) => (await get(`/Invoices/${id}`)).Invoices[0] as WireInvoice;

  test('without an Accept header the answer is XML', async () => {
    const response = await bench.api('/Organisation', token, { headers: { accept: '*/*' } });
    expect(response.headers.get('content-type')).toContain('xml');
    expect(await response.text()).toContain('<Organisations><Organisation><Name>Kauri Joinery</Name>');
  });

  test('pages are numbered from 1 and sizes out of range are clamped', async () => {
    const page = await get('/Invoices?page=2&pageSize=4');
    expect(page.pagination).toEqual({ page: 2, pageSize: 4, pageCount: 2, itemCount: 6 });
    expect(page.Invoices).toHaveLength(2);
    expect((await get('/Invoices?page=1&pageSize=5000')).pagination?.pageSize).toBe(1000);
    expect((await get('/Invoices?page=9')).Invoices).toEqual([]);
  });

  test('only a paged list has line items; a summary has no payments at all; without a page there is no pagination', async () => {
    const short = await get('/Invoices');
    expect(short.pagination).toBeUndefined();
    expect(short.Invoices[0]?.LineItems).toEqual([]);
    expect((await get('/Invoices?page=1')).Invoices[0]?.LineItems).toHaveLength(1);
    const summary = await get('/Invoices?summaryOnly=true');
    expect(summary.pagination?.page).toBe(1);
    expect(summary.Invoices[0]).not.toHaveProperty('Payments');
    expect(summary.Invoices[0]).not.toHaveProperty('LineItems');
    expect(summary.Invoices[0]?.Contact).not.toHaveProperty('EmailAddress');
  });

  test('amounts keep their zeros on the wire and days are midnight UTC with a zone-less twin', async () => {
    const text = await (await bench.api(`/Invoices/${first.id}`, token)).text();
    expect(text).toContain('"Total":100.00,');
    expect(text).toContain(
      `"DueDateString":"2026-10-21T00:00:00","DueDate":"/Date(${Date.UTC(2026, 9, 21)}+0000)/"`,
    );
  });

  test('where, Statuses, IDs and order', async () => {
    const where = encodeURIComponent(
      'Type=="ACCREC" AND Status=="AUTHORISED" AND DueDate<DateTime(2026,11,21) AND AmountDue>=300',
    );
    expect((await get(`/Invoices?where=${where}&order=Total DESC`)).Invoices.map((i) => i.Total)).toEqual([
      600, 500, 400, 300,
    ]);
    expect((await get('/Invoices?Statuses=PAID,VOIDED')).Invoices).toEqual([]);
    expect((await get(`/Invoices?IDs=${first.id}`)).Invoices.map((i) => i.InvoiceID)).toEqual([first.id]);
    const guid = encodeURIComponent(`Contact.ContactID==guid("${customer}")`);
    expect((await get(`/Invoices?where=${guid}`)).Invoices).toHaveLength(6);
    const broken = await bench.api(`/Invoices?where=${encodeURIComponent('Status=="PAID" AND')}`, token);
    expect([broken.status, await broken.json()]).toEqual([
      400,
      expect.objectContaining({ ErrorNumber: 16, Type: 'QueryParseException' }),
    ]);
  });

  test('If-Modified-Since sees changes to the second', async () => {
    bench.later(10);
    const since = bench.ctx.clock.now().toISOString().slice(0, 19);
    expect((await get('/Invoices?page=1', { 'if-modified-since': since })).Invoices).toEqual([]);
    const invoice = bench.addInvoice(customer, 777);
    const seen = await get('/Invoices?page=1', { 'if-modified-since': since });
    expect(seen.Invoices.map((each) => each.InvoiceID)).toEqual([invoice.id]);
    expect((await bench.api('/Invoices', token, { headers: { 'if-modified-since': 'soon' } })).status).toBe(
      412,
    );
  });

  test('an invoice is PAID by payments and AUTHORISED again when one is deleted; the deleted one shows when asked for', async () => {
    const invoice = bench.addInvoice(customer, 50_000);
    bench.pay(invoice, 20_000);
    expect(await one(invoice.id)).toMatchObject({ Status: 'AUTHORISED', AmountDue: 300, AmountPaid: 200 });
    const last = bench.pay(invoice, 30_000);
    const paid = await one(invoice.id);
    expect(paid).toMatchObject({ Status: 'PAID', AmountDue: 0, AmountPaid: 500 });
    const payment = paid.Payments?.[1]?.PaymentID;
    bench.later(1);
    bench.ctx.books.deletePayment(TENANT, last);
    expect(await one(invoice.id)).toMatchObject({ Status: 'AUTHORISED', AmountDue: 300, AmountPaid: 200 });
    const payments = async (query: string) =>
      (
        (await bench.json(`/Payments?${query}`, token)) as unknown as {
          Payments: { PaymentID: string; Status: string }[];
        }
      ).Payments;
    expect((await payments('page=1')).map((each) => each.PaymentID)).not.toContain(payment);
    const deleted = await payments(`where=${encodeURIComponent('Status=="DELETED"')}`);
    expect(deleted).toMatchObject([{ PaymentID: payment, Status: 'DELETED', Amount: 300 }]);
  });

  test('money beyond the invoice becomes an overpayment of its own, and its allocation credits another invoice', async () => {
    const [invoice, other] = [bench.addInvoice(customer, 10_000), bench.addInvoice(customer, 5_000)];
    const payment = bench.pay(invoice, 10_000, 13_000);
    bench.later(5);
    const overpayments = async () =>
      (
        (await bench.json('/Overpayments?page=1', token)) as unknown as {
          Overpayments: Record<string, unknown>[];
        }
      ).Overpayments;
    expect(await overpayments()).toMatchObject([
      { Type: 'RECEIVE-OVERPAYMENT', Total: 30, RemainingCredit: 30, Status: 'AUTHORISED' },
    ]);
    bench.ctx.books.allocate(TENANT, {
      sourceKind: 'payment',
      sourceId: payment,
      invoiceId: other.id,
      amountMinor: 3_000,
      date: '2026-11-10',
    });
    expect(await overpayments()).toMatchObject([
      { Total: 30, RemainingCredit: 0, Status: 'PAID', Allocations: [{ Amount: 30 }] },
    ]);
    expect(await one(other.id)).toMatchObject({ AmountDue: 20, AmountPaid: 0, AmountCredited: 30 });
  });

  test('a credit note is allocated, and a voided invoice keeps its total with nothing due', async () => {
    const [invoice, gone] = [bench.addInvoice(customer, 8_000), bench.addInvoice(customer, 4_000)];
    const note = bench.ctx.books.addCredit(TENANT, {
      customerId: customer,
      kind: 'credit_note',
      number: 'CN-1',
      date: '2026-11-02',
      currency: 'NZD',
      totalMinor: 5_000,
      status: 'open',
    });
    bench.ctx.books.allocate(TENANT, {
      sourceKind: 'credit',
      sourceId: note.id,
      invoiceId: invoice.id,
      amountMinor: 2_000,
      date: '2026-11-03',
    });
    expect(await one(invoice.id)).toMatchObject({
      AmountDue: 60,
      AmountCredited: 20,
      CreditNotes: [{ CreditNoteNumber: 'CN-1' }],
    });
    expect(await bench.json('/CreditNotes/CN-1', token)).toMatchObject({
      CreditNotes: [{ RemainingCredit: 30, Type: 'ACCRECCREDIT', Status: 'AUTHORISED' }],
    });
    bench.ctx.books.voidInvoice(TENANT, gone.id);
    expect(await one(gone.id)).toMatchObject({ Status: 'VOIDED', Total: 40, AmountDue: 0 });
  });

  test('UpdatedDateUTC stands still when only the due date of a partly paid invoice is edited', async () => {
    const [partly, open] = [bench.addInvoice(customer, 9_000), bench.addInvoice(customer, 9_000)];
    bench.pay(partly, 1_000);
    const before = [(await one(partly.id)).UpdatedDateUTC, (await one(open.id)).UpdatedDateUTC];
    bench.later(30);
    for (const { id } of [partly, open]) bench.ctx.books.updateInvoice(TENANT, id, { dueDate: '2026-12-24' });
    token = (await bench.connect()).access_token;
    expect((await one(partly.id)).UpdatedDateUTC).toBe(before[0]);
    expect((await one(open.id)).UpdatedDateUTC).not.toBe(before[1]);
    bench.later(1);
    bench.pay(partly, 1_000);
    expect((await one(partly.id)).UpdatedDateUTC).not.toBe(before[0]);
  });

  test('contacts have persons, terms and balances when paged or alone, and archived ones only when asked for', async () => {
    const other = bench.addCustomer('Old & Gone');
    bench.ctx.books.updateCustomer(TENANT, other, { active: false });
    type Listed = { Contacts: Record<string, unknown>[] };
    const names = async (query: string) =>
      ((await bench.json(`/Contacts?${query}`, token)) as unknown as Listed).Contacts.map((c) => c.Name);
    expect(await names('page=1')).toEqual(['Ridgeway Builders']);
    expect(await names('includeArchived=true')).toContain('Old & Gone');
    const { Contacts } = (await bench.json(`/Contacts/${customer}`, token)) as unknown as Listed;
    const owed = bench.ctx.books.customerBalanceMinor(TENANT, customer).NZD ?? 0;
    expect(Contacts[0]).toMatchObject({
      ContactPersons: [{ EmailAddress: 'bo@ridgeway.example', IncludeInEmails: true }],
      PaymentTerms: { Sales: { Day: 20, Type: 'DAYSAFTERBILLDATE' } },
      Balances: { AccountsReceivable: { Outstanding: owed / 100 } },
    });
    const listed = (await bench.json('/Contacts', token)) as unknown as Listed;
    expect(listed.Contacts[0]).not.toHaveProperty('Balances');
  });

  test('the online invoice exists for an approved one only, and the PDF comes by Accept', async () => {
    const draft = bench.addInvoice(customer, 100, { status: 'draft' });
    const { OnlineInvoices } = (await bench.json(
      `/Invoices/${first.id}/OnlineInvoice`,
      token,
    )) as unknown as {
      OnlineInvoices: { OnlineInvoiceUrl: string }[];
    };
    const online = new URL(OnlineInvoices[0]?.OnlineInvoiceUrl ?? '');
    const seen = await bench.app.inject({ url: online.pathname });
    expect([seen.statusCode, seen.body]).toEqual([200, expect.stringContaining(`Invoice ${first.number}`)]);
    expect((await bench.app.inject({ url: '/xero/online/guessed' })).statusCode).toBe(404);
    expect((await bench.api(`/Invoices/${draft.id}/OnlineInvoice`, token)).status).toBe(400);
    const pdf = await bench.api(`/Invoices/${first.id}`, token, { headers: { accept: 'application/pdf' } });
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  test('the 61st call in a minute is refused with its problem and the seconds to wait', async () => {
    bench.ctx.clock.set(new Date('2026-12-01T00:00:00Z'));
    token = (await bench.connect()).access_token;
    for (let n = 0; n < 60; n += 1) expect((await bench.api('/Organisation', token)).status).toBe(200);
    const response = await bench.api('/Organisation', token);
    expect(response.status).toBe(429);
    expect(response.headers.get('x-rate-limit-problem')).toBe('minute');
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(response.headers.get('x-minlimit-remaining')).toBe('0');
    expect(response.headers.get('x-daylimit-remaining')).toBeTruthy();
    expect(response.headers.get('x-appminlimit-remaining')).toBeTruthy();
    bench.later(1);
    expect((await bench.api('/Organisation', token)).status).toBe(200);
  });
});
