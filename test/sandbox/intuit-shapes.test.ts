import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { intuitJudge } from '../../sandbox/intuit/validate/answers.ts';
import { Xsd } from '../../sandbox/intuit/validate/xsd.ts';
import { type HookFormat, hookBodies } from '../../sandbox/intuit/webhooks/payload.ts';
import type { VendorAnswer } from '../../sandbox/validate.ts';
import { addCustomer, addInvoice, type Json, pay, REALM, type Stand, stand } from './intuit-support.ts';

const OFFICIAL = join(process.cwd(), '..', 'shared', 'official');
const here = existsSync(join(OFFICIAL, 'qbo-xsd'));
if (!here) process.stderr.write('skipped: the official XSD files are not beside this checkout\n');
const official = here ? describe : describe.skip;

const ENTITIES = [
  'Invoice',
  'Payment',
  'CreditMemo',
  'Customer',
  'Term',
  'CustomerType',
  'Attachable',
  'CompanyInfo',
  'Preferences',
];

official("answers use only names of Intuit's own schema", () => {
  let it: Stand;
  let xsd: Xsd;

  beforeAll(async () => {
    xsd = new Xsd(join(OFFICIAL, 'qbo-xsd'));
    it = await stand();
    fill(it);
  });
  afterAll(() => it.app.close());

  test('the check itself finds a stranger', () => {
    expect(xsd.strangers({ Balance: 1, Owed: 1 }, 'Invoice')).toEqual(['Invoice.Owed']);
    expect(xsd.strangers({ CustomerRef: { id: '1' } }, 'Invoice')).toEqual(['Invoice.CustomerRef.id']);
    expect(xsd.strangers({ Balance: { value: 1 }, CustomerRef: '1' }, 'Invoice')).toEqual([
      'Invoice.Balance is not xs:decimal',
      'Invoice.CustomerRef is not ReferenceType',
    ]);
    expect(xsd.strangers({ DocNumber: null }, 'Invoice')).toEqual(['Invoice.DocNumber is null']);
    const wrong = { Balance: 0.1 + 0.2, DueDate: '21.11.2026', EmailStatus: 'Mailed', Deposit: '1' };
    expect(xsd.strangers(wrong, 'Invoice')).toEqual([
      'Invoice.Balance is not xs:decimal',
      'Invoice.DueDate is not xs:date',
      'Invoice.EmailStatus is not EmailStatusEnum',
      'Invoice.Deposit is not xs:decimal',
    ]);
    const stamp = { MetaData: { CreateTime: '2026-11-20T13:00:00' } };
    expect(xsd.strangers(stamp, 'Payment')).toEqual(['Payment.MetaData.CreateTime is not xs:dateTime']);
  });

  test.each(ENTITIES)('%s', async (name) => {
    const where = name === 'Customer' ? ' WHERE Active IN (true,false)' : '';
    const rows = (await it.query(`SELECT * FROM ${name}${where} MAXRESULTS 1000`)).QueryResponse[
      name
    ] as Json[];
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.flatMap((row) => xsd.strangers(row, name)))).toEqual(new Set());
  });

  test('whole answers, their envelopes, errors and tokens are judged', () => {
    const judge = intuitJudge(join(OFFICIAL, 'qbo-xsd'));
    const of = (body: unknown, more: Partial<VendorAnswer> = {}) =>
      judge({
        method: 'GET',
        path: '/v3/company/1/query',
        status: 200,
        contentType: 'application/json',
        headers: { intuit_tid: '1' },
        body: JSON.stringify(body),
        ...more,
      });
    const time = '2026-11-20T10:00:00.000-08:00';
    expect(of({ QueryResponse: { Invoice: [{ Id: '1' }], maxResults: 1 }, time })).toEqual([]);
    expect(of({ QueryResponse: { Invoice: [{ Nr: '1' }], rows: 1 }, time: 'now' })).toHaveLength(3);
    expect(of({ QueryResponse: {} }, { headers: {} })).toEqual(['no intuit_tid']);
    expect(of({ message: 'boom' }, { status: 500 })).toEqual(['an error without Fault']);
    expect(of({ fault: {}, time: 1 }, { status: 401 })).toEqual([]);
    expect(of({ fault: {}, code: 1 }, { status: 401 })).toEqual(['unknown member code']);
    const token = { path: '/oauth2/v1/tokens/bearer' };
    expect(of({ token_type: 'bearer', expires: 1 }, token)).toEqual(['unknown member expires']);
    expect(of({ error: 'invalid_grant', why: '' }, { ...token, status: 400 })).toEqual([
      'unknown member why',
    ]);
    const xml = { contentType: 'application/xml', body: '<IntuitResponse><Invoice><Nr>1</Nr></Invoice>' };
    expect(of({}, xml)).toEqual(['unknown element Nr']);
  });

  test('a read with its link, and a fault', async () => {
    const { id } = it.books.invoices(REALM)[0] ?? { id: '' };
    const { Invoice } = (await it.api('GET', `/invoice/${id}?include=invoiceLink`)).json;
    expect(Invoice.InvoiceLink).toBeDefined();
    expect(xsd.strangers(Invoice, 'Invoice')).toEqual([]);
    expect(xsd.strangers((await it.query('x')).Fault, 'Fault')).toEqual([]);
  });

  test('webhooks have the members of the saved official calls', () => {
    const sample = (name: string): Json =>
      JSON.parse(readFileSync(join(OFFICIAL, 'qbo-json-samples', `${name}.json`), 'utf8'));
    const notice = {
      id: 'd1a3aedd-9670-41bf-a4f9-c148a1cc4e03',
      realmId: REALM,
      entity: 'Customer',
      entityId: '1',
      verb: 'created',
      at: '2015-10-05T21:42:19.000Z',
    } as const;
    const made = (format: HookFormat): Json => JSON.parse(hookBodies([notice], format)[0]?.body ?? '');
    const [event] = made('cloudevents');
    const { datacontenttype, ...others } = event;
    expect(Object.keys(others)).toEqual(Object.keys(sample('webhook_cloudevents_dotnet_test')[0]));
    expect(datacontenttype).toBe('application/json');
    const official = sample('webhook_classic').eventNotifications[0].dataChangeEvent.entities[0];
    expect(made('classic').eventNotifications[0].dataChangeEvent.entities).toEqual([official]);
  });

  test("the documentation's own samples pass the same check", () => {
    const folder = join(OFFICIAL, 'qbo-json-samples');
    const known = ['invoice', 'payment', 'customer', 'creditmemo', 'attachable_note'];
    const files = readdirSync(folder).filter((file) => known.includes(file.replace('.json', '')));
    expect(files).toHaveLength(known.length);
    for (const file of files) {
      const { time, ...wrapper } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      for (const [name, object] of Object.entries(wrapper)) expect(xsd.strangers(object, name)).toEqual([]);
      expect(time).toBeDefined();
    }
  });
});

/** Rows of every shape: paid, voided, foreign, with credit, with notes, with parent, inactive. */
function fill(it: Stand): void {
  const customer = addCustomer(it.books, 'Ridgeway', {
    firstName: 'Ann',
    lastName: 'Lee',
    phone: '+1 503 555 0199',
  });
  addCustomer(it.books, 'Branch', { parentId: customer, billWithParent: true, companyName: 'Branch Inc' });
  addCustomer(it.books, 'Old', { active: false });
  addCustomer(it.books, 'Grouped', { groups: ['Trade'] });
  const foreign = addCustomer(it.books, 'Tokyo', { currency: 'JPY', termsDays: 45 });
  const invoice = addInvoice(it.books, customer, 10000, { privateNote: 'x' });
  addInvoice(it.books, foreign, 5000, { currency: 'JPY' });
  it.books.emailInvoice(REALM, invoice.id);
  pay(it.books, customer, 7000, [{ invoiceId: invoice.id, amountMinor: 2000 }]);
  it.books.voidInvoice(REALM, addInvoice(it.books, customer, 500).id);
  it.books.voidPayment(REALM, pay(it.books, customer, 300, []));
  const base = {
    customerId: customer,
    date: '2026-11-20',
    currency: 'USD',
    totalMinor: 900,
    status: 'open',
  } as const;
  const memo = it.books.addCredit(REALM, { ...base, kind: 'credit_note', number: 'CM-1' });
  it.books.addCredit(REALM, { ...base, kind: 'overpayment' });
  const row = { sourceKind: 'credit', sourceId: memo.id, invoiceId: invoice.id, amountMinor: 400 } as const;
  it.books.allocate(REALM, { ...row, date: '2026-11-20' });
  it.books.addNote(REALM, invoice.id, 'app', 'First reminder');
  it.books.updateCompany(REALM, { lockedUntil: '2026-01-31' });
}
