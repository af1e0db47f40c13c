import { describe, expect, test } from '@jest/globals';
import { customerTypeKey } from '../../../connectors/quickbooks/names.ts';
import {
  parseCredit,
  parseCustomer,
  parseInvoice,
  parsePayment,
} from '../../../connectors/quickbooks/parse.ts';
import { addRows, noRows } from '../../../connectors/quickbooks/rows.ts';
import type { Currency } from '../../../src/domain/currency.ts';
import { readJson } from '../../../src/platform/json.ts';
import { wire } from './support.ts';

const usd = 'USD' as Currency;
const raw = (value: unknown) => readJson(JSON.stringify(value));
const invoice = (more: object = {}) => parseInvoice(raw(wire.invoice('1', more)), usd);
const payment = (more: object = {}) => parsePayment(raw(wire.payment('9', '1', 55, more)), usd);
const customer = (more: object = {}) => parseCustomer(raw(wire.customer('24', more)), usd);
const creditRow = (more: object = {}) => ({
  ...wire.invoice('73'),
  RemainingCredit: 12.3,
  ...more,
});

describe('a customer', () => {
  test('is read with where its post goes and with its type, by the name that Intuit lists for its id', () => {
    const BillAddr = { Line1: 'Unit 4', Line2: '12 Mill Lane', City: 'Leeds', PostalCode: 'LS1 4AB' };
    const typed = raw(wire.customer('24', { BillAddr, CustomerTypeRef: { value: '500' } }));
    expect(parseCustomer(typed, usd, new Map([[customerTypeKey('500'), 'Trade']]))).toMatchObject({
      value: {
        addressLines: ['Unit 4', '12 Mill Lane'],
        city: 'Leeds',
        postcode: 'LS1 4AB',
        groups: ['Trade'],
      },
    });
    // a name that nobody listed yet is no group
    expect(parseCustomer(typed, usd, new Map([['500', 'Net 30']]))).toMatchObject({ value: { groups: [] } });
    expect(customer({ CustomerTypeRef: { value: '500', name: 'Retail' } })).toMatchObject({
      value: { groups: ['Retail'] },
    });
  });
});

describe('an invoice', () => {
  test('is read with its amounts in minor units of its own currency', () => {
    expect(invoice({ CurrencyRef: { value: 'JPY' }, TotalAmt: 5000, Balance: 1200 })).toMatchObject({
      value: { currency: 'JPY', totalMinor: 5000, openMinor: 1200, status: 'open' },
    });
    expect(invoice()).toMatchObject({
      value: {
        currency: 'USD',
        openMinor: 36_207,
        dueOn: '2026-10-31',
        changedAt: '2026-11-01T18:00:00.000Z',
      },
    });
  });

  test.each([
    ['a text amount', { Balance: 'abc' }, 'Balance is "abc", not an amount in USD'],
    ['a number in quotes', { Balance: '362.07' }, 'Balance is "362.07", not an amount in USD'],
    ['a missing balance', { Balance: undefined }, 'Balance is missing, not an amount in USD'],
    ['a null total', { TotalAmt: null }, 'TotalAmt is null, not an amount in USD'],
    ['too many decimals', { Balance: 1.234 }, 'Balance is 1.234, not an amount in USD'],
    [
      'a decimal of a yen',
      { CurrencyRef: { value: 'JPY' }, TotalAmt: 1.5 },
      'TotalAmt is 1.5, not an amount in JPY',
    ],
    ['an impossible date', { DueDate: '2026-02-30' }, 'DueDate is "2026-02-30", not a day'],
    ['a missing date', { TxnDate: undefined }, 'TxnDate is missing, not a day'],
    [
      'an amount too large to be exact',
      { Balance: 99999999999999.5 },
      'Balance is 99999999999999.5, not an amount in USD',
    ],
    ['an unknown currency', { CurrencyRef: { value: 'BTC' } }, 'CurrencyRef is "BTC", not a currency in use'],
    ['no customer', { CustomerRef: undefined }, 'CustomerRef.value is missing, not a text'],
    ['no stamp', { MetaData: {} }, 'LastUpdatedTime is missing, not an instant'],
  ])('with %s is rejected with the reason', (_name, more, reason) => {
    expect(invoice(more)).toMatchObject({ rejected: { kind: 'invoice', id: '1', reason } });
  });

  test('without an id is rejected and names its customer', () => {
    expect(invoice({ Id: undefined })).toMatchObject({
      rejected: { id: null, customerId: '24', reason: 'Id is missing, not a text' },
    });
  });

  test('without a due date has none, rather than today', () => {
    expect(invoice({ DueDate: undefined })).toMatchObject({ value: { dueOn: null } });
  });

  test('is void when everything is zero and the note says so, closed when it is only paid', () => {
    const zero = { TotalAmt: 0, Balance: 0 };
    expect(invoice({ ...zero, PrivateNote: 'Voided' })).toMatchObject({ value: { status: 'void' } });
    expect(invoice({ ...zero, PrivateNote: 'Voided old note' })).toMatchObject({ value: { status: 'void' } });
    expect(invoice(zero)).toMatchObject({ value: { status: 'closed' } });
    expect(invoice({ status: 'Voided' })).toMatchObject({ value: { status: 'void', openMinor: 36_207 } });
    expect(invoice({ Balance: 0, PrivateNote: 'Voided' })).toMatchObject({ value: { status: 'closed' } });
  });

  test.each([
    [{ EmailStatus: 'EmailSent' }, 'yes'],
    [{ EmailStatus: 'NotSet' }, 'no'],
    [{ EmailStatus: 'NeedToSend' }, 'no'],
    [{ EmailStatus: 'NotSet', PrintStatus: 'PrintComplete' }, 'yes'],
    [
      {
        EmailStatus: 'NotSet',
        DeliveryInfo: { DeliveryType: 'Email', DeliveryTime: '2026-10-01T10:00:00Z' },
      },
      'yes',
    ],
    [{ EmailStatus: 'EmailSent', DeliveryInfo: { DeliveryErrorType: 'Bounced Email' } }, 'no'],
    [{ EmailStatus: undefined }, 'unknown'],
  ])('%j was sent: %s', (more, sent) => {
    expect(invoice(more)).toMatchObject({ value: { sent } });
  });

  test('says when it was sent, in UTC; a failed or unreadable delivery says nothing', () => {
    const DeliveryInfo = { DeliveryType: 'Email', DeliveryTime: '2026-10-01T20:30:00-07:00' };
    expect(invoice({ DeliveryInfo })).toMatchObject({ value: { sentAt: '2026-10-02T03:30:00.000Z' } });
    const failed = { ...DeliveryInfo, DeliveryErrorType: 'Bounced Email' };
    expect(invoice({ DeliveryInfo: failed })).toMatchObject({ value: { sent: 'no', sentAt: null } });
    expect(invoice({ DeliveryInfo: { DeliveryTime: 'noon' } })).toMatchObject({ value: { sentAt: null } });
    expect(invoice({ EmailStatus: 'EmailSent' })).toMatchObject({ value: { sent: 'yes', sentAt: null } });
  });

  test('goes to every usable address of a field that holds several', () => {
    const Address = 'ap@example.com, "Bo" <bo@example.com>; AP@example.com, not-an-address, a@b';
    expect(invoice({ BillEmail: { Address } })).toMatchObject({
      value: { emails: ['ap@example.com', 'bo@example.com'] },
    });
  });

  test('carries the order number that the business keeps in a custom field', () => {
    const CustomField = [
      { Name: 'Crew #', StringValue: '102' },
      { Name: 'P.O. Number', StringValue: 'PO-7' },
    ];
    expect(invoice({ CustomField })).toMatchObject({ value: { reference: 'PO-7' } });
    expect(invoice()).toMatchObject({ value: { reference: null, number: '101' } });
  });
});

describe('a payment', () => {
  test.each([
    ['its amount', { TotalAmt: -5 }, 'TotalAmt is -5, below zero'],
    ['what is left of it', { UnappliedAmt: -0.01 }, 'UnappliedAmt is -0.01, below zero'],
    [
      'what it settles',
      { Line: [{ Amount: -1, LinkedTxn: [{ TxnId: '1', TxnType: 'Invoice' }] }] },
      'Amount is -1, below zero',
    ],
  ])('is rejected when %s is below zero', (_name, more, reason) => {
    expect(payment(more)).toMatchObject({ rejected: { kind: 'payment', customerId: '24', reason } });
  });

  test('of nothing that applies a credit memo brings the credit along', () => {
    const Line = [
      { Amount: 40.25, LinkedTxn: [{ TxnId: '1', TxnType: 'Invoice' }] },
      { Amount: 40.25, LinkedTxn: [{ TxnId: '73', TxnType: 'CreditMemo' }] },
    ];
    expect(payment({ TotalAmt: 0, Line })).toMatchObject({
      value: { totalMinor: 0, creditsMinor: 4_025, allocations: [{ invoiceId: '1', amountMinor: 4_025 }] },
    });
  });

  test('is read with what it settles, one entry an invoice', () => {
    const Line = [
      { Amount: 40, LinkedTxn: [{ TxnId: '1', TxnType: 'Invoice' }] },
      { Amount: 5.5, LinkedTxn: [{ TxnId: '1', TxnType: 'Invoice' }] },
      { Amount: 5, LinkedTxn: [{ TxnId: '2', TxnType: 'Invoice' }] },
      { Amount: 3, LinkedTxn: [{ TxnId: '8', TxnType: 'JournalEntry' }] },
    ];
    expect(payment({ Line, UnappliedAmt: 1.5 })).toMatchObject({
      value: {
        unappliedMinor: 150,
        allocations: [
          { invoiceId: '1', amountMinor: 4550 },
          { invoiceId: '2', amountMinor: 500 },
        ],
      },
    });
  });

  test('of nothing applies a credit memo to an invoice', () => {
    const Line = [
      { Amount: 12, LinkedTxn: [{ TxnId: '1', TxnType: 'Invoice' }] },
      { Amount: 12, LinkedTxn: [{ TxnId: '73', TxnType: 'CreditMemo' }] },
    ];
    expect(payment({ TotalAmt: 0, Line })).toMatchObject({
      value: { totalMinor: 0, status: 'valid', allocations: [{ invoiceId: '1', amountMinor: 1200 }] },
    });
  });

  test('that was voided is void', () => {
    expect(payment({ TotalAmt: 0, Line: [], PrivateNote: 'Voided' })).toMatchObject({
      value: { status: 'void', allocations: [] },
    });
  });

  test.each([
    [
      { Line: [{ LinkedTxn: [{ TxnId: '1', TxnType: 'Invoice' }] }] },
      'Amount is missing, not an amount in USD',
    ],
    [{ UnappliedAmt: undefined }, 'UnappliedAmt is missing, not an amount in USD'],
  ])('%j is rejected', (more, reason) => {
    expect(payment(more)).toMatchObject({ rejected: { kind: 'payment', id: '9', customerId: '24', reason } });
  });
});

describe('a customer and a credit', () => {
  test('a sub-customer names its parent and who is billed', () => {
    const more = { ParentRef: { value: '3' }, BillWithParent: true, Active: false, GivenName: 'Bill' };
    expect(customer(more)).toMatchObject({
      value: {
        parentId: '3',
        billsWithParent: true,
        active: false,
        firstName: 'Bill',
        ledgerBalanceMinor: 1050,
      },
    });
  });

  test('a country is taken in any spelling, and never guessed', () => {
    const country = (Country: string) => customer({ BillAddr: { Country } });
    for (const written of ['US', 'USA', 'united states', 'U.S.A.']) {
      expect(country(written)).toMatchObject({ value: { country: 'US' } });
    }
    expect(country('UK')).toMatchObject({ value: { country: 'GB' } });
    expect(country('Germany')).toMatchObject({ value: { country: 'DE' } });
    expect(country('NZL')).toMatchObject({ value: { country: 'NZ' } });
    expect(country('Absurdistan')).toMatchObject({ value: { country: null } });
  });

  test('a balance that is no amount rejects the customer; none at all is not stated', () => {
    expect(customer({ Balance: 'x' })).toMatchObject({ rejected: { kind: 'customer', customerId: '24' } });
    expect(customer({ Balance: undefined })).toMatchObject({ value: { ledgerBalanceMinor: null } });
  });

  test('a credit memo states what remains', () => {
    expect(parseCredit(raw(creditRow()), usd)).toMatchObject({
      value: { kind: 'credit_note', remainingMinor: 1230, status: 'open' },
    });
    expect(parseCredit(raw(creditRow({ RemainingCredit: -1 })), usd)).toMatchObject({
      rejected: { kind: 'credit', reason: 'RemainingCredit is -1, below zero' },
    });
    expect(parseCredit(raw(creditRow({ RemainingCredit: 0 })), usd)).toMatchObject({
      value: { status: 'closed' },
    });
  });

  test('user text that looks like markup or a date stays text', () => {
    for (const DisplayName of ['/Date(1)/', 'O\'Brien & "Söhne" 🙂', 'שלום']) {
      expect(customer({ DisplayName })).toMatchObject({ value: { name: DisplayName } });
    }
  });
});

test('one bad row rejects itself alone, and a stub removes', () => {
  const rows = noRows();
  const raws = [wire.invoice('1'), wire.invoice('2', { Balance: 'x' }), wire.deleted('3'), wire.invoice('4')];
  addRows(rows, 'Invoice', raws.map(raw), usd, '2026-11-21T12:00:00.000Z');
  expect(rows.invoices.map((row) => row.invoiceId)).toEqual(['1', '4']);
  expect(rows.rejected.map((row) => row.id)).toEqual(['2']);
  expect(rows.removed).toEqual([{ kind: 'invoice', id: '3', changedAt: '2026-11-21T18:00:00.000Z' }]);
});
