import { type RawBuilder, sql } from 'kysely';

/**
 * Common table expressions for a `with`: `part`, what valid payments and credits set against which invoice, by day and
 * currency, with the paper it came from, whether that brought money, and whether its latest form is unreadable (R8).
 * Whoever paid is one of these customers or their parent, or the ledger does not say. Money in another currency than the
 * invoice's is not set against it (R3): join on both.
 */
export function settlingParts(companyId: string, customerIds: readonly string[]): RawBuilder<unknown> {
  return sql`payer as materialized (
      select unnest(${customerIds}::text[]) as id
      union select parent_id from customer where company_id = ${companyId} and customer_id = any(${customerIds})
    ), paper as (
      select 'payment' as kind, payment_id as id, paid_on as day, total_minor > 0 as money, currency, allocations
      from payment where company_id = ${companyId} and status = 'valid'
        and (customer_id is null or customer_id = any(array(select id from payer)))
      union all
      select 'credit', credit_id, issued_on, kind <> 'credit_note', currency, allocations
      from credit where company_id = ${companyId} and status in ('open', 'closed')
        and customer_id = any(array(select id from payer))
    ), part as (
      select a->>'invoiceId' as invoice_id, (a->>'amountMinor')::bigint as minor, p.id, p.day, p.money, p.currency,
        r.row_id is not null as unreadable
      from paper p cross join lateral jsonb_array_elements(p.allocations) a
      left join rejected_row r on r.company_id = ${companyId} and r.kind = p.kind and r.row_id = p.id
    )`;
}

/** All parts of a group of one invoice as a JSON array of `SettlingPart`, the earliest first; null: there is none. */
export const partsOfGroup = sql`jsonb_agg(jsonb_build_object('on', part.day, 'minor', part.minor, 'money', part.money,
  'paperId', part.id, 'unreadable', part.unreadable) order by part.day, part.id) filter (where part.id is not null)`;
