import { type SqlBool, sql } from 'kysely';
import { noCustomer } from '../../books/customer-name.store.ts';
import type { Currency } from '../../domain/currency.ts';
import { type Day, formatDay } from '../../domain/day.ts';
import { sumMinor } from '../../domain/money.ts';
import { binaryArray } from '../../platform/binary-array.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { debtorOf, familiesByDebtor } from '../debtor.ts';
import { loadFamilies } from '../families.store.ts';
import { MOST_INVOICES } from './agreement.ts';

interface Wanted {
  readonly customerId: string;
  /** Null: everything past due. */
  readonly invoiceIds: readonly string[] | null;
  readonly currency: Currency | null;
}

/** What an agreement covers: the debtor, and the invoices as they are now. Minor units. */
export interface Cover {
  readonly debtorId: string;
  /** The debtor and everybody whose bills go to it. */
  readonly members: readonly string[];
  readonly currency: Currency;
  readonly invoices: readonly CoverInvoice[];
  readonly debtMinor: number;
}

interface CoverInvoice {
  readonly invoiceId: string;
  readonly number: string | null;
  readonly openMinor: number;
  readonly totalMinor: number;
}

interface Row {
  readonly invoice_id: string;
  readonly number: string | null;
  readonly customer_id: string;
  readonly currency: string;
  readonly status: string;
  readonly open_minor: number;
  readonly total_minor: number;
}

/**
 * Which invoices an agreement is about. Throws UserError with what to do: bad_input (another customer's invoice, several
 * currencies, nothing past due), not_found, conflict (settled; under another agreement).
 */
export async function coverOf(tx: Tx, companyId: string, wanted: Wanted, today: Day): Promise<Cover> {
  const families = await loadFamilies(tx, companyId, [wanted.customerId]);
  const customer = families.get(wanted.customerId);
  if (customer === undefined) throw noCustomer();
  if (customer.mergedIntoId !== null)
    throw new UserError(
      'conflict',
      'This customer was merged into another one.',
      'Agree with the customer that it was merged into.',
    );
  const debtorId = debtorOf(wanted.customerId, families);
  const members = familiesByDebtor(families).get(debtorId) ?? [debtorId];
  const rows =
    wanted.invoiceIds === null
      ? await pastDue(tx, companyId, members, wanted.currency, today)
      : await named(tx, companyId, wanted.invoiceIds, new Set(members));
  const currency = oneCurrency(rows, wanted.currency);
  await refuseCovered(tx, companyId, rows);
  const invoices = rows.map((row) => ({
    invoiceId: row.invoice_id,
    number: row.number,
    openMinor: row.open_minor,
    totalMinor: row.total_minor,
  }));
  return { debtorId, members, currency, invoices, debtMinor: sumMinor(rows.map((row) => row.open_minor)) };
}

const columns = [
  'invoice_id',
  'number',
  'customer_id',
  'currency',
  'status',
  'open_minor',
  'total_minor',
] as const;

async function pastDue(
  tx: Tx,
  companyId: string,
  members: readonly string[],
  currency: Currency | null,
  today: Day,
): Promise<readonly Row[]> {
  const rows = await tx
    .selectFrom('invoice')
    .select(columns)
    .where('company_id', '=', companyId)
    .where(sql<SqlBool>`customer_id = any(${binaryArray('text', members)}::text[])`)
    .where('open_minor', '>', 0)
    .where('status', '=', 'open')
    .where('due_on', '<', today)
    .where((eb) => (currency === null ? eb.lit(true) : eb('currency', '=', currency)))
    .orderBy('invoice_id')
    .limit(MOST_INVOICES + 1)
    .execute();
  if (rows.length === 0)
    throw new UserError(
      'bad_input',
      `Nothing${currency === null ? '' : ` in ${currency}`} is past due.`,
      'Name the invoices that it is about.',
    );
  return notTooMany(rows);
}

async function named(
  tx: Tx,
  companyId: string,
  invoiceIds: readonly string[],
  members: ReadonlySet<string>,
): Promise<readonly Row[]> {
  const wanted = notTooMany([...new Set(invoiceIds)]);
  if (wanted.length === 0)
    throw new UserError('bad_input', 'No invoice is named.', 'Name the invoices, or leave them out.');
  const rows = await tx
    .selectFrom('invoice')
    .select(columns)
    .where('company_id', '=', companyId)
    .where(sql<SqlBool>`invoice_id = any(${binaryArray('text', wanted)}::text[])`)
    .orderBy('invoice_id')
    .execute();
  const known = new Set(rows.map((row) => row.invoice_id));
  const unknown = wanted.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new UserError('not_found', `The books have no invoice ${unknown}.`, 'Check the invoice id.');
  for (const row of rows) {
    if (!members.has(row.customer_id))
      throw new UserError(
        'bad_input',
        `${nameOf(row)} belongs to another customer.`,
        'Name invoices of this customer only.',
      );
    if (row.status !== 'open' || row.open_minor <= 0)
      throw new UserError('conflict', `Nothing is open on ${nameOf(row)}.`, 'Leave it out.');
  }
  return rows;
}

function notTooMany<T>(list: readonly T[]): readonly T[] {
  if (list.length <= MOST_INVOICES) return list;
  throw new UserError(
    'bad_input',
    `That is about more than ${MOST_INVOICES} invoices.`,
    'Make several agreements of fewer invoices each.',
  );
}

function oneCurrency(rows: readonly Row[], wanted: Currency | null): Currency {
  const found = [...new Set(rows.map((row) => row.currency))].sort();
  const [only] = found;
  if (found.length > 1 || only === undefined)
    throw new UserError(
      'bad_input',
      `The invoices are in several currencies: ${found.join(', ')}.`,
      'Make one agreement for each currency.',
    );
  if (wanted !== null && wanted !== only)
    throw new UserError(
      'bad_input',
      `The amount is in ${wanted}, but the invoices are in ${only}.`,
      `State it in ${only}.`,
    );
  return only as Currency;
}

/** One payment must not keep two promises: an invoice has one live agreement at most. */
async function refuseCovered(tx: Tx, companyId: string, rows: readonly Row[]): Promise<void> {
  const ids = binaryArray(
    'text',
    rows.map((row) => row.invoice_id),
  );
  const taken = await tx
    .selectFrom('agreement_invoice as covered')
    .innerJoin('agreement as a', (join) =>
      join
        .onRef('a.company_id', '=', 'covered.company_id')
        .onRef('a.agreement_id', '=', 'covered.agreement_id'),
    )
    .select(['a.kind', 'a.due_on', 'covered.invoice_id'])
    .where('covered.company_id', '=', companyId)
    .where(sql<SqlBool>`covered.invoice_id = any(${ids}::text[]) and covered.live`)
    .orderBy('covered.invoice_id')
    .limit(1)
    .executeTakeFirst();
  if (taken === undefined) return;
  const row = rows.find((other) => other.invoice_id === taken.invoice_id);
  const what = taken.kind === 'offer' ? 'an offer' : `a ${taken.kind}`;
  throw new UserError(
    'conflict',
    `${row === undefined ? 'An invoice' : nameOf(row)} is under ${what} until ${formatDay(taken.due_on as Day)} already.`,
    `Withdraw that ${taken.kind} first, or leave the invoice out.`,
  );
}

function nameOf(row: Row): string {
  return row.number === null ? 'An invoice without a number' : `Invoice ${row.number}`;
}
