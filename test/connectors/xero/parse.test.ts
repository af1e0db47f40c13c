import { describe, expect, it } from '@jest/globals';
import { creditForms, parseCredit, parseInvoice, parsePayment } from '../../../connectors/xero/parse.ts';
import { parseContact } from '../../../connectors/xero/parse-contact.ts';
import { contactRow, creditNoteRow, invoiceRow, paymentRow, wire, wireText } from './rows.ts';

describe('an invoice', () => {
  it('is read with exact amounts and the UTC calendar day, with or without an offset', () => {
    expect(parseInvoice(wire(invoiceRow))).toEqual({
      row: {
        invoiceId: 'i-1',
        number: 'INV-0001',
        customerId: 'c-1',
        issuedOn: '2018-11-02',
        dueOn: '2018-11-07',
        currency: 'NZD',
        totalMinor: 11510,
        openMinor: 11510,
        status: 'open',
        sent: 'yes',
        sentAt: null,
        reference: '/Date( is what a person may type',
        terms: null,
        emails: [],
        changedAt: '2018-11-02T16:37:28.927Z',
        version: '',
      },
    });
  });

  it('takes the number before any offset as the instant, whatever zone the machine is in', () => {
    const odd = { ...invoiceRow, DueDate: '/Date(1541548800000+1300)/', Date: '2018-11-02T00:00:00' };
    expect(parseInvoice(wire(odd))).toMatchObject({ row: { dueOn: '2018-11-07', issuedOn: '2018-11-02' } });
    const old = { ...invoiceRow, Date: '/Date(-86400000+0000)/' };
    expect(parseInvoice(wire(old))).toMatchObject({ row: { issuedOn: '1969-12-31' } });
  });

  it.each([
    ['DRAFT', 'draft'],
    ['SUBMITTED', 'draft'],
    ['AUTHORISED', 'open'],
    ['PAID', 'closed'],
    ['VOIDED', 'void'],
    ['DELETED', 'deleted'],
  ])('that is %s is %s', (Status, status) => {
    expect(parseInvoice(wire({ ...invoiceRow, Status }))).toMatchObject({ row: { status } });
  });

  it('was sent, was not, or does not say', () => {
    expect(parseInvoice(wire({ ...invoiceRow, SentToContact: false }))).toMatchObject({
      row: { sent: 'no' },
    });
    const { SentToContact: _, ...silent } = invoiceRow;
    expect(parseInvoice(wire(silent))).toMatchObject({ row: { sent: 'unknown' } });
  });

  it('without a due date has none: it is not today', () => {
    expect(parseInvoice(wire({ ...invoiceRow, DueDate: null }))).toMatchObject({ row: { dueOn: null } });
  });

  it('of a supplier is none of ours', () => {
    expect(parseInvoice(wire({ ...invoiceRow, Type: 'ACCPAY' }))).toBeNull();
  });

  it('keeps amounts exact that a float would bend', () => {
    const row = JSON.stringify(invoiceRow).replace('"Total":115.1', '"Total":9007199254740.91');
    expect(parseInvoice(wireText(row))).toMatchObject({ row: { totalMinor: 900719925474091 } });
    const yen = { ...invoiceRow, CurrencyCode: 'JPY', Total: 1200, AmountDue: 1200 };
    expect(parseInvoice(wire(yen))).toMatchObject({ row: { totalMinor: 1200 } });
    const dinar = { ...invoiceRow, CurrencyCode: 'KWD', Total: 1.234, AmountDue: 1.234 };
    expect(parseInvoice(wire(dinar))).toMatchObject({ row: { totalMinor: 1234 } });
  });

  it.each([
    ['an amount as text', { AmountDue: '115.10' }, 'AmountDue is "115.10", not an amount'],
    ['no amount', { AmountDue: undefined }, 'AmountDue is missing, not an amount'],
    ['too many decimals', { Total: 1.005 }, 'Total is 1.005, not an amount in NZD'],
    ['decimals in yen', { CurrencyCode: 'JPY' }, 'Total is 115.1, not an amount in JPY'],
    ['an impossible day', { DueDate: '2018-02-30T00:00:00' }, 'DueDate is "2018-02-30T00:00:00", not a day'],
    ['a day in words', { Date: 'yesterday' }, 'Date is "yesterday", not a day'],
    ['a day beyond time', { Date: '/Date(999999999999999+0000)/' }, 'not a day'],
    ['no day', { Date: undefined }, 'Date is missing, not a day'],
    [
      'an amount too large to be exact',
      { Total: 99999999999999.5 },
      'Total is 99999999999999.5, not an amount in NZD',
    ],
    ['an unknown currency', { CurrencyCode: 'XYZ' }, 'CurrencyCode is "XYZ", not a currency in use'],
    ['an unknown status', { Status: 'MAYBE' }, 'Status is "MAYBE", which is not known here'],
    [
      'a status out of the language',
      { Status: 'constructor' },
      'Status is "constructor", which is not known here',
    ],
    ['an unknown type', { Type: 'ACCODD' }, 'Type is "ACCODD", which is not known here'],
  ])('is rejected alone for %s', (_name, change, reason) => {
    const parsed = parseInvoice(wire({ ...invoiceRow, ...change }));
    const expected = {
      kind: 'invoice',
      id: 'i-1',
      customerId: 'c-1',
      reason: expect.stringContaining(reason),
    };
    expect(parsed).toEqual({ rejected: expected });
  });

  it('is rejected without an id, and without a customer', () => {
    expect(parseInvoice(wire({ ...invoiceRow, InvoiceID: '' }))).toMatchObject({
      rejected: { id: null, customerId: 'c-1' },
    });
    expect(parseInvoice(wire({ ...invoiceRow, Contact: {} }))).toMatchObject({
      rejected: { id: 'i-1', customerId: null },
    });
    expect(parseInvoice(null)).toMatchObject({ rejected: { id: null } });
    expect(parseInvoice('text')).toMatchObject({ rejected: { id: null } });
  });
});

describe('a payment', () => {
  it('below zero is rejected, and so is a credit of which less than nothing remains', () => {
    expect(parsePayment(wire({ ...paymentRow, Amount: -5 }))).toMatchObject({
      rejected: { kind: 'payment', id: 'p-1', reason: 'Amount is -5, below zero' },
    });
    expect(
      parseCredit(creditForms.CreditNotes, wire({ ...creditNoteRow, RemainingCredit: -1 })),
    ).toMatchObject({
      rejected: { kind: 'credit', id: 'n-1', reason: 'RemainingCredit is -1, below zero' },
    });
  });

  it('stands against one invoice and leaves nothing over', () => {
    expect(parsePayment(wire(paymentRow))).toEqual({
      row: {
        paymentId: 'p-1',
        customerId: 'c-1',
        paidOn: '2018-11-29',
        currency: 'NZD',
        totalMinor: 4610,
        unappliedMinor: 0,
        status: 'valid',
        allocations: [{ invoiceId: 'i-1', amountMinor: 4610 }],
        changedAt: '2018-11-02T16:36:32.690Z',
        version: '',
      },
    });
  });

  it('that was deleted says so', () => {
    expect(parsePayment(wire({ ...paymentRow, Status: 'DELETED' }))).toMatchObject({
      row: { status: 'deleted' },
    });
  });

  it('is told by the invoice when its own type is absent', () => {
    const { PaymentType: _, ...untyped } = paymentRow;
    expect(parsePayment(wire(untyped))).toMatchObject({ row: { paymentId: 'p-1' } });
    expect(parsePayment(wire({ ...untyped, Invoice: { ...paymentRow.Invoice, Type: 'ACCPAY' } }))).toBeNull();
    expect(parsePayment(wire({ ...untyped, Invoice: {} }))).toMatchObject({ rejected: { id: 'p-1' } });
  });

  it.each([
    'ACCPAYPAYMENT',
    'ARCREDITPAYMENT',
    'APCREDITPAYMENT',
    'AROVERPAYMENTPAYMENT',
    'ARPREPAYMENTPAYMENT',
  ])('of type %s is not money from a customer', (PaymentType) => {
    expect(parsePayment(wire({ ...paymentRow, PaymentType }))).toBeNull();
  });

  it('is rejected alone when its amount or invoice cannot be read', () => {
    expect(parsePayment(wire({ ...paymentRow, Amount: '46' }))).toMatchObject({
      rejected: { kind: 'payment', id: 'p-1', customerId: 'c-1', reason: 'Amount is "46", not an amount' },
    });
    const nameless = { ...paymentRow.Invoice, InvoiceID: null };
    expect(parsePayment(wire({ ...paymentRow, Invoice: nameless }))).toMatchObject({
      rejected: { id: 'p-1' },
    });
  });
});

describe('a credit', () => {
  it('states what remains, and only the allocations that stand', () => {
    expect(parseCredit(creditForms.CreditNotes, wire(creditNoteRow))).toMatchObject({
      row: {
        creditId: 'n-1',
        kind: 'credit_note',
        totalMinor: 3450,
        remainingMinor: 3250,
        status: 'open',
        allocations: [{ invoiceId: 'i-1', amountMinor: 200 }],
      },
    });
  });

  it('is an overpayment or a prepayment under its own id', () => {
    const over = { ...creditNoteRow, OverpaymentID: 'o-1', Type: 'RECEIVE-OVERPAYMENT' };
    expect(parseCredit(creditForms.Overpayments, wire(over))).toMatchObject({
      row: { creditId: 'o-1', kind: 'overpayment' },
    });
    const pre = { ...creditNoteRow, PrepaymentID: 'r-1', Type: 'RECEIVE-PREPAYMENT' };
    expect(parseCredit(creditForms.Prepayments, wire(pre))).toMatchObject({
      row: { creditId: 'r-1', kind: 'prepayment' },
    });
  });

  it('with a supplier is none of ours', () => {
    expect(parseCredit(creditForms.CreditNotes, wire({ ...creditNoteRow, Type: 'ACCPAYCREDIT' }))).toBeNull();
    expect(
      parseCredit(creditForms.Overpayments, wire({ ...creditNoteRow, Type: 'SPEND-OVERPAYMENT' })),
    ).toBeNull();
    expect(
      parseCredit(creditForms.Prepayments, wire({ ...creditNoteRow, Type: 'SPEND-PREPAYMENT' })),
    ).toBeNull();
  });

  it('is rejected when what remains cannot be read', () => {
    const parsed = parseCredit(creditForms.CreditNotes, wire({ ...creditNoteRow, RemainingCredit: null }));
    expect(parsed).toMatchObject({ rejected: { kind: 'credit', id: 'n-1', customerId: 'c-1' } });
  });
});

describe('a contact', () => {
  it('is read with the groups it is in', () => {
    const ContactGroups = [{ ContactGroupID: 'g-1', Name: 'Trade', Status: 'ACTIVE' }, { Name: 'Web' }];
    expect(parseContact(wire({ ...contactRow, ContactGroups }))).toMatchObject({
      row: { groups: ['Trade', 'Web'] },
    });
  });

  it('is read with its addresses, persons, phone and country', () => {
    expect(parseContact(wire(contactRow))).toEqual({
      row: {
        customerId: 'c-1',
        name: 'Ridgeway University',
        firstName: 'Sue',
        emails: ['ap@ridgeway.example', 'sue@ridgeway.example'],
        contacts: [{ name: 'Pat Lee', email: 'pat@ridgeway.example', forInvoices: true }],
        phone: '+1 604 408-0914',
        parentId: null,
        billsWithParent: false,
        active: true,
        mergedIntoId: null,
        country: 'GB',
        region: 'Yorkshire',
        addressLines: ['PO Box 1'],
        city: 'Leeds',
        postcode: null,
        groups: [],
        ledgerBalanceMinor: null,
        balanceCurrency: null,
        terms: null,
        changedAt: '2019-03-01T17:02:57.193Z',
        version: '',
      },
    });
  });

  it.each([
    [{ Day: 30, Type: 'DAYSAFTERBILLDATE' }, 'Net 30'],
    [{ Day: 0, Type: 'DAYSAFTERBILLDATE' }, 'Due on receipt'],
    [{ Day: 20, Type: 'OFFOLLOWINGMONTH' }, 'Day 20 of the month after the invoice'],
    [{ Day: 7, Type: 'DAYSAFTERBILLMONTH' }, '7 days after the end of the invoice month'],
    [{ Day: 15, Type: 'OFCURRENTMONTH' }, 'Day 15 of the invoice month'],
    [{ Day: 15, Type: 'SOMETHINGNEW' }, null],
    [{}, null],
  ])('has terms %j, in words: %s', (Sales, terms) => {
    expect(parseContact(wire({ ...contactRow, PaymentTerms: { Sales } }))).toMatchObject({ row: { terms } });
  });

  it('is not active when archived, erased or merged, and names its survivor', () => {
    expect(parseContact(wire({ ...contactRow, ContactStatus: 'ARCHIVED' }))).toMatchObject({
      row: { active: false },
    });
    expect(parseContact(wire({ ...contactRow, ContactStatus: 'GDPRREQUEST' }))).toMatchObject({
      row: { active: false },
    });
    const merged = { ...contactRow, MergedToContactID: 'c-2' };
    expect(parseContact(wire(merged))).toMatchObject({ row: { active: false, mergedIntoId: 'c-2' } });
  });

  it('may have no address, phone or mail at all', () => {
    const bare = { ContactID: 'c-3', Name: 'Bare', UpdatedDateUTC: '/Date(1551459777193)/' };
    expect(parseContact(wire(bare))).toMatchObject({
      row: { emails: [], contacts: [], phone: null, country: null, active: true },
    });
  });

  it('is rejected without a name', () => {
    expect(parseContact(wire({ ...contactRow, Name: ' ' }))).toMatchObject({
      rejected: { kind: 'customer', id: 'c-1', reason: 'Name is missing' },
    });
  });
});
