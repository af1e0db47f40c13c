import { noCustomer } from '../../books/customer-name.store.ts';
import { getCompany } from '../../companies/company.store.ts';
import type { Tx } from '../../platform/db.ts';
import { readBehaviour } from '../../receivables/behaviour.store.ts';
import type { DebtorType } from '../../receivables/debtor-type.store.ts';
import { behind, type Key, type PageWish, pageOf, rowsWanted } from './page.store.ts';
import { iso, money, moneyOrNull } from './schema.ts';

const keys: readonly Key[] = [{ column: 'customer_id', holds: 'text' }];

const columns = [
  'customer_id',
  'name',
  'first_name',
  'emails',
  'phone',
  'country',
  'region',
  'active',
  'parent_id',
  'bills_with_parent',
  'merged_into_id',
  'ledger_balance_minor',
  'balance_currency',
  'debtor_type',
  'debtor_type_by',
  'changed_at',
] as const;

function customers(tx: Tx, companyId: string) {
  return tx.selectFrom('customer').select(columns).where('company_id', '=', companyId);
}

type Row = Awaited<ReturnType<ReturnType<typeof customers>['executeTakeFirstOrThrow']>>;

export async function listCustomers(tx: Tx, companyId: string, wish: PageWish) {
  const rows = await customers(tx, companyId)
    .where(behind(wish, keys))
    .orderBy('customer_id')
    .limit(rowsWanted(wish))
    .execute();
  return pageOf(rows, wish, (row) => [row.customer_id], shown);
}

/** Throws UserError not_found. */
export async function readCustomer(tx: Tx, companyId: string, customerId: string) {
  const row = await customers(tx, companyId).where('customer_id', '=', customerId).executeTakeFirst();
  if (row === undefined) throw noCustomer();
  return shown(row);
}

/** One customer with the facts of how it has paid (P15, P32). Throws UserError not_found. */
export async function readCustomerWithBehaviour(tx: Tx, companyId: string, customerId: string, now: Date) {
  const customer = await readCustomer(tx, companyId, customerId);
  const { aged, ...facts } = await readBehaviour(tx, await getCompany(tx, companyId), customerId, now);
  const pastDue = aged.map(({ currency, pastDueMinor, over90Minor, oldest }) => ({
    total: money(pastDueMinor, currency),
    over90: money(over90Minor, currency),
    oldest,
  }));
  return { ...customer, behaviour: { ...facts, pastDue } };
}

function shown(row: Row) {
  return {
    customerId: row.customer_id,
    name: row.name,
    firstName: row.first_name,
    emails: row.emails,
    phone: row.phone,
    country: row.country,
    region: row.region,
    active: row.active,
    parentId: row.parent_id,
    billsWithParent: row.bills_with_parent,
    mergedIntoId: row.merged_into_id,
    ledgerBalance:
      row.balance_currency === null ? null : moneyOrNull(row.ledger_balance_minor, row.balance_currency),
    debtorType: row.debtor_type as DebtorType,
    debtorTypeBy: row.debtor_type_by,
    changedAt: iso(row.changed_at),
  };
}
