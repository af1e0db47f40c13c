import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  addCustomer,
  addInvoice,
  type Json,
  pay,
  REALM,
  START,
  type Stand,
  stand,
} from './intuit-support.ts';

let it: Stand;
let customer: string;
const minutes = (n: number) => it.clock.set(new Date(Date.parse(START) + n * 60_000));
const read = async (path: string) => (await it.api('GET', path)).json;
const changes = async (since: string, entities = 'Invoice,Payment,CreditMemo,Customer') =>
  (await read(`/cdc?entities=${entities}&changedSince=${encodeURIComponent(since)}`)).CDCResponse?.[0]
    .QueryResponse;

beforeEach(async () => {
  it = await stand();
  customer = addCustomer(it.books, 'Ridgeway Ltd');
});
afterEach(() => it.app.close());

const credit = (totalMinor: number) =>
  it.books.addCredit(REALM, {
    customerId: customer,
    kind: 'credit_note',
    number: 'CM-1',
    date: '2026-11-02',
    currency: 'USD',
    totalMinor,
    status: 'open',
  });

describe('balances over the wire', () => {
  test('a part payment moves Balance, SyncToken and the customer; deleting it brings the balance back', async () => {
    const invoice = addInvoice(it.books, customer, 36207);
    const before = (await read(`/invoice/${invoice.id}`)).Invoice;
    expect(before).toMatchObject({ TotalAmt: 362.07, Balance: 362.07, LinkedTxn: [], SyncToken: '0' });
    expect(before.MetaData.LastUpdatedTime).toBe('2026-11-20T13:00:00-05:00');
    minutes(1);
    const payment = pay(it.books, customer, 10000, [{ invoiceId: invoice.id, amountMinor: 6207 }]);
    const after = (await read(`/invoice/${invoice.id}`)).Invoice;
    expect(after).toMatchObject({
      Balance: 300,
      LinkedTxn: [{ TxnId: payment, TxnType: 'Payment' }],
      SyncToken: '1',
      MetaData: { LastUpdatedTime: '2026-11-20T13:01:00-05:00' },
    });
    expect((await read(`/payment/${payment}`)).Payment).toMatchObject({ TotalAmt: 100, UnappliedAmt: 37.93 });
    expect((await read(`/customer/${customer}`)).Customer.Balance).toBe(262.07);
    it.books.deletePayment(REALM, payment);
    expect((await read(`/invoice/${invoice.id}`)).Invoice).toMatchObject({ Balance: 362.07, LinkedTxn: [] });
    const gone = await it.api('GET', `/payment/${payment}`);
    expect([gone.status, gone.json.Fault.Error[0].code]).toEqual([400, '610']);
  });

  test('a credit memo is applied by a payment of nothing with two lines', async () => {
    const invoice = addInvoice(it.books, customer, 10000);
    const memo = credit(3000);
    const part = it.books.allocate(REALM, {
      sourceKind: 'credit',
      sourceId: memo.id,
      invoiceId: invoice.id,
      amountMinor: 2500,
      date: '2026-11-20',
    });
    const { Payment } = await read(`/payment/${part.id}`);
    expect(Payment).toMatchObject({
      TotalAmt: 0,
      UnappliedAmt: 0,
      Line: [
        { Amount: 25, LinkedTxn: [{ TxnId: invoice.id, TxnType: 'Invoice' }] },
        { Amount: 25, LinkedTxn: [{ TxnId: memo.id, TxnType: 'CreditMemo' }] },
      ],
    });
    expect((await read(`/invoice/${invoice.id}`)).Invoice).toMatchObject({
      Balance: 75,
      LinkedTxn: [{ TxnId: part.id, TxnType: 'Payment' }],
    });
    expect((await read(`/creditmemo/${memo.id}`)).CreditMemo).toMatchObject({
      RemainingCredit: 5,
      TotalAmt: 30,
    });
    minutes(10);
    it.books.removeAllocation(REALM, part.id);
    const slots = await changes('2026-11-20T18:10:00Z');
    expect(slots[1].Payment).toEqual([
      {
        domain: 'QBO',
        status: 'Deleted',
        Id: part.id,
        MetaData: { LastUpdatedTime: '2026-11-20T13:10:00-05:00' },
      },
    ]);
    expect(slots[2].CreditMemo[0].RemainingCredit).toBe(30);
  });

  test('a voided invoice keeps its id with nothing on it, and money on it comes free', async () => {
    const invoice = addInvoice(it.books, customer, 4000, { privateNote: 'Two pallets' });
    const payment = pay(it.books, customer, 1000, [{ invoiceId: invoice.id, amountMinor: 1000 }]);
    it.books.voidInvoice(REALM, invoice.id);
    expect((await read(`/invoice/${invoice.id}`)).Invoice).toMatchObject({
      TotalAmt: 0,
      Balance: 0,
      LinkedTxn: [],
      PrivateNote: 'Voided - Two pallets',
    });
    expect((await read(`/payment/${payment}`)).Payment).toMatchObject({ UnappliedAmt: 10, Line: [] });
    it.books.voidPayment(REALM, payment);
    expect((await read(`/payment/${payment}`)).Payment).toMatchObject({
      TotalAmt: 0,
      UnappliedAmt: 0,
      Line: [],
      PrivateNote: 'Voided',
    });
  });

  test('a second currency brings currency members, its decimals and home amounts', async () => {
    expect((await read('/preferences')).Preferences.CurrencyPrefs.MultiCurrencyEnabled).toBe(false);
    const tokyo = addCustomer(it.books, 'Tokyo KK', { currency: 'JPY' });
    const invoice = addInvoice(it.books, tokyo, 150_000, { currency: 'JPY' });
    expect((await read(`/invoice/${invoice.id}`)).Invoice).toMatchObject({
      CurrencyRef: { value: 'JPY', name: 'Japanese Yen' },
      ExchangeRate: 0.0067,
      TotalAmt: 150_000,
      HomeBalance: 1005,
    });
    expect((await read('/preferences')).Preferences.CurrencyPrefs).toEqual({
      MultiCurrencyEnabled: true,
      HomeCurrency: { value: 'USD' },
    });
  });

  test('optional members are absent, addresses stay as typed, sub-customers add up', async () => {
    const parent = addCustomer(it.books, 'Head', { email: 'a@x.example, b@x.example' });
    const child = addCustomer(it.books, 'Branch', {
      parentId: parent,
      billWithParent: true,
      email: undefined,
    });
    const invoice = addInvoice(it.books, child, 900, { number: undefined, dueDate: undefined } as object);
    const { Invoice } = await read(`/invoice/${invoice.id}`);
    for (const name of ['DocNumber', 'DueDate', 'BillEmail', 'CurrencyRef'])
      expect(Invoice).not.toHaveProperty(name);
    expect((await read(`/customer/${parent}`)).Customer).toMatchObject({
      PrimaryEmailAddr: { Address: 'a@x.example, b@x.example' },
      Balance: 0,
      BalanceWithJobs: 9,
    });
    expect((await read(`/customer/${child}`)).Customer).toMatchObject({
      Job: true,
      BillWithParent: true,
      ParentRef: { value: parent },
      FullyQualifiedName: 'Head:Branch',
    });
  });

  test('a deleted credit memo leaves stubs of itself and of the payment that applied it', async () => {
    const invoice = addInvoice(it.books, customer, 10000);
    const memo = credit(3000);
    const row = {
      sourceKind: 'credit',
      sourceId: memo.id,
      invoiceId: invoice.id,
      amountMinor: 2500,
    } as const;
    const part = it.books.allocate(REALM, { ...row, date: '2026-11-20' });
    await it.ctx.vendors.flush();
    minutes(10);
    it.books.deleteCredit(REALM, memo.id);
    const [, payments, memos] = await changes('2026-11-20T18:10:00Z');
    expect(payments.Payment).toMatchObject([{ Id: part.id, status: 'Deleted' }]);
    expect(memos.CreditMemo).toMatchObject([{ Id: memo.id, status: 'Deleted' }]);
    expect((await read(`/invoice/${invoice.id}`)).Invoice).toMatchObject({ Balance: 100, LinkedTxn: [] });
    expect((await read(`/creditmemo/${memo.id}`)).Fault.Error[0].code).toBe('610');
  });

  test('a merge makes the old customer inactive and moves its transactions, all newly stamped', async () => {
    const old = addCustomer(it.books, 'Ridgeway (old)');
    const invoice = addInvoice(it.books, old, 10000);
    const payment = pay(it.books, old, 5000, [{ invoiceId: invoice.id, amountMinor: 1000 }]);
    minutes(10);
    it.books.mergeCustomer(REALM, old, customer);
    const [invoices, payments, , customers] = await changes('2026-11-20T18:10:00Z');
    expect(invoices.Invoice).toMatchObject([{ Id: invoice.id, CustomerRef: { value: customer } }]);
    expect(payments.Payment).toMatchObject([{ Id: payment, CustomerRef: { value: customer } }]);
    expect(customers.Customer).toContainEqual(expect.objectContaining({ Id: old, Active: false }));
    expect((await read(`/customer/${customer}`)).Customer.Balance).toBe(50);
  });

  test('the offset of a stamp is the one of its day, on both sides of a change of clocks', async () => {
    it.clock.set(new Date('2026-10-31T16:00:00Z'));
    const summer = addInvoice(it.books, customer, 100);
    it.clock.set(new Date('2026-11-01T16:00:00Z'));
    const winter = addInvoice(it.books, customer, 100);
    const created = async (id: string) => (await read(`/invoice/${id}`)).Invoice.MetaData.CreateTime;
    expect(await created(summer.id)).toBe('2026-10-31T12:00:00-04:00');
    expect(await created(winter.id)).toBe('2026-11-01T11:00:00-05:00');
  });

  test.each([
    [10000, '100.0'],
    [30000, '300'],
    [20000, '200.00'],
    [10010, '100.10'],
    [10110, '101.1'],
    [10001, '100.01'],
  ])('%d cents are printed as %s: no one form can be counted on', async (minor, printed) => {
    const invoice = addInvoice(it.books, customer, minor);
    const { text } = await it.api('GET', `/invoice/${invoice.id}`);
    expect(text).toContain(`"Balance":${printed},`.replace(/,$/, ''));
    expect(text).toMatch(new RegExp(`"TotalAmt":${printed.replace('.', '\\.')}[,}]`));
    expect(text).toContain('"Deposit":0,');
  });

  test('the ageing report adds up to the customers', async () => {
    addInvoice(it.books, customer, 10000, { dueDate: '2026-10-01' });
    addInvoice(it.books, customer, 2500, { dueDate: '2026-12-01' });
    const report = await read('/reports/AgedReceivables?report_date=2026-11-20');
    const values = report.Rows.Row[0].ColData.map((one: Json) => one.value);
    expect(values).toEqual(['Ridgeway Ltd', '25.00', '', '100.00', '', '', '125.00']);
    expect(report.Rows.Row[1].Summary.ColData.at(-1)).toEqual({ value: '125.00' });
  });
});

describe('the change feed', () => {
  test('has one slot for each entity, {} without changes, and stubs for what was deleted', async () => {
    const invoice = addInvoice(it.books, customer, 4000);
    minutes(5);
    it.books.deleteInvoice(REALM, invoice.id);
    const slots = await changes('2026-11-20T13:05:00-05:00');
    expect(slots).toEqual([
      {
        Invoice: [
          {
            domain: 'QBO',
            status: 'Deleted',
            Id: invoice.id,
            MetaData: { LastUpdatedTime: '2026-11-20T13:05:00-05:00' },
          },
        ],
        startPosition: 1,
        maxResults: 1,
      },
      {},
      {},
      {},
    ]);
  });

  test('reaches back 30 days and holds at most 1000 objects', async () => {
    const old = await it.api('GET', '/cdc?entities=Invoice&changedSince=2026-10-20T00:00:00Z');
    expect([old.status, old.json.Fault.Error[0].code]).toEqual([400, '500']);
    for (let at = 0; at < 1005; at += 1) addInvoice(it.books, customer, 100);
    const slots = await changes('2026-11-20T17:00:00Z', 'Invoice,Customer');
    expect([slots[0].Invoice.length, slots[1]]).toEqual([1000, {}]);
  });

  test('a merged customer reads as inactive and its invoices moved', async () => {
    const other = addCustomer(it.books, 'Ridgeway Limited');
    const invoice = addInvoice(it.books, customer, 100);
    it.books.mergeCustomer(REALM, customer, other);
    expect((await read(`/customer/${customer}`)).Customer).toMatchObject({ Active: false });
    expect((await read(`/invoice/${invoice.id}`)).Invoice.CustomerRef.value).toBe(other);
  });
});
