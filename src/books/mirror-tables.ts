import type { Credit, Customer, Invoice, Payment } from '../domain/books.ts';
import type { Element } from '../platform/binary-array.ts';

export type ColumnType = 'text' | 'text[]' | 'jsonb' | 'bigint' | 'date' | 'timestamptz' | 'boolean';

/** A column of the mirror: its name, its type, and what it holds of a row. */
interface Column<Row> {
  readonly name: string;
  readonly type: ColumnType;
  readonly value: (row: Row) => Element;
  /** What it becomes when the row was there before, in SQL; null: it keeps what was stored first. Absent: the new value. */
  readonly update?: string | null;
}

/** A table of the mirror. Its key is the company and `columns[0]`, the ledger's id of the row. */
export interface MirrorTable<Row> {
  readonly name: 'customer' | 'invoice' | 'payment' | 'credit';
  readonly columns: readonly [Column<Row>, ...Column<Row>[]];
}

/** One ledger tells of a merge once and never again with the row: it is kept as long as the customer stays inactive. */
const keptMerge = `case when excluded.active then excluded.merged_into_id
  else coalesce(excluded.merged_into_id, stored.merged_into_id) end`;

export const customerTable: MirrorTable<Customer> = {
  name: 'customer',
  columns: [
    { name: 'customer_id', type: 'text', value: (row) => row.customerId },
    { name: 'name', type: 'text', value: (row) => row.name },
    { name: 'first_name', type: 'text', value: (row) => row.firstName },
    { name: 'emails', type: 'text[]', value: (row) => textArray(row.emails) },
    { name: 'contacts', type: 'jsonb', value: (row) => json(row.contacts) },
    { name: 'phone', type: 'text', value: (row) => row.phone },
    { name: 'parent_id', type: 'text', value: (row) => row.parentId },
    { name: 'bills_with_parent', type: 'boolean', value: (row) => row.billsWithParent },
    { name: 'active', type: 'boolean', value: (row) => row.active },
    { name: 'merged_into_id', type: 'text', value: (row) => row.mergedIntoId, update: keptMerge },
    { name: 'country', type: 'text', value: (row) => row.country },
    { name: 'region', type: 'text', value: (row) => row.region },
    { name: 'address_lines', type: 'text[]', value: (row) => textArray(row.addressLines) },
    { name: 'city', type: 'text', value: (row) => row.city },
    { name: 'postcode', type: 'text', value: (row) => row.postcode },
    { name: 'groups', type: 'text[]', value: (row) => textArray(row.groups) },
    { name: 'ledger_balance_minor', type: 'bigint', value: (row) => row.ledgerBalanceMinor },
    { name: 'balance_currency', type: 'text', value: (row) => row.balanceCurrency },
    { name: 'terms', type: 'text', value: (row) => row.terms },
    { name: 'changed_at', type: 'timestamptz', value: (row) => row.changedAt },
    { name: 'version', type: 'text', value: (row) => row.version },
  ],
};

export const invoiceTable: MirrorTable<Invoice> = {
  name: 'invoice',
  columns: [
    { name: 'invoice_id', type: 'text', value: (row) => row.invoiceId },
    { name: 'number', type: 'text', value: (row) => row.number },
    { name: 'customer_id', type: 'text', value: (row) => row.customerId },
    { name: 'issued_on', type: 'date', value: (row) => row.issuedOn },
    { name: 'due_on', type: 'date', value: (row) => row.dueOn },
    { name: 'currency', type: 'text', value: (row) => row.currency },
    { name: 'total_minor', type: 'bigint', value: (row) => row.totalMinor },
    { name: 'open_minor', type: 'bigint', value: (row) => row.openMinor },
    { name: 'status', type: 'text', value: (row) => row.status },
    { name: 'sent', type: 'text', value: (row) => row.sent },
    // a ledger tells of the last sending alone: the first one that we heard of counts
    {
      name: 'sent_at',
      type: 'timestamptz',
      value: (row) => row.sentAt,
      update: 'least(stored.sent_at, excluded.sent_at)',
    },
    { name: 'reference', type: 'text', value: (row) => row.reference },
    { name: 'terms', type: 'text', value: (row) => row.terms },
    { name: 'emails', type: 'text[]', value: (row) => textArray(row.emails) },
    { name: 'changed_at', type: 'timestamptz', value: (row) => row.changedAt },
    { name: 'version', type: 'text', value: (row) => row.version },
  ],
};

export const paymentTable: MirrorTable<Payment> = {
  name: 'payment',
  columns: [
    { name: 'payment_id', type: 'text', value: (row) => row.paymentId },
    { name: 'customer_id', type: 'text', value: (row) => row.customerId },
    { name: 'paid_on', type: 'date', value: (row) => row.paidOn },
    { name: 'currency', type: 'text', value: (row) => row.currency },
    { name: 'total_minor', type: 'bigint', value: (row) => row.totalMinor },
    { name: 'unapplied_minor', type: 'bigint', value: (row) => row.unappliedMinor },
    { name: 'status', type: 'text', value: (row) => row.status },
    { name: 'allocations', type: 'jsonb', value: (row) => json(row.allocations) },
    // R5: in a first sync a payment is history; what is seen later is stamped when it is stored
    { name: 'seen_at', type: 'timestamptz', value: (row) => row.paidOn, update: null },
    { name: 'changed_at', type: 'timestamptz', value: (row) => row.changedAt },
    { name: 'version', type: 'text', value: (row) => row.version },
  ],
};

export const creditTable: MirrorTable<Credit> = {
  name: 'credit',
  columns: [
    { name: 'credit_id', type: 'text', value: (row) => row.creditId },
    { name: 'kind', type: 'text', value: (row) => row.kind },
    { name: 'customer_id', type: 'text', value: (row) => row.customerId },
    { name: 'issued_on', type: 'date', value: (row) => row.issuedOn },
    { name: 'currency', type: 'text', value: (row) => row.currency },
    { name: 'total_minor', type: 'bigint', value: (row) => row.totalMinor },
    { name: 'remaining_minor', type: 'bigint', value: (row) => row.remainingMinor },
    { name: 'status', type: 'text', value: (row) => row.status },
    { name: 'allocations', type: 'jsonb', value: (row) => json(row.allocations) },
    { name: 'changed_at', type: 'timestamptz', value: (row) => row.changedAt },
    { name: 'version', type: 'text', value: (row) => row.version },
  ],
};

/** A list of texts as PostgreSQL writes one: `{"a","b"}`. */
function textArray(values: readonly string[]): string {
  if (values.length === 0) return '{}';
  return `{${values.map((value) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/** JSON without a NUL and without half a surrogate pair, neither of which PostgreSQL's jsonb takes. */
function json(value: unknown): string {
  const written = JSON.stringify(value);
  if (!/\\u(?:0000|d[89a-f])/.test(written)) return written;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '\uFFFD') : part,
  );
}
