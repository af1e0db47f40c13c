import type { BookView } from '../book-view.ts';
import { amount } from '../wire/amounts.ts';
import { companyInfoWire, preferencesWire } from '../wire/company.ts';
import { creditMemoWire } from '../wire/credit-memo.ts';
import { customerWire } from '../wire/customer.ts';
import { customerTypeId, customerTypes, customerTypeWire } from '../wire/customer-type.ts';
import { invoiceWire } from '../wire/invoice.ts';
import { customerName, type Stamped } from '../wire/shared.ts';
import { termDays, termFor, termName, termWire } from '../wire/term.ts';
import { attachable } from './attachable.entity.ts';
import { type Entity, type FieldKind, type Item, itemOf, STAMPS } from './entity.ts';
import { paymentItems } from './payment-items.ts';

const SALES = {
  ...STAMPS,
  DocNumber: 'text',
  TxnDate: 'day',
  TotalAmt: 'amount',
  Balance: 'amount',
  CustomerRef: 'id',
} satisfies Record<string, FieldKind>;

const invoice: Entity = {
  name: 'Invoice',
  fields: { ...SALES, DueDate: 'day', SalesTermRef: 'id' },
  items: (view) =>
    view.books
      .invoices(view.companyId)
      // QuickBooks knows neither drafts nor submitted invoices
      .filter((row) => row.status !== 'draft' && row.status !== 'submitted')
      .map((row) =>
        itemOf(
          row,
          row.status === 'deleted',
          (property) => {
            if (property === 'DocNumber') return row.number;
            if (property === 'TxnDate') return row.date;
            if (property === 'DueDate') return row.dueDate;
            if (property === 'CustomerRef') return row.customerId;
            if (property === 'SalesTermRef') return termFor(view.customer(row.customerId).termsDays);
            if (property === 'TotalAmt')
              return amount(row.status === 'voided' ? 0 : row.totalMinor, row.currency);
            return amount(view.balanceMinor(row), row.currency);
          },
          () => invoiceWire(row, view),
        ),
      ),
};

const creditMemo: Entity = {
  name: 'CreditMemo',
  fields: SALES,
  items: (view) =>
    view.books
      .credits(view.companyId)
      .filter((row) => row.kind === 'credit_note' && row.status !== 'draft' && row.status !== 'submitted')
      .map((row) =>
        itemOf(
          row,
          row.status === 'deleted',
          (property) => {
            if (property === 'DocNumber') return row.number;
            if (property === 'TxnDate') return row.date;
            if (property === 'CustomerRef') return row.customerId;
            if (property === 'TotalAmt')
              return amount(row.status === 'voided' ? 0 : row.totalMinor, row.currency);
            return amount(view.restMinor('credit', row), row.currency);
          },
          () => creditMemoWire(row, view),
        ),
      ),
};

const customer: Entity = {
  name: 'Customer',
  fields: {
    ...STAMPS,
    DisplayName: 'text',
    CompanyName: 'text',
    GivenName: 'text',
    FamilyName: 'text',
    PrimaryEmailAddr: 'text',
    FullyQualifiedName: 'text',
    Active: 'boolean',
    Balance: 'amount',
  },
  items: (view) =>
    view.books.customers(view.companyId).map((row) =>
      itemOf(
        row,
        false,
        (property) => {
          if (property === 'Active') return row.active;
          if (property === 'DisplayName') return row.name;
          if (property === 'CompanyName') return row.companyName;
          if (property === 'GivenName') return row.firstName;
          if (property === 'FamilyName') return row.lastName;
          if (property === 'PrimaryEmailAddr') return row.email;
          if (property === 'FullyQualifiedName') return customerName(row.id, view);
          return amount(view.customerBalanceMinor(row), row.currency);
        },
        () => customerWire(row, view),
      ),
    ),
};

const payment: Entity = {
  name: 'Payment',
  fields: { ...STAMPS, TxnDate: 'day', TotalAmt: 'amount', CustomerRef: 'id', PaymentRefNum: 'text' },
  items: paymentItems,
};

/** Things without a row of their own never change: they carry the day on which the books were opened. */
function fixed(id: string): Stamped {
  return { id, version: 0, createdAt: '2019-01-02T17:00:00.000Z', updatedAt: '2019-01-02T17:00:00.000Z' };
}

const term: Entity = {
  name: 'Term',
  fields: { ...STAMPS, Name: 'text', Active: 'boolean' },
  items: (view) =>
    termDays(view).map((days) =>
      itemOf(
        fixed(termFor(days)),
        false,
        (property) => (property === 'Active' ? true : termName(days)),
        () => termWire(days, fixed(termFor(days)), view),
      ),
    ),
};

const customerType: Entity = {
  name: 'CustomerType',
  fields: { ...STAMPS, Name: 'text', Active: 'boolean' },
  items: (view) =>
    customerTypes(view).map((name) =>
      itemOf(
        fixed(customerTypeId(name)),
        false,
        (property) => (property === 'Active' ? true : name),
        () => customerTypeWire(name, fixed(customerTypeId(name)), view),
      ),
    ),
};

function single(name: string, build: (row: Stamped, view: BookView) => ReturnType<Item['wire']>): Entity {
  const items = (view: BookView) => [
    itemOf(
      fixed('1'),
      false,
      () => undefined,
      () => build(fixed('1'), view),
    ),
  ];
  return { name, fields: STAMPS, items };
}

/** What can be read and asked for, by its name in a query. */
const ENTITIES: readonly Entity[] = [
  invoice,
  payment,
  creditMemo,
  customer,
  term,
  customerType,
  attachable,
  single('CompanyInfo', companyInfoWire),
  single('Preferences', preferencesWire),
];

/** Entities that QuickBooks knows and of which the sandbox's books hold nothing. */
const NOTHING = [
  'Account',
  'Bill',
  'BillPayment',
  'Budget',
  'Class',
  'CompanyCurrency',
  'Department',
  'Deposit',
  'Employee',
  'Estimate',
  'Item',
  'JournalEntry',
  'PaymentMethod',
  'Purchase',
  'PurchaseOrder',
  'RecurringTransaction',
  'RefundReceipt',
  'SalesReceipt',
  'Transfer',
  'Vendor',
  'VendorCredit',
];

const BY_NAME: ReadonlyMap<string, Entity> = new Map(
  [...ENTITIES, ...NOTHING.map((name): Entity => ({ name, fields: STAMPS, items: () => [] }))].map((one) => [
    one.name,
    one,
  ]),
);

/** The entity of that exact name; undefined when there is none. */
export function entityNamed(name: string): Entity | undefined {
  return BY_NAME.get(name);
}
