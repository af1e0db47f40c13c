import { sql } from 'kysely';
import type { RowKind } from '../domain/books.ts';
import type { Tx } from '../platform/db.ts';
import type { BooksPage, StatedCount } from '../ports/ledger.ts';
import { tell, watch } from './changed.store.ts';
import { markAllStale } from './mirror.store.ts';

type NamingPage = Pick<BooksPage, 'invoices' | 'rejected'> &
  Partial<Pick<BooksPage, 'customers' | 'payments' | 'credits'>>;

/** A reading that names every row begins: what an earlier one, broken off, had named is forgotten. */
export async function forgetNamed(tx: Tx, companyId: string): Promise<void> {
  await tx.deleteFrom('named_row').where('company_id', '=', companyId).execute();
}

/** Notes the rows that a page names, the unreadable ones included: they are there, whatever they say (R8). */
export async function keepNamed(tx: Tx, companyId: string, page: NamingPage): Promise<void> {
  const named: readonly (readonly [RowKind, string])[] = [
    ...(page.customers ?? []).map((row) => ['customer', row.customerId] as const),
    ...page.invoices.map((row) => ['invoice', row.invoiceId] as const),
    ...(page.payments ?? []).map((row) => ['payment', row.paymentId] as const),
    ...(page.credits ?? []).map((row) => ['credit', row.creditId] as const),
    ...page.rejected.flatMap((row) => (row.id === null ? [] : [[row.kind, row.id] as const])),
  ];
  if (named.length === 0) return;
  const [kinds, ids] = [named.map(([kind]) => kind), named.map(([, id]) => id)];
  await sql`insert into named_row (company_id, kind, row_id)
    select ${companyId}::uuid, kind, row_id from unnest(${kinds}::text[], ${ids}::text[]) as named (kind, row_id)
    on conflict do nothing`.execute(tx);
}

/** Invoices of the mirror with something owing that a reading of all open invoices did not name. */
export async function openButUnnamed(tx: Tx, companyId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ invoice_id: string }>`select invoice_id from invoice
    where company_id = ${companyId} and status = 'open' and open_minor > 0 and not exists (
      select from named_row where named_row.company_id = ${companyId} and kind = 'invoice' and row_id = invoice_id)
    order by invoice_id`.execute(tx);
  return rows.map((row) => row.invoice_id);
}

/** Everything was read anew: rows of the mirror that were not named are gone from the ledger, which is recorded. Asks for new positions. */
export async function removeUnnamed(tx: Tx, companyId: string, now: Date): Promise<void> {
  const unnamed = (kind: RowKind) =>
    sql`company_id = ${companyId} and not exists (
      select from named_row where named_row.company_id = ${companyId} and kind = ${kind}
        and row_id = ${sql.ref(`${kind}_id`)})`;
  const { rows } = await sql<{ kind: RowKind; id: string }>`
    select 'invoice' as kind, invoice_id as id from invoice where status <> 'deleted' and ${unnamed('invoice')}
    union all select 'payment', payment_id from payment where status <> 'deleted' and ${unnamed('payment')}
    union all select 'credit', credit_id from credit where status <> 'deleted' and ${unnamed('credit')}
    union all select 'customer', customer_id from customer where active and ${unnamed('customer')}`.execute(
    tx,
  );
  const gone = (kind: RowKind): string[] => rows.filter((row) => row.kind === kind).map((row) => row.id);
  const ids = {
    invoice: gone('invoice'),
    payment: gone('payment'),
    credit: gone('credit'),
    customer: gone('customer'),
  };
  const watched = await watch(tx, companyId, ids, now);
  await sql`update invoice set status = 'deleted'
    where company_id = ${companyId} and invoice_id = any(${ids.invoice})`.execute(tx);
  await sql`update payment set status = 'deleted', unapplied_minor = 0
    where company_id = ${companyId} and payment_id = any(${ids.payment})`.execute(tx);
  await sql`update credit set status = 'deleted'
    where company_id = ${companyId} and credit_id = any(${ids.credit})`.execute(tx);
  await sql`update customer set active = false
    where company_id = ${companyId} and customer_id = any(${ids.customer})`.execute(tx);
  await tell(tx, companyId, watched, now);
  await forgetNamed(tx, companyId);
  await markAllStale(tx, companyId);
}

/** Whether the mirror holds another number of standing rows than the ledger states: then it missed deletions (SYN-15). */
export async function countsDiffer(
  tx: Tx,
  companyId: string,
  stated: readonly StatedCount[],
): Promise<boolean> {
  const { rows } = await sql<{ kind: RowKind; rows: number }>`
    select 'customer' as kind, count(*)::int as rows from customer where company_id = ${companyId}
    union all select 'invoice', count(*)::int from invoice where company_id = ${companyId} and status <> 'deleted'
    union all select 'payment', count(*)::int from payment where company_id = ${companyId} and status <> 'deleted'
    union all select 'credit', count(*)::int from credit where company_id = ${companyId} and status <> 'deleted'
    `.execute(tx);
  const ours = new Map(rows.map((row) => [row.kind, row.rows]));
  return stated.some((each) => ours.get(each.kind) !== each.rows);
}
