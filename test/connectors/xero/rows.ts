import { readJson } from '../../../src/platform/json.ts';

/** Rows as they come off the wire: through lossless JSON, from text. */
export function wire(row: object): unknown {
  return readJson(JSON.stringify(row));
}

/** A member that JSON.stringify can't write as it stands, such as the number 362.10. */
export function wireText(row: string): unknown {
  return readJson(row);
}

export const contactRow = {
  ContactID: 'c-1',
  ContactStatus: 'ACTIVE',
  Name: 'Ridgeway University',
  FirstName: 'Sue',
  EmailAddress: 'ap@ridgeway.example; Sue <sue@ridgeway.example>, not-an-address',
  Addresses: [
    { AddressType: 'STREET', City: 'Wellington', Country: 'New Zealand' },
    { AddressType: 'POBOX', AddressLine1: 'PO Box 1', City: 'Leeds', Region: 'Yorkshire', Country: 'uk' },
  ],
  Phones: [
    { PhoneType: 'FAX', PhoneNumber: '111' },
    { PhoneType: 'DEFAULT', PhoneNumber: '408-0914', PhoneAreaCode: '604', PhoneCountryCode: '1' },
  ],
  ContactPersons: [
    { FirstName: 'Pat', LastName: 'Lee', EmailAddress: 'pat@ridgeway.example', IncludeInEmails: true },
    { FirstName: 'No', LastName: 'Mail', EmailAddress: '', IncludeInEmails: true },
  ],
  Balances: { AccountsReceivable: { Outstanding: 118.9, Overdue: 136.9 } },
  UpdatedDateUTC: '/Date(1551459777193+0000)/',
};

export const invoiceRow = {
  Type: 'ACCREC',
  InvoiceID: 'i-1',
  InvoiceNumber: 'INV-0001',
  Reference: '/Date( is what a person may type',
  AmountDue: 115.1,
  AmountPaid: 0,
  SentToContact: true,
  Contact: { ContactID: 'c-1', Name: 'Ridgeway University' },
  Date: '/Date(1541116800000+0000)/',
  DueDate: '/Date(1541548800000)/',
  Status: 'AUTHORISED',
  Total: 115.1,
  UpdatedDateUTC: '/Date(1541176648927+0000)/',
  CurrencyCode: 'NZD',
};

export const paymentRow = {
  PaymentID: 'p-1',
  Date: '/Date(1543449600000+0000)/',
  BankAmount: 46,
  Amount: 46.1,
  PaymentType: 'ACCRECPAYMENT',
  Status: 'AUTHORISED',
  UpdatedDateUTC: '/Date(1541176592690+0000)/',
  Invoice: { Type: 'ACCREC', InvoiceID: 'i-1', CurrencyCode: 'NZD', Contact: { ContactID: 'c-1' } },
};

export const creditNoteRow = {
  CreditNoteID: 'n-1',
  Type: 'ACCRECCREDIT',
  RemainingCredit: 32.5,
  Allocations: [
    { Amount: 2, Invoice: { InvoiceID: 'i-1' } },
    { Amount: 3, IsDeleted: true, Invoice: { InvoiceID: 'i-2' } },
  ],
  Contact: { ContactID: 'c-1' },
  Date: '/Date(1551744000000+0000)/',
  Status: 'AUTHORISED',
  Total: 34.5,
  UpdatedDateUTC: '/Date(1551812346157+0000)/',
  CurrencyCode: 'NZD',
};
