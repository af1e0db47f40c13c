/*
 * One row each as QuickBooks prints it (the members of Intuit's own examples), made from its number alone, so that a
 * page can be made twice the same. Ids are numbers from 1; a payment pays the invoice of its number.
 */

const companyNames = ['Larkspur', 'Café Zürich', 'Red Rock', 'O’Hara', 'Brookside', 'Amélie', 'North & Sons'];
const kinds = [
  'Joinery',
  'Diner',
  'Plumbing',
  'Studio',
  'Family Store',
  'Consulting',
  'Landscapes',
  'Motors',
];
const services = ['Rock Fountain', 'Design', 'Concrete for fountain installation', 'Pump', 'Labour, 2 hours'];

function one<T>(of: readonly T[], number: number): T {
  return of[number % of.length] as T;
}

const two = (value: number): string => String(value).padStart(2, '0');
const dayOf = (number: number, month: number): string => `2026-${two(month)}-${two(1 + (number % 28))}`;
const stampOf = (number: number, month: number): string =>
  `${dayOf(number, month)}T${two(number % 24)}:${two(number % 60)}:${two((number * 7) % 60)}-07:00`;

function nameOf(customer: number): string {
  return `${one(companyNames, customer)} ${one(kinds, customer * 3)} ${customer}`;
}

function head(id: number, month: number): object {
  const stamp = stampOf(id, month);
  return {
    domain: 'QBO',
    sparse: false,
    Id: String(id),
    SyncToken: String(id % 4),
    MetaData: { CreateTime: stamp, LastUpdatedTime: stamp },
  };
}

function address(customer: number): object {
  return {
    Id: String(20_000_000 + customer),
    Line1: `${customer % 9_000} Cypress Hill Ave.`,
    City: 'Middlefield',
    CountrySubDivisionCode: 'CA',
    PostalCode: '94303',
    Country: 'USA',
  };
}

export function customerWire(id: number): object {
  const name = nameOf(id);
  return {
    ...head(id, 8),
    DisplayName: name,
    FullyQualifiedName: name,
    PrintOnCheckName: name,
    CompanyName: name,
    GivenName: 'Bill',
    FamilyName: 'Lucchini',
    PrimaryEmailAddr: { Address: `ap${id}@customer${id}.example` },
    PrimaryPhone: { FreeFormNumber: `(415) 444-${two(id % 100)}38` },
    BillAddr: address(id),
    Active: true,
    Taxable: false,
    Job: false,
    BillWithParent: false,
    SalesTermRef: { value: '3' },
    PreferredDeliveryMethod: 'Email',
    Balance: (id % 1_000) + 0.25,
    BalanceWithJobs: (id % 1_000) + 0.25,
  };
}

/** `customers`: how many there are; the invoices are dealt out among them. Of four, three are paid. */
export function invoiceWire(id: number, customers: number): object {
  const customer = customerOf(id, customers);
  const total = totalOf(id);
  return {
    ...head(id, 9),
    DocNumber: String(100_000 + id),
    TxnDate: dayOf(id, 9),
    DueDate: dayOf(id, 10),
    CustomerRef: { value: String(customer), name: nameOf(customer) },
    BillAddr: address(customer),
    BillEmail: { Address: `ap${customer}@customer${customer}.example` },
    SalesTermRef: { value: '3' },
    EmailStatus: 'EmailSent',
    DeliveryInfo: { DeliveryType: 'Email', DeliveryTime: stampOf(id, 9) },
    PrintStatus: 'NotSet',
    AllowOnlineACHPayment: true,
    AllowOnlineCreditCardPayment: true,
    ApplyTaxAfterDiscount: false,
    CustomerMemo: { value: 'Thank you for your business.' },
    Line: [
      item(1, id, cents(Math.round(total * 100) - 4_000)),
      item(2, id + 1, 40),
      { Amount: total, DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} },
    ],
    LinkedTxn: isPaid(id) ? [{ TxnId: String(id), TxnType: 'Payment' }] : [],
    TxnTaxDetail: { TotalTax: 0 },
    Deposit: 0,
    TotalAmt: total,
    Balance: isPaid(id) ? 0 : total,
  };
}

function item(line: number, number: number, amount: number): object {
  return {
    Id: String(line),
    LineNum: line,
    Description: one(services, number),
    Amount: amount,
    DetailType: 'SalesItemLineDetail',
    SalesItemLineDetail: {
      ItemRef: { value: String(1 + (number % 40)), name: one(services, number) },
      UnitPrice: amount,
      Qty: 1,
      TaxCodeRef: { value: 'NON' },
    },
  };
}

/** The payment of the invoice with this number, in full. */
export function paymentWire(id: number, invoice: number, customers: number): object {
  const customer = customerOf(invoice, customers);
  const total = totalOf(invoice);
  const named = (Name: string, Value: string): object => ({
    name: '{http://schema.intuit.com/finance/v3}NameValue',
    declaredType: 'com.intuit.schema.finance.v3.NameValue',
    scope: 'javax.xml.bind.JAXBElement$GlobalScope',
    value: { Name, Value },
    nil: false,
    globalScope: true,
    typeSubstituted: false,
  });
  const about = [
    named('txnId', String(invoice)),
    named('txnOpenBalance', total.toFixed(2)),
    named('txnReferenceNumber', String(100_000 + invoice)),
  ];
  return {
    ...head(id, 10),
    TxnDate: dayOf(id, 10),
    CustomerRef: { value: String(customer), name: nameOf(customer) },
    DepositToAccountRef: { value: '4' },
    PaymentRefNum: String(5_000 + id),
    ProcessPayment: false,
    TotalAmt: total,
    UnappliedAmt: 0,
    Line: [
      { Amount: total, LinkedTxn: [{ TxnId: String(invoice), TxnType: 'Invoice' }], LineEx: { any: about } },
    ],
  };
}

/** Of every four invoices the first three have a payment. */
function isPaid(invoice: number): boolean {
  return invoice % 4 !== 0;
}

/** The n-th payment's invoice, n from 1. Payments beyond three in four of the invoices come to the first ones again. */
export function invoiceOfPayment(n: number, invoices: number): number {
  return ((Math.floor((n - 1) / 3) * 4 + ((n - 1) % 3)) % invoices) + 1;
}

function customerOf(invoice: number, customers: number): number {
  return 1 + ((invoice * 7_919) % customers);
}

function totalOf(invoice: number): number {
  return cents(5_000 + ((invoice * 101) % 400_000));
}

/** Divided once, so that it prints with two decimals as a ledger's amounts do. */
function cents(minor: number): number {
  return minor / 100;
}
