import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { guid } from '../../sandbox/xero/wire/ids.ts';
import { World } from '../support/world.ts';
import { type Books, changeFeed, open, pass, rawInvoice, small, xeroPayment } from './syn-support.ts';

let world: World;
beforeAll(async () => {
  world = await World.start({ now: '2026-11-16T18:00:00Z' });
});
afterAll(() => world.stop());

describe('what QuickBooks may send', () => {
  let books: Books;
  let customer = '';
  let invoice = '';
  beforeAll(async () => {
    ({ books, customer, invoice } = await small(world, 'quickbooks'));
  });

  it('SYN-08: an older version that arrives late is ignored, a newer one is applied', async () => {
    const { books: dated, invoice: theirs } = await small(world, 'quickbooks');
    const row = await rawInvoice(dated, theirs);
    const stamped = (at: string, Balance: number) => ({
      ...row,
      Balance,
      MetaData: { CreateTime: at, LastUpdatedTime: at },
    });
    await dated.answers('/cdc', changeFeed({ Invoice: [stamped('2026-09-02T00:00:00Z', 55)] }));
    await dated.tick();
    expect(await open(dated)).toBe(10_000);
    await dated.answers('/cdc', changeFeed({ Invoice: [stamped('2026-11-18T00:00:00Z', 60)] }));
    await dated.tick();
    expect(await open(dated)).toBe(6_000);
  });

  it('SYN-09 SYN-10 SYN-11 SYN-24: payments that contradict their invoice or can’t be read are named one by one, the others go on', async () => {
    const gone = await books.make.invoice(customer, 3_000);
    await books.make.post(`/invoices/${gone}/void`);
    await pass(world, 1);
    await books.tick();
    const payment = (Id: string, more: object = {}) => ({
      Id,
      SyncToken: '0',
      TxnDate: '2026-11-10',
      TotalAmt: 5,
      UnappliedAmt: 0,
      CustomerRef: { value: customer },
      Line: [{ Amount: 5, LinkedTxn: [{ TxnId: invoice, TxnType: 'Invoice' }] }],
      MetaData: { CreateTime: '2026-11-16T10:00:00Z', LastUpdatedTime: '2026-11-16T10:00:00Z' },
      ...more,
    });
    const paying = (TxnId: string, TxnType = 'Invoice') => [{ Amount: 5, LinkedTxn: [{ TxnId, TxnType }] }];
    await books.answers(
      '/cdc',
      changeFeed({
        Payment: [
          payment('9001', { Line: paying(gone) }),
          payment('9002', { CurrencyRef: { value: 'EUR' } }),
          payment('9003', { TxnDate: undefined }),
          payment('9004', { TotalAmt: 'five' }),
          payment('9005', { Line: paying('77', 'Expense') }),
          payment('9006', { Line: [], UnappliedAmt: 5 }),
          payment('9007'),
        ],
      }),
    );
    await books.tick();
    const said = await books.problems('row_unreadable');
    expect(said.map((problem) => problem.subject).sort()).toEqual([
      'payment:9001',
      'payment:9002',
      'payment:9003',
      'payment:9004',
    ]);
    const words = (id: string) => said.find((problem) => problem.subject === `payment:${id}`)?.what;
    expect(words('9001')).toContain('which is void');
    expect(words('9002')).toMatch(/EUR.*USD/);
    expect(words('9003')).toContain('TxnDate');
    expect(words('9004')).toContain('TotalAmt');
    const kept = await books.mirrored<{ payment_id: string }>('payment', 'payment_id');
    expect(kept.map((row) => row.payment_id)).toEqual(['9005', '9006', '9007']);
    // what is owed is the ledger's own figure, whatever payments say (R2)
    expect((await books.invoices()).find((row) => row.invoiceId === invoice)?.open.minor).toBe(10_000);
  });

  it('SYN-18: a payment is found by its whole id, never by the beginning of it', async () => {
    const money = (Id: string, TotalAmt: number) => ({
      Id,
      SyncToken: '0',
      TxnDate: '2026-11-10',
      TotalAmt,
      UnappliedAmt: TotalAmt,
      CustomerRef: { value: customer },
      Line: [],
      MetaData: { CreateTime: '2026-11-16T10:00:00Z', LastUpdatedTime: '2026-11-16T10:00:00Z' },
    });
    await books.answers('/cdc', changeFeed({ Payment: [money('12', 10), money('123', 20)] }));
    await books.tick();
    const gone = { domain: 'QBO', status: 'Deleted', Id: '12' };
    await books.answers('/cdc', changeFeed({ Payment: [gone] }));
    await books.tick();
    const kept = await books.mirrored<{ payment_id: string; status: string }>(
      'payment',
      'payment_id, status',
    );
    expect(kept.filter((row) => ['12', '123'].includes(row.payment_id))).toEqual([
      { payment_id: '12', status: 'deleted' },
      { payment_id: '123', status: 'valid' },
    ]);
  });

  it('SYN-02 SYN-23: a list that does not move on ends, holds the cursor and is a problem; SYN-15: beyond the reach of the feed, deletions are found all the same', async () => {
    const { books: old, customer: theirs, invoice: first } = await small(world, 'quickbooks');
    const second = await old.make.invoice(theirs, 20_000);
    await old.tick();
    expect(await open(old)).toBe(30_000);
    const before = await old.cursor();
    await pass(world, 24);
    await old.make.post(`/invoices/${first}/delete`);
    await old.make.post('/payments', { applyTo: [{ invoiceId: second, amountMinor: 5_000 }] });
    // nobody reads for longer than the feed looks back
    await pass(world, 39 * 24);
    const row = { SyncToken: '0', DisplayName: 'Stuck', Balance: 0, Active: true };
    const MetaData = { CreateTime: '2026-10-01T00:00:00Z', LastUpdatedTime: '2026-12-01T00:00:00Z' };
    const stuck = Array.from({ length: 1_000 }, (_, at) => ({ Id: `s${at}`, ...row, MetaData }));
    const QueryResponse = { Customer: stuck, startPosition: 1, maxResults: 1_000 };
    await old.answers('Customer', { QueryResponse, time: '2026-12-26T00:00:00Z' }, { times: 0, after: 1 });
    const reads = await old.readsOf(() => old.tick());
    expect(reads.length).toBeLessThan(20);
    expect((await old.problems('sync_failed'))[0]?.what).toContain('does not move on');
    expect(await old.cursor()).toBe(before);
    await old.withdraw();
    await pass(world, 1);
    await old.tick();
    await old.tick();
    const stored = await old.invoices();
    expect(stored.find((each) => each.invoiceId === first)?.status).toBe('deleted');
    expect(await open(old)).toBe(15_000);
    expect(await old.problems('sync_failed')).toEqual([]);
  });

  it('one read checks unchanged books; the cursor is asked about once, notes included', async () => {
    const { books: quiet } = await small(world, 'quickbooks');
    await pass(world, 1);
    await quiet.tick();
    const reads = await quiet.readsOf(() => quiet.tick());
    expect(reads).toEqual([expect.stringContaining('/cdc?')]);
    expect(decodeURIComponent(reads[0] ?? '')).toContain('Attachable');
  });
});

describe('what Xero may send', () => {
  let books: Books;
  let customer = '';
  let invoice = '';
  beforeAll(async () => {
    ({ books, customer, invoice } = await small(world, 'xero'));
  });

  it('SYN-21: a 304 is "nothing changed": no error, the cursor stays', async () => {
    const before = await books.cursor();
    await books.fault({ kind: 'status', status: 304, body: '', match: '/api.xro' });
    await books.tick();
    await books.withdraw();
    expect(await books.cursor()).toBe(before);
    expect(await books.problems('sync_failed')).toEqual([]);
  });

  it('SYN-02: an empty page that claims more ends the read, holds the cursor and is a problem', async () => {
    const before = await books.cursor();
    const pagination = { page: 1, pageSize: 1_000, pageCount: 3, itemCount: 2_500 };
    await books.answers('/Invoices?', { Invoices: [], pagination }, { times: 0 });
    const reads = await books.readsOf(() => books.tick());
    expect(reads.length).toBeLessThan(10);
    expect((await books.problems('sync_failed'))[0]?.what).toContain('does not move on');
    expect(await books.cursor()).toBe(before);
    await books.withdraw();
    await pass(world, 1);
    await books.tick();
    expect(await books.problems('sync_failed')).toEqual([]);
  });

  it('SYN-23: a list that shows the same page for ever ends, holds the cursor and is a problem', async () => {
    const before = await books.cursor();
    const one = (at: number) => ({ ...xeroPayment(`p${at}`, invoice, customer), Amount: 1 });
    const Payments = Array.from({ length: 1_000 }, (_, at) => one(at));
    await books.answers('/Payments?', { Payments }, { times: 0 });
    const reads = await books.readsOf(() => books.tick());
    expect(reads.length).toBeLessThan(20);
    expect((await books.problems('sync_failed'))[0]?.what).toContain('does not move on');
    expect(await books.cursor()).toBe(before);
    await books.withdraw();
    await pass(world, 1);
    await books.tick();
    expect(await books.problems('sync_failed')).toEqual([]);
  });

  it('SYN-09 SYN-10 SYN-11 SYN-24: payments are judged one by one; refunds and bills are none of ours', async () => {
    const voided = await books.make.invoice(customer, 3_000);
    await books.make.post(`/invoices/${voided}/void`);
    await pass(world, 1);
    await books.tick();
    const row = (id: string, more: object = {}) => ({ ...xeroPayment(id, invoice, customer), ...more });
    const to = (id: string, CurrencyCode: string) => ({
      InvoiceID: guid(id),
      Type: 'ACCREC',
      CurrencyCode,
      Contact: { ContactID: guid(customer) },
    });
    await books.answers('/Payments?', {
      Payments: [
        row('void', { Invoice: to(voided, 'GBP') }),
        row('euro', { Invoice: to(invoice, 'EUR') }),
        row('undated', { Date: undefined }),
        row('text', { Amount: 'five' }),
        row('no-invoice', { Invoice: undefined }),
        row('refund', { PaymentType: 'ARCREDITPAYMENT', Invoice: undefined }),
        row('bill', { PaymentType: 'ACCPAYPAYMENT' }),
        row('good'),
      ],
    });
    await books.tick();
    const said = await books.problems('row_unreadable');
    expect(said.map((problem) => problem.subject).sort()).toEqual(
      ['euro', 'no-invoice', 'text', 'undated', 'void'].map((id) => `payment:${guid(id)}`).sort(),
    );
    expect(said.find((problem) => problem.subject.endsWith(guid('void')))?.what).toContain('which is void');
    const kept = await books.mirrored<{ payment_id: string }>('payment', 'payment_id');
    expect(kept.map((each) => each.payment_id)).toContain(guid('good'));
    for (const id of ['void', 'euro', 'undated', 'text', 'no-invoice', 'refund', 'bill'])
      expect(kept.map((each) => each.payment_id)).not.toContain(guid(id));
  });

  it('a change that moves no stamp comes to light within a week, by the sweep of open invoices', async () => {
    const { books: swept, customer: theirs } = await small(world, 'xero');
    const part = await swept.make.invoice(theirs, 8_000);
    await swept.make.post('/payments', { applyTo: [{ invoiceId: part, amountMinor: 1_000 }] });
    await swept.tick();
    await pass(world, 1);
    await swept.tick();
    await pass(world, 24);
    // facts 2.2: the due date of a partly paid invoice changes without a new UpdatedDateUTC
    await swept.make.patch(`/invoices/${part}`, { dueDate: '2026-12-31' });
    await swept.tick();
    const due = async () => (await swept.invoices()).find((row) => row.invoiceId === guid(part))?.dueOn;
    expect(await due()).toBe('2026-10-01');
    await pass(world, 7 * 24);
    await swept.tick();
    expect(await due()).toBe('2026-12-31');
  });

  it('while the doorbell is heard, one read checks unchanged books, and freshness is not claimed for the rest', async () => {
    const { books: quiet, invoice: theirs } = await small(world, 'xero');
    await pass(world, 1);
    await quiet.tick();
    const deaf = await quiet.readsOf(() => quiet.tick());
    expect(deaf).toHaveLength(6);
    const body = JSON.stringify({ events: [], firstEventSequence: 0, lastEventSequence: 0, entropy: 'E' });
    const sign = createHmac('sha256', world.environment.XERO_WEBHOOK_KEY ?? '')
      .update(body)
      .digest('base64');
    const heard = await fetch(`${world.duly}/webhooks/xero`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'x-xero-signature': sign },
    });
    expect(heard.status).toBe(200);
    const company = () => quiet.api.get<{ booksReadAt: string }>('');
    const before = await company();
    await pass(world, 1);
    const reads = await quiet.readsOf(() => quiet.tick());
    expect(reads).toEqual([expect.stringContaining('/Invoices?')]);
    expect((await company()).booksReadAt).toBe(before.booksReadAt);
    await quiet.make.post('/payments', { applyTo: [{ invoiceId: theirs, amountMinor: 4_000 }] });
    await quiet.tick();
    expect(await open(quiet)).toBe(6_000);
    await pass(world, 20);
    expect(await quiet.readsOf(() => quiet.tick())).not.toHaveLength(1);
  });
});
