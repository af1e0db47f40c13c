import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ValidateFunction } from 'ajv';
import { hasOfficial, namesIn, officialNames, officialSchemas } from './xero-official.ts';
import { SCOPES, TENANT, XeroBench } from './xero-support.ts';

const when = hasOfficial ? describe : describe.skip;
if (!hasOfficial) process.stderr.write('skipped: the official Xero schemas are not beside this repository\n');

when('Xero: every kind of answer agrees with the published schema and invents no member', () => {
  let bench: XeroBench;
  let token: string;
  let schema: (name: string) => ValidateFunction;
  let known: Set<string>;
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
    schema = officialSchemas('xero_accounting.yaml');
    known = officialNames();
  });
  afterAll(() => bench.app.close());

  const check = (name: string, body: unknown) => {
    const validate = schema(name);
    validate(body);
    expect(validate.errors ?? []).toEqual([]);
    expect([...namesIn(body)].filter((each) => !known.has(each))).toEqual([]);
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
    const body = await bench.json(
      path.replace(':invoice', ids.invoice).replace(':contact', ids.contact),
      token,
    );
    const rows = Object.values(body).find(Array.isArray) as unknown[] | undefined;
    if (!path.endsWith('/History')) expect(rows?.length).toBeGreaterThan(0);
    check(name, body);
  });

  test('a new note, and a refusal', async () => {
    const put = async (text: string) => {
      const body = JSON.stringify({ HistoryRecords: [{ Details: text }] });
      return (await bench.api(`/Invoices/${ids.invoice}/History`, token, { method: 'PUT', body })).json();
    };
    check('HistoryRecords', await put('Reminder'));
    check('Error', await put(''));
  });

  test('connections and tokens', async () => {
    const identity = officialSchemas('xero-identity.yaml');
    const rows = await (
      await fetch(`${bench.url}/xero/connections`, { headers: { authorization: `Bearer ${token}` } })
    ).json();
    const validate = identity('Connection');
    for (const row of rows as unknown[]) expect([validate(row), validate.errors]).toEqual([true, null]);
    const tokens = identity('AccessToken');
    expect([tokens(await bench.connect()), tokens.errors]).toEqual([true, null]);
  });

  test('the check can fail: a wrong type and an invented member are both seen', () => {
    expect(schema('Invoices')({ Invoices: [{ InvoiceID: 5 }] })).toBe(false);
    expect(known.has('AmountOwed')).toBe(false);
  });
});
