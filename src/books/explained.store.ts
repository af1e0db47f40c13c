import { sql } from 'kysely';
import type { ActivityKind } from '../activity/activity.store.ts';
import type { Tx } from '../platform/db.ts';

const ofMoney: readonly ActivityKind[] = [
  'payment_seen',
  'payment_taken_back',
  'credit_seen',
  'credit_taken_back',
];

const DAY_MS = 24 * 3_600_000;

/**
 * Of these invoices those whose balance is explained by money that an earlier reading told, within a day: a ledger that
 * changes while it is read may show a payment before it shows its invoice's new balance. Their payments and credits, as
 * the mirror has them, must make up for the whole balance.
 */
export async function explainedBefore(
  tx: Tx,
  companyId: string,
  invoiceIds: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (invoiceIds.length === 0) return new Set();
  const since = new Date(now.getTime() - DAY_MS);
  const told = await sql<{ id: string }>`
    select distinct id from activity a, jsonb_array_elements_text(a.data -> 'invoiceIds') id
    where a.company_id = ${companyId} and a.at >= ${since} and a.kind = any(${[...ofMoney]}::text[])
      and id = any(${[...invoiceIds]}::text[])`.execute(tx);
  const ids = told.rows.map((row) => row.id);
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    with asked as materialized (select invoice_id as id, customer_id, total_minor, open_minor from invoice
        where company_id = ${companyId} and invoice_id = any(${ids}::text[])),
      payer as materialized (select customer_id as id from asked union select c.parent_id from customer c
        where c.company_id = ${companyId} and c.customer_id = any(array(select customer_id from asked))),
      money as (
        select allocations from payment where company_id = ${companyId} and status = 'valid'
          and (customer_id is null or customer_id = any(array(select id from payer)))
        union all select allocations from credit where company_id = ${companyId} and status in ('open', 'closed')
          and customer_id = any(array(select id from payer))),
      settled as (select part ->> 'invoiceId' as id, sum((part ->> 'amountMinor')::bigint) as minor
        from money, jsonb_array_elements(money.allocations) part group by 1)
    select asked.id from asked left join settled on settled.id = asked.id
    where asked.open_minor = asked.total_minor - coalesce(settled.minor, 0)`.execute(tx);
  return new Set(rows.map((row) => row.id));
}
