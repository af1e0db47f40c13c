import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { changeSettings } from '../../sandbox/intuit/settings.ts';
import { addCustomer, addInvoice, REALM, replyOf, START, type Stand, stand } from './intuit-support.ts';

let it: Stand;
let customer: string;
const minutes = (n: number) => it.clock.set(new Date(Date.parse(START) + n * 60_000));
const read = async (path: string) => (await it.api('GET', path)).json;

beforeEach(async () => {
  it = await stand();
  customer = addCustomer(it.books, 'Ridgeway Ltd');
});
afterEach(() => it.app.close());

describe('writing to the books', () => {
  const note = (id: string, text = 'First reminder sent [duly:t-1]') => ({
    AttachableRef: [{ EntityRef: { type: 'Invoice', value: id } }],
    Note: text,
  });

  test('a note is an Attachable once for each requestid, and leaves the invoice alone', async () => {
    const invoice = addInvoice(it.books, customer, 100);
    const first = await it.api('POST', '/attachable?requestid=r-1', note(invoice.id));
    const second = await it.api('POST', '/attachable?requestid=r-1', note(invoice.id, 'another text'));
    expect(first.json.Attachable).toMatchObject({
      Note: 'First reminder sent [duly:t-1]',
      AttachableRef: [{ IncludeOnSend: false, EntityRef: { type: 'Invoice', value: invoice.id } }],
    });
    expect(first.json.Attachable.Id).toHaveLength(21);
    expect(second.json.Attachable).toEqual(first.json.Attachable);
    expect(it.books.notes(REALM, invoice.id)).toHaveLength(1);
    const where = `AttachableRef.EntityRef.Type='Invoice' AND AttachableRef.EntityRef.value='${invoice.id}'`;
    const found = await it.query(`SELECT * FROM Attachable WHERE ${where}`);
    expect(found.QueryResponse.Attachable).toEqual([first.json.Attachable]);
    expect((await read(`/invoice/${invoice.id}`)).Invoice.SyncToken).toBe('0');
  });

  test('two answers lost after the commit still leave one note', async () => {
    const invoice = addInvoice(it.books, customer, 100);
    it.ctx.faults.order({ vendor: 'intuit', match: '/attachable', kind: 'drop_after_commit', times: 2 });
    for (let at = 0; at < 2; at += 1) {
      await it.api('POST', '/attachable?requestid=r-9', note(invoice.id)).catch(() => undefined);
    }
    expect((await it.api('POST', '/attachable?requestid=r-9', note(invoice.id))).status).toBe(200);
    expect(it.books.notes(REALM, invoice.id)).toHaveLength(1);
  });

  test('WB-05: the answer to a requestid comes again although the note was deleted since', async () => {
    const invoice = addInvoice(it.books, customer, 100);
    const send = () => it.api('POST', '/attachable?requestid=r-5', note(invoice.id));
    const { Attachable } = (await send()).json;
    const { Id, SyncToken } = Attachable;
    const gone = await it.api('POST', '/attachable?operation=delete', { Id, SyncToken });
    expect(gone.json.Attachable).toEqual({ domain: 'QBO', status: 'Deleted', Id });
    expect((await send()).json.Attachable).toEqual(Attachable);
    expect(it.books.notes(REALM)).toHaveLength(0);
    expect((await read(`/attachable/${Id}`)).Fault.Error[0].code).toBe('610');
    changeSettings(it.ctx.store, REALM, { requestIdHours: 1 });
    minutes(59);
    expect((await send()).json.Attachable.Id).toBe(Id);
    minutes(61);
    const { access_token } = await it.connect();
    const own = { authorization: `Bearer ${access_token}` };
    const again = await it.api('POST', '/attachable?requestid=r-5', note(invoice.id), own);
    expect(again.json.Attachable.Id).not.toBe(Id);
  });

  test('notes come in the change feed: new, rewritten, and deleted as stubs; stale tokens are refused', async () => {
    const invoice = addInvoice(it.books, customer, 100);
    const { Attachable } = (await it.api('POST', '/attachable', note(invoice.id))).json;
    const onCustomer = { AttachableRef: [{ EntityRef: { type: 'Customer', value: customer } }], Note: 'c' };
    const other = (await it.api('POST', '/attachable', onCustomer)).json.Attachable;
    minutes(10);
    const feed = async () =>
      (await read(`/cdc?entities=Invoice,Attachable&changedSince=2026-11-20T18:10:00Z`)).CDCResponse[0]
        .QueryResponse;
    expect(await feed()).toEqual([{}, {}]);
    const ids = { Id: Attachable.Id, SyncToken: '0' };
    const { json } = await it.api('POST', '/attachable', { ...note(invoice.id, 'rewritten'), ...ids });
    expect(json.Attachable).toMatchObject({ Note: 'rewritten', SyncToken: '1', Id: Attachable.Id });
    const stale = await it.api('POST', '/attachable', { ...note(invoice.id, 'again'), ...ids });
    expect(stale.json.Fault.Error[0].code).toBe('5010');
    await it.api('POST', '/attachable?operation=delete', { Id: other.Id, SyncToken: '0' });
    const [, slot] = await feed();
    expect(slot.Attachable).toHaveLength(2);
    expect(slot.Attachable).toContainEqual(expect.objectContaining({ Id: Attachable.Id, Note: 'rewritten' }));
    expect(slot.Attachable).toContainEqual({
      domain: 'QBO',
      status: 'Deleted',
      Id: other.Id,
      MetaData: { LastUpdatedTime: '2026-11-20T13:10:00-05:00' },
    });
    expect((await it.query('SELECT * FROM Attachable')).QueryResponse.Attachable).toHaveLength(1);
  });

  test('a note that is too long or hangs on nothing is refused', async () => {
    const invoice = addInvoice(it.books, customer, 100);
    const long = await it.api('POST', '/attachable', note(invoice.id, 'x'.repeat(2001)));
    expect(long.json.Fault.Error[0].code).toBe('2050');
    expect((await it.api('POST', '/attachable', note('777'))).json.Fault.Error[0].code).toBe('610');
    const key = 'k'.repeat(51);
    const refused = await it.api('POST', `/attachable?requestid=${key}`, note(invoice.id));
    expect(refused.json.Fault.Error[0].code).toBe('2050');
  });

  test('an old SyncToken is 5010, a closed period 6210, and a note passes there all the same', async () => {
    const invoice = addInvoice(it.books, customer, 100);
    const update = (SyncToken: string) =>
      it.api('POST', '/invoice', { Id: invoice.id, SyncToken, sparse: true, DueDate: '2026-12-24' });
    expect((await update('0')).json.Invoice).toMatchObject({
      DueDate: '2026-12-24',
      SyncToken: '1',
      DocNumber: 'INV-1',
    });
    expect((await update('0')).json.Fault).toMatchObject({
      type: 'ValidationFault',
      Error: [{ code: '5010' }],
    });
    it.books.updateCompany(REALM, { lockedUntil: '2026-10-31' });
    expect((await read('/preferences')).Preferences.AccountingInfoPrefs.BookCloseDate).toBe('2026-10-31');
    expect((await update('1')).json.Fault.Error[0].code).toBe('6210');
    expect((await it.api('POST', '/attachable', note(invoice.id))).status).toBe(200);
  });

  test('void, delete and send by the API have their shapes', async () => {
    const [a, b, c] = [1, 2, 3].map((n) => addInvoice(it.books, customer, n * 100));
    const voided = await it.api('POST', '/invoice?operation=void', { Id: a?.id, SyncToken: '0' });
    expect(voided.json.Invoice).toMatchObject({ TotalAmt: 0, PrivateNote: 'Voided' });
    const deleted = await it.api('POST', '/invoice?operation=delete', { Id: b?.id, SyncToken: '0' });
    expect(deleted.json.Invoice).toEqual({ status: 'Deleted', domain: 'QBO', Id: b?.id });
    const sent = await it.api('POST', `/invoice/${c?.id}/send?sendTo=z@x.example`, undefined, {
      'content-type': 'application/octet-stream',
    });
    expect(sent.json.Invoice).toMatchObject({
      EmailStatus: 'EmailSent',
      BillEmail: { Address: 'z@x.example' },
    });
  });

  test('an invoice has a link when it can be paid online, and a PDF', async () => {
    const invoice = addInvoice(it.books, customer, 100);
    const plain = (await read(`/invoice/${invoice.id}`)).Invoice;
    expect(plain).not.toHaveProperty('InvoiceLink');
    const linked = (await read(`/invoice/${invoice.id}?include=invoiceLink`)).Invoice;
    const shown = await it.app.inject({ method: 'GET', url: new URL(linked.InvoiceLink).pathname });
    expect(shown.payload).toContain('1.00 USD');
    const pdf = await it.api('GET', `/invoice/${invoice.id}/pdf`, undefined, { accept: 'application/pdf' });
    expect([pdf.headers['content-type'], pdf.text.slice(0, 5)]).toEqual(['application/pdf', '%PDF-']);
  });
});

describe('refusals before the books are reached', () => {
  test('a missing, expired or foreign token has the lower-case fault of the gateway', async () => {
    const call = async (token: string, realm = REALM) =>
      replyOf(
        await it.app.inject({
          method: 'GET',
          url: `/intuit/v3/company/${realm}/preferences`,
          headers: { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        }),
      );
    const { access_token: token } = await it.connect();
    for (const bad of [await call(''), await call('nonsense')]) {
      expect(bad.status).toBe(401);
      expect(bad.json).toMatchObject({
        warnings: null,
        fault: {
          error: [
            { message: 'message=AuthenticationFailed; errorCode=003200; statusCode=401', code: '3200' },
          ],
          type: 'AUTHENTICATION',
        },
        cdcresponse: [],
      });
      expect(bad.headers.intuit_tid).toBeDefined();
    }
    const foreign = await call(token, '123');
    expect([foreign.status, foreign.json.fault.error[0].code]).toEqual([403, '3100']);
    minutes(60);
    const expired = await call(token);
    expect([expired.status, expired.json.fault.error[0].detail]).toEqual([
      401,
      expect.stringContaining('Token expired'),
    ]);
  });

  test('the 501st request of a minute is 429 with code 3001 and no Retry-After', async () => {
    const codes = new Map<number, number>();
    for (let at = 0; at < 500; at += 1) {
      const { status } = await it.api('GET', '/preferences');
      codes.set(status, (codes.get(status) ?? 0) + 1);
    }
    expect([...codes]).toEqual([[200, 500]]);
    const over = await it.api('GET', '/preferences');
    expect(over.status).toBe(429);
    expect(over.json.Fault).toEqual({
      Error: [
        {
          Message: 'message=ThrottleExceeded; errorCode=003001; statusCode=429',
          Detail: 'The request limit was reached.  Try again later',
          code: '3001',
        },
      ],
      type: 'SERVICE',
    });
    expect(over.headers['retry-after']).toBeUndefined();
    minutes(1);
    expect((await it.api('GET', '/preferences')).status).toBe(200);
  });

  test('the eleventh request at the same time is 429', async () => {
    await it.api('GET', '/preferences');
    it.ctx.faults.order({ vendor: 'intuit', match: '/preferences', kind: 'delay', ms: 200, times: 0 });
    const all = await Promise.all(Array.from({ length: 11 }, () => it.api('GET', '/preferences')));
    const refused = all.filter((one) => one.status === 429).length;
    expect(refused).toBeGreaterThanOrEqual(1);
    it.ctx.faults.clear();
    expect((await it.api('GET', '/preferences')).status).toBe(200);
  });

  test('a company whose subscription ended answers 6190', async () => {
    it.books.updateCompany(REALM, { suspended: true });
    expect((await read('/preferences')).Fault.Error[0]).toMatchObject({
      code: '6190',
      Message: 'Invalid Company Status',
    });
  });

  test('without an Accept for JSON the answer is XML, faults too', async () => {
    const invoice = addInvoice(it.books, customer, 100);
    const xml = await it.api('GET', `/invoice/${invoice.id}`, undefined, { accept: '*/*' });
    expect(xml.headers['content-type']).toContain('application/xml');
    expect(xml.text).toContain('<CustomerRef name="Ridgeway Ltd">');
    const bad = await it.api('GET', '/invoice/777', undefined, { accept: 'application/xml' });
    expect(bad.text).toContain('<Error code="610"');
  });

  test('unknown paths, wrong capitals and broken JSON are Faults', async () => {
    for (const path of ['/Invoice/1', '/nothing']) {
      const answer = await it.api('GET', path);
      expect([answer.status, answer.json.Fault.Error[0].code]).toEqual([400, '500']);
    }
    const broken = await it.api('POST', '/attachable', '{"Note":', { 'content-type': 'application/json' });
    expect([broken.status, broken.json.Fault.type]).toEqual([400, 'ValidationFault']);
  });
});
