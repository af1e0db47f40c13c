import { sql } from 'kysely';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import type { HoldCategory, HoldKind, HoldScope } from '../domain/hold-kinds.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { HoldFact } from './holds.ts';

/**
 * Over `hold`: the one currency in which it holds its customer; null: in all, or it is of an invoice. What an agreement
 * covers is of one currency (R3), and so is its hold of a customer.
 */
export function onlyCurrency(companyId: string) {
  return sql<string | null>`case when hold.scope = 'customer' and hold.agreement_id is not null then (
    select a.currency from agreement a
    where a.company_id = ${companyId} and a.agreement_id = hold.agreement_id) end`.as('only_currency');
}

function holdsNotLifted(tx: Tx, companyId: string) {
  return tx
    .selectFrom('hold')
    .select([
      'hold_id',
      'kind',
      'category',
      'scope',
      'customer_id',
      'invoice_id',
      'reason',
      'set_by',
      'starts_on',
      'ends_on',
      onlyCurrency(companyId),
    ])
    .where('company_id', '=', companyId)
    .where('lifted_at', 'is', null);
}

type HoldRow = Awaited<ReturnType<ReturnType<typeof holdsNotLifted>['executeTakeFirstOrThrow']>>;

/** A hold as it is kept. */
export function holdFact(row: HoldRow): HoldFact {
  return {
    holdId: row.hold_id,
    kind: row.kind as HoldKind,
    category: row.category as HoldCategory | null,
    scope: row.scope as HoldScope,
    customerId: row.customer_id,
    invoiceId: row.invoice_id,
    onlyCurrency: row.only_currency as Currency | null,
    reason: row.reason,
    setBy: row.set_by,
    startsOn: row.starts_on as Day,
    endsOn: row.ends_on as Day | null,
  };
}

/** Holds of the whole company that nobody lifted; whether one is in force is a question of the day. */
export async function loadCompanyHolds(tx: Tx, companyId: string): Promise<readonly HoldFact[]> {
  const rows = await holdsNotLifted(tx, companyId)
    .where('scope', '=', sql.lit('company'))
    .orderBy('hold_id')
    .execute();
  return rows.map(holdFact);
}

/**
 * Holds of these customers and of these invoices, wanted or not those of the whole company before them; an invoice takes
 * its hold along to another customer. One query; each part has an index of its own.
 */
export async function loadHolds(
  tx: Tx,
  companyId: string,
  ids: Buffer,
  invoices: readonly { readonly invoiceId: string }[],
  companyHolds: boolean,
): Promise<readonly HoldFact[]> {
  const invoiceIds = binaryArray(
    'text',
    invoices.map((row) => row.invoiceId),
  );
  const ofCustomers = holdsNotLifted(tx, companyId)
    .where('scope', '=', sql.lit('customer'))
    .where(sql<boolean>`customer_id = any(${ids}::text[])`);
  const ofInvoices = holdsNotLifted(tx, companyId)
    .where('scope', '=', sql.lit('invoice'))
    .where(sql<boolean>`invoice_id = any(${invoiceIds}::text[])`);
  const all = companyHolds
    ? ofCustomers
        .unionAll(ofInvoices)
        .unionAll(holdsNotLifted(tx, companyId).where('scope', '=', sql.lit('company')))
    : ofCustomers.unionAll(ofInvoices);
  const rows = await all.execute();
  return rows
    .toSorted((a, b) => scopes.indexOf(a.scope) - scopes.indexOf(b.scope) || (a.hold_id < b.hold_id ? -1 : 1))
    .map(holdFact);
}

/** In the order in which holds are told. */
const scopes: readonly string[] = ['company', 'customer', 'invoice'];
