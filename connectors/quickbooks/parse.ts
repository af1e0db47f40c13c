import type { Allocation, Credit, Customer, Invoice, Payment } from '../../src/domain/books.ts';
import type { Currency } from '../../src/domain/currency.ts';
import { amount, at, flag, list, text } from '../../src/platform/json.ts';
import { countryCode } from './country.ts';
import {
  currencyOf,
  emailsOf,
  instantOf,
  isVoided,
  mayDay,
  needDay,
  needMinor,
  needMoney,
  needText,
  type Parsed,
  parseRow,
  stampOf,
  unreadable,
} from './fields.ts';
import { customerTypeKey } from './names.ts';

/*
 * One QuickBooks row each, from lossless JSON (`readJson`). `home` is the company's currency, for rows that name
 * none. Unknown members are ignored; a field that can't be read rejects the row (R8).
 */

/** Names of payment terms by Intuit's id, and of customer types: most rows carry the id alone. */
export type TermNames = ReadonlyMap<string, string>;
const noNames: TermNames = new Map();

export function parseCustomer(raw: unknown, home: Currency, terms = noNames): Parsed<Customer> {
  return parseRow('customer', raw, () => {
    const balanceCurrency = currencyOf(raw, home);
    const stated = at(raw, 'Balance') !== undefined;
    return {
      customerId: needText(raw, 'Id'),
      name:
        text(at(raw, 'DisplayName')) ?? text(at(raw, 'CompanyName')) ?? needText(raw, 'FullyQualifiedName'),
      firstName: text(at(raw, 'GivenName')),
      emails: emailsOf(at(raw, 'PrimaryEmailAddr', 'Address')),
      // QuickBooks knows no further persons of a customer
      contacts: [],
      phone: text(at(raw, 'PrimaryPhone', 'FreeFormNumber')) ?? text(at(raw, 'Mobile', 'FreeFormNumber')),
      parentId: text(at(raw, 'ParentRef', 'value')),
      billsWithParent: flag(at(raw, 'BillWithParent')) === true,
      active: flag(at(raw, 'Active')) !== false,
      // a merge is told by webhook only; afterwards the old row reads as inactive
      mergedIntoId: null,
      country: countryCode(text(at(raw, 'BillAddr', 'Country'))),
      region: text(at(raw, 'BillAddr', 'CountrySubDivisionCode')),
      ...addressOf(at(raw, 'BillAddr')),
      groups: typeOf(raw, terms),
      ledgerBalanceMinor: stated ? needMinor(raw, 'Balance', balanceCurrency) : null,
      balanceCurrency: stated ? balanceCurrency : null,
      terms: termsOf(raw, terms),
      ...stampOf(raw),
    };
  });
}

function addressOf(address: unknown): Pick<Customer, 'addressLines' | 'city' | 'postcode'> {
  const lines = [1, 2, 3, 4, 5].map((line) => text(at(address, `Line${line}`)));
  return {
    addressLines: lines.filter((line) => line !== null),
    city: text(at(address, 'City')),
    postcode: text(at(address, 'PostalCode')),
  };
}

export function parseInvoice(raw: unknown, home: Currency, terms = noNames): Parsed<Invoice> {
  return parseRow('invoice', raw, () => {
    const currency = currencyOf(raw, home);
    const totalMinor = needMinor(raw, 'TotalAmt', currency);
    const openMinor = needMinor(raw, 'Balance', currency);
    return {
      invoiceId: needText(raw, 'Id'),
      number: text(at(raw, 'DocNumber')),
      customerId: needText(raw, 'CustomerRef', 'value'),
      issuedOn: needDay(raw, 'TxnDate'),
      dueOn: mayDay(raw, 'DueDate'),
      currency,
      totalMinor,
      openMinor,
      status: statusOf(raw, totalMinor, openMinor),
      sent: sentState(raw),
      sentAt: sentAt(raw),
      reference: text(at(raw, 'PONumber')) ?? purchaseOrder(raw),
      terms: termsOf(raw, terms),
      emails: emailsOf(at(raw, 'BillEmail', 'Address')),
      ...stampOf(raw),
    };
  });
}

/** A credit memo's allocations live on the payment that applies it (a payment of 0), so there are none here. */
export function parseCredit(raw: unknown, home: Currency): Parsed<Credit> {
  return parseRow('credit', raw, () => {
    const currency = currencyOf(raw, home);
    const totalMinor = needMoney(raw, 'TotalAmt', currency);
    const field = at(raw, 'RemainingCredit') === undefined ? 'Balance' : 'RemainingCredit';
    const remainingMinor = needMoney(raw, field, currency);
    return {
      creditId: needText(raw, 'Id'),
      kind: 'credit_note',
      customerId: needText(raw, 'CustomerRef', 'value'),
      issuedOn: needDay(raw, 'TxnDate'),
      currency,
      totalMinor,
      remainingMinor,
      status: statusOf(raw, totalMinor, remainingMinor),
      allocations: [],
      ...stampOf(raw),
    };
  });
}

export function parsePayment(raw: unknown, home: Currency): Parsed<Payment> {
  return parseRow('payment', raw, () => {
    const currency = currencyOf(raw, home);
    const totalMinor = needMoney(raw, 'TotalAmt', currency);
    return {
      paymentId: needText(raw, 'Id'),
      customerId: text(at(raw, 'CustomerRef', 'value')),
      paidOn: needDay(raw, 'TxnDate'),
      currency,
      totalMinor,
      unappliedMinor: needMoney(raw, 'UnappliedAmt', currency),
      status: isVoided(raw, totalMinor) ? 'void' : 'valid',
      allocations: allocationsOf(raw, currency),
      ...creditsOf(raw, currency),
      ...stampOf(raw),
    };
  });
}

/** What its lines set against anything but invoices: the money that such a document brings settles invoices as well. */
function creditsOf(raw: unknown, currency: Currency): Pick<Payment, 'creditsMinor'> {
  const creditsMinor = list(at(raw, 'Line'))
    .filter((line) => list(at(line, 'LinkedTxn')).some((link) => text(at(link, 'TxnType')) !== 'Invoice'))
    .reduce((sum: number, line) => sum + Math.abs(amount(at(line, 'Amount'), currency) ?? 0), 0);
  return creditsMinor === 0 ? {} : { creditsMinor };
}

/** QuickBooks groups its customers by one type each. */
function typeOf(raw: unknown, names: TermNames): string[] {
  const ref = at(raw, 'CustomerTypeRef');
  const name = text(at(ref, 'name')) ?? names.get(customerTypeKey(text(at(ref, 'value')) ?? ''));
  return name === undefined ? [] : [name];
}

function termsOf(raw: unknown, terms: TermNames): string | null {
  const ref = at(raw, 'SalesTermRef');
  return text(at(ref, 'name')) ?? terms.get(text(at(ref, 'value')) ?? '') ?? null;
}

function statusOf(raw: unknown, totalMinor: number, openMinor: number): 'draft' | 'open' | 'closed' | 'void' {
  const status = text(at(raw, 'status'));
  // said outright it is void whatever its balance says (DET-08); a note alone is believed of an empty one only
  if (status === 'Voided' || (openMinor === 0 && isVoided(raw, totalMinor))) return 'void';
  if (status === 'Draft' || status === 'Pending') return 'draft';
  return openMinor === 0 ? 'closed' : 'open';
}

/** Whether the customer was sent the invoice (R13). A delivery that failed reached nobody. */
function sentState(raw: unknown): Invoice['sent'] {
  if (text(at(raw, 'PrintStatus')) === 'PrintComplete') return 'yes';
  if (text(at(raw, 'DeliveryInfo', 'DeliveryErrorType')) !== null) return 'no';
  const email = text(at(raw, 'EmailStatus'));
  if (email === 'EmailSent' || text(at(raw, 'DeliveryInfo', 'DeliveryTime')) !== null) return 'yes';
  return email === 'NotSet' || email === 'NeedToSend' ? 'no' : 'unknown';
}

/** When it was last delivered. A delivery that failed is none; a time that can't be read says nothing (R13 has its state). */
function sentAt(raw: unknown): string | null {
  if (text(at(raw, 'DeliveryInfo', 'DeliveryErrorType')) !== null) return null;
  return instantOf(at(raw, 'DeliveryInfo', 'DeliveryTime'));
}

/** The customer's order number, which QuickBooks keeps in a field of the business's own naming. */
function purchaseOrder(raw: unknown): string | null {
  for (const field of list(at(raw, 'CustomField'))) {
    const name = text(at(field, 'Name')) ?? '';
    if (/^(?:p\.?\s?o\.?(?:\s|#|$)|purchase order)/i.test(name)) return text(at(field, 'StringValue'));
  }
  return null;
}

/** What the payment settles, one entry an invoice; lines against anything else (credit memos, journals) are left out. */
function allocationsOf(raw: unknown, currency: Currency): readonly Allocation[] {
  const settled = new Map<string, number>();
  for (const line of list(at(raw, 'Line'))) {
    const invoices = list(at(line, 'LinkedTxn')).filter((link) => text(at(link, 'TxnType')) === 'Invoice');
    if (invoices.length === 0) continue;
    if (invoices.length > 1) unreadable(`one Line settles ${invoices.length} invoices with a single amount`);
    const invoiceId = needText(invoices[0], 'TxnId');
    settled.set(invoiceId, (settled.get(invoiceId) ?? 0) + needMoney(line, 'Amount', currency));
  }
  return [...settled].map(([invoiceId, amountMinor]) => ({ invoiceId, amountMinor }));
}
