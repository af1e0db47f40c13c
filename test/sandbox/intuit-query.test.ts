import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseQuery } from '../../sandbox/intuit/api/query-parse.ts';
import { changeSettings } from '../../sandbox/intuit/settings.ts';
import { addCustomer, addInvoice, type Json, pay, REALM, type Stand, stand } from './intuit-support.ts';

describe('reading the query language', () => {
  test('takes every part, keywords in any case', () => {
    const text =
      "select * from Invoice where Balance > '0' and DueDate < '2026-11-21' orderby DueDate desc, Id STARTPOSITION 101 maxresults 5000";
    expect(parseQuery(text)).toEqual({
      entity: 'Invoice',
      count: false,
      where: [
        { property: 'Balance', operator: '>', values: ['0'] },
        { property: 'DueDate', operator: '<', values: ['2026-11-21'] },
      ],
      order: [
        { property: 'DueDate', descending: true },
        { property: 'Id', descending: false },
      ],
      start: 101,
      max: 1000,
    });
  });

  test('a backslash escapes an apostrophe', () => {
    const { where } = parseQuery(
      String.raw`SELECT * FROM Customer WHERE DisplayName = 'Adam\'s "Candy" Shop'`,
    );
    expect(where[0]?.values).toEqual([`Adam's "Candy" Shop`]);
  });

  test.each([
    ['SELECT Id FROM Invoice', '4000'],
    ['SELECT * FROM Invoice WHERE Balance > 0', '4000'],
    ["SELECT * FROM Invoice WHERE Id = '1' OR Id = '2'", '4000'],
    ["SELECT * FROM Customer WHERE DisplayName = 'Adam's'", '4000'],
    ['SELECT * FROM Invoice WHERE Id IN ()', '4000'],
    ['SELECT * FROM Invoice STARTPOSITION 0', '4001'],
    ['DELETE FROM Invoice', '4000'],
    ['', '4000'],
  ])('refuses %s with %s', (text, code) => {
    expect(() => parseQuery(text)).toThrow(expect.objectContaining({ code }) as unknown as Error);
  });
});

describe('queries over the books', () => {
  let it: Stand;
  let customer: string;
  const ids = (answer: Json, entity: string) =>
    (answer.QueryResponse[entity] ?? []).map((one: Json) => one.Id as string);

  beforeAll(async () => {
    it = await stand();
    customer = addCustomer(it.books, "Adam's Candy Shop");
    addCustomer(it.books, 'Gone Ltd', { active: false });
    for (let at = 0; at < 105; at += 1) {
      it.clock.set(new Date(Date.parse('2026-11-01T00:00:00Z') + at * 60_000));
      addInvoice(it.books, customer, 1000 + at, { dueDate: at % 2 ? '2026-10-31' : '2026-12-31' });
    }
  });
  afterAll(() => it.app.close());

  test('a page is 100 unless asked for more, and says how many it holds', async () => {
    const { QueryResponse: page } = await it.query('SELECT * FROM Invoice ORDERBY Id');
    expect([page.Invoice.length, page.startPosition, page.maxResults]).toEqual([100, 1, 100]);
    const { QueryResponse: rest } = await it.query(
      'SELECT * FROM Invoice ORDERBY Id STARTPOSITION 101 MAXRESULTS 1000',
    );
    expect([rest.Invoice.length, rest.startPosition, rest.maxResults]).toEqual([5, 101, 5]);
    expect(new Set([...page.Invoice, ...rest.Invoice].map((one: Json) => one.Id)).size).toBe(105);
  });

  test('an empty answer has no array', async () => {
    expect((await it.query("SELECT * FROM Invoice WHERE Id = '99999'")).QueryResponse).toEqual({});
    expect((await it.query('SELECT * FROM CreditMemo')).QueryResponse).toEqual({});
  });

  test('count(*) answers a total alone', async () => {
    const answer = await it.query(
      "SELECT count(*) FROM Invoice WHERE DueDate < '2026-11-21' AND Balance > '0'",
    );
    expect(answer.QueryResponse).toEqual({ totalCount: 52 });
    expect(answer.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}-0[78]:00$/);
  });

  test('amounts, ids, moments and references are compared as what they are', async () => {
    const some = await it.query("SELECT * FROM Invoice WHERE Balance >= '10.99' AND Balance < '11.01'");
    expect(some.QueryResponse.Invoice.map((one: Json) => one.Balance).sort()).toEqual([10.99, 11]);
    const [first, second] = it.books.invoices(REALM);
    const two = await it.query(
      `SELECT * FROM Invoice WHERE Id IN ('${first?.id}', '${second?.id}') ORDERBY Id DESC`,
    );
    expect(ids(two, 'Invoice')).toEqual([second?.id, first?.id]);
    const late = "SELECT * FROM Invoice WHERE MetaData.LastUpdatedTime >= '2026-10-31T21:43:00-04:00'";
    expect((await it.query(late)).QueryResponse.maxResults).toBe(2);
    const theirs = await it.query(`SELECT count(*) FROM Invoice WHERE CustomerRef = '${customer}'`);
    expect(theirs.QueryResponse.totalCount).toBe(105);
  });

  test('inactive customers come only when asked for', async () => {
    expect((await it.query('SELECT * FROM Customer')).QueryResponse.maxResults).toBe(1);
    const all = await it.query('SELECT * FROM Customer WHERE Active IN (true, false) ORDERBY DisplayName');
    expect(all.QueryResponse.Customer.map((one: Json) => one.DisplayName)).toEqual([
      "Adam's Candy Shop",
      'Gone Ltd (deleted)',
    ]);
    const one = await it.query(String.raw`SELECT * FROM Customer WHERE DisplayName = 'Adam\'s Candy Shop'`);
    expect(ids(one, 'Customer')).toEqual([customer]);
  });

  test.each([
    ['SELECT * FROM invoice', 'Metadata not found for Entity: invoice'],
    ["SELECT * FROM Invoice WHERE NoSuchField = '1'", 'Property NoSuchField not found for Entity Invoice'],
    ["SELECT * FROM Invoice WHERE DueDate < 'yesterday'", 'Invalid value'],
    ['SELECT * FROM Invoice STARTPOSITION 0', 'value 0 is too small. Min allowed value is 1'],
  ])('%s is 4001: %s', async (text, words) => {
    const { Fault } = await it.query(text);
    expect(Fault).toMatchObject({
      type: 'ValidationFault',
      Error: [{ Message: 'Invalid query', code: '4001' }],
    });
    expect(Fault.Error[0].Detail).toContain(words);
  });

  test('a deleted invoice is found by no query, a payment shows its applied and unapplied parts', async () => {
    const invoice = addInvoice(it.books, customer, 5000);
    const payment = pay(it.books, customer, 7000, [{ invoiceId: invoice.id, amountMinor: 5000 }]);
    const found = (await it.query(`SELECT * FROM Payment WHERE Id = '${payment}'`)).QueryResponse.Payment[0];
    expect(found).toMatchObject({ TotalAmt: 70, UnappliedAmt: 20 });
    expect(found.Line).toMatchObject([
      { Amount: 50, LinkedTxn: [{ TxnId: invoice.id, TxnType: 'Invoice' }] },
    ]);
    it.books.deleteInvoice(REALM, invoice.id);
    expect((await it.query(`SELECT * FROM Invoice WHERE Id = '${invoice.id}'`)).QueryResponse).toEqual({});
  });

  test('online links come in queries as in single reads, and only when asked for', async () => {
    const [invoice] = it.books.invoices(REALM);
    const text = encodeURIComponent(`select * from Invoice where Id in ('${invoice?.id}')`);
    const asked = async (more: string) =>
      (await it.api('GET', `/query?query=${text}${more}`)).json.QueryResponse.Invoice[0];
    expect(await asked('')).not.toHaveProperty('InvoiceLink');
    expect((await asked('&include=invoiceLink')).InvoiceLink).toContain(`/portal/${REALM}/${invoice?.id}`);
    it.books.updateInvoice(REALM, invoice?.id ?? '', { billEmail: 'nobody' });
    expect(await asked('&include=invoiceLink')).not.toHaveProperty('InvoiceLink');
    it.books.updateInvoice(REALM, invoice?.id ?? '', { billEmail: 'a@b.example, c@d.example' });
    expect(await asked('&include=invoiceLink')).toHaveProperty('InvoiceLink');
    changeSettings(it.ctx.store, REALM, { paymentsOn: false });
    expect(await asked('&include=invoiceLink')).not.toHaveProperty('InvoiceLink');
  });

  test('invoices and customers name their terms, and the terms can be asked for', async () => {
    const terms = (await it.query('SELECT * FROM Term')).QueryResponse.Term;
    const [invoice] = (await it.query('SELECT * FROM Invoice MAXRESULTS 1')).QueryResponse.Invoice;
    expect(terms).toContainEqual(expect.objectContaining({ Id: invoice.SalesTermRef.value, Name: 'Net 30' }));
    expect(invoice.SalesTermRef.name).toBe('Net 30');
    const { Customer } = (await it.api('GET', `/customer/${customer}`)).json;
    expect(Customer.SalesTermRef).toEqual(invoice.SalesTermRef);
  });

  test('entities without rows are empty; the change feed refuses what it excludes', async () => {
    expect((await it.query('SELECT * FROM Estimate')).QueryResponse).toEqual({});
    const feed = (entities: string) =>
      it.api('GET', `/cdc?entities=${entities}&changedSince=2026-11-01T00:00:00Z`);
    expect((await feed('Vendor,Attachable')).json.CDCResponse[0].QueryResponse).toEqual([{}, {}]);
    expect((await feed('Invoice,TaxCode')).json.Fault.Error[0].code).toBe('2010');
  });

  test('an answer is packed for those who take it', async () => {
    const { access_token } = await it.connect();
    const answer = await it.app.inject({
      url: `/intuit/v3/company/${REALM}/query?query=${encodeURIComponent('select * from Invoice')}`,
      headers: {
        authorization: `Bearer ${access_token}`,
        accept: 'application/json',
        'accept-encoding': 'gzip',
      },
    });
    expect(answer.headers['content-encoding']).toBe('gzip');
    const { QueryResponse } = JSON.parse(gunzipSync(answer.rawPayload).toString());
    expect(QueryResponse.maxResults).toBe(100);
    expect(answer.rawPayload.length).toBeLessThan(20_000);
  });

  test('a batch runs several queries and answers 200 with a Fault inside', async () => {
    const answer = await it.api('POST', '/batch', {
      BatchItemRequest: [
        { bId: 'a', Query: 'select count(*) from Customer' },
        { bId: 'b', Query: 'select nonsense' },
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.json.BatchItemResponse).toMatchObject([
      { bId: 'a', QueryResponse: { totalCount: 1 } },
      { bId: 'b', Fault: { Error: [{ code: '4000' }] } },
    ]);
  });
});
