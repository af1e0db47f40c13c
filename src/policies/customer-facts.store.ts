import { type RawBuilder, sql } from 'kysely';
import { dayAt } from '../domain/day.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { behaviourSince, brokenSince } from '../receivables/behaviour.ts';
import type { CustomerFacts } from './segment.ts';
import type { DebtorType } from './step.ts';

interface FactsRow {
  customer_id: string;
  debtor_type: DebtorType;
  groups: string[];
  invoices: number;
  settled: number;
  settled_late: number;
  average_days_late: number | null;
  broken: number;
  open: Record<string, number> | null;
  all_businesses: boolean;
}

/**
 * What the segments of these customers are decided by, by customer; nothing is known of whoever is not in it. Those who
 * bill with a customer count as it (R12). How late they paid is reckoned as on the customer's page: over 24 months, by
 * the day on which payments and credits had covered the whole invoice. Promises count as the books judged them, from the
 * day on which they broke, over 12 months. Which segment was chosen by hand is not part of it.
 */
export async function loadCustomerFacts(
  tx: Tx,
  { company_id: companyId, time_zone: zone }: { readonly company_id: string; readonly time_zone: string },
  customerIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, CustomerFacts>> {
  if (customerIds.length === 0) return new Map();
  const today = dayAt(now, zone);
  const { rows } = await sql<FactsRow>`with recursive ${family(companyId, customerIds)}, invoices as (
      -- each kind has an index of its own; asked together, every invoice of the company would be looked at
      ${sql.join([invoices(companyId, sql`open_minor > 0`), invoices(companyId, sql`open_minor = 0`), invoices(companyId, sql`open_minor < 0`)], sql` union all `)}
    ), parts as (
      select f.root, p.day, p.allocations from family f cross join lateral (
        select paid_on as day, allocations from payment
        where company_id = ${companyId} and customer_id = f.customer_id and status = 'valid' offset 0) p
      union all
      select f.root, c.day, c.allocations from family f cross join lateral (
        select issued_on as day, allocations from credit
        where company_id = ${companyId} and customer_id = f.customer_id and status in ('open', 'closed') offset 0) c
    ), events as (
      -- no join of the two, which may be large for one customer: what belongs together is sorted together
      select root, invoice_id, issued_on, due_on, total_minor, null::date as day, 0::bigint as minor from invoices
      where open_minor = 0
      union all
      select p.root, a->>'invoiceId', null, null, null, p.day, (a->>'amountMinor')::bigint
      from parts p cross join lateral jsonb_array_elements(p.allocations) a
    ), covered as (
      select root, invoice_id, day, max(issued_on) over own as issued_on, max(due_on) over own as due_on,
        max(total_minor) over own as total_minor, sum(minor) over (own order by day nulls first) as so_far
      from events window own as (partition by root, invoice_id)
    ), settled as (
      select root, due_on, greatest(min(day), issued_on) as on_day from covered
      where day is not null and so_far >= total_minor group by root, invoice_id, issued_on, due_on
    ), late as (
      select root, count(*) as settled, count(*) filter (where on_day > due_on) as settled_late,
        round(avg(greatest(0, on_day - due_on)), 1)::float8 as average_days_late
      from settled where due_on is not null and on_day between ${behaviourSince(today)}::date and ${today}::date
      group by root
    ), owed as (
      select root, jsonb_object_agg(currency, minor) as open from (
        select root, currency, sum(open_minor) as minor from invoices where open_minor > 0 and status = 'open'
        group by root, currency) as by_currency group by root
    ), promises as (
      select f.root, count(*) as broken from family f cross join lateral (
        select from agreement where company_id = ${companyId} and customer_id = f.customer_id and kind = 'promise'
          and state = 'broken' and settled_on between ${brokenSince(today)}::date and ${today}::date offset 0) p
      group by f.root
    ), counted as (select root, count(*) as invoices from invoices group by root)
    select c.customer_id, c.debtor_type, c.groups, coalesce(n.invoices, 0) as invoices,
      coalesce(l.settled, 0) as settled, coalesce(l.settled_late, 0) as settled_late, l.average_days_late, o.open,
      coalesce(p.broken, 0) as broken,
      (select all_businesses_at is not null from company where company_id = ${companyId}) as all_businesses
    from customer c left join counted n on n.root = c.customer_id left join late l on l.root = c.customer_id
    left join owed o on o.root = c.customer_id left join promises p on p.root = c.customer_id
    where c.company_id = ${companyId} and c.customer_id = any(${binaryArray('text', customerIds)}::text[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.customer_id, factsOf(row)]));
}

function factsOf(row: FactsRow): CustomerFacts {
  return {
    customerId: row.customer_id,
    invoices: row.invoices,
    settled: row.settled,
    settledLate: row.settled_late,
    averageDaysLate: row.average_days_late,
    brokenPromises: row.broken,
    openMinor: row.open ?? {},
    debtorType: row.debtor_type,
    countsAs: row.debtor_type === 'unknown' && row.all_businesses ? 'business' : row.debtor_type,
    groups: row.groups,
    byHand: null,
  };
}

/** The invoices of each family of which this is true, customer by customer out of an index. */
function invoices(companyId: string, which: RawBuilder<unknown>) {
  return sql`select f.root, i.invoice_id, i.issued_on, i.due_on, i.currency, i.total_minor, i.open_minor, i.status
    from family f cross join lateral (
    select invoice_id, issued_on, due_on, currency, total_minor, open_minor, status from invoice
    where company_id = ${companyId} and customer_id = f.customer_id and ${which}
      and status in ('open', 'closed') and total_minor > 0 offset 0) i`;
}

/** `family`: every customer with those who bill with it, itself included; a loop of parents ends by itself. */
function family(companyId: string, customerIds: readonly string[]) {
  return sql`family (root, customer_id) as (
      select id, id from unnest(${binaryArray('text', customerIds)}::text[]) as asked (id)
      union
      select f.root, c.customer_id from family f cross join lateral (
        select customer_id from customer where company_id = ${companyId} and parent_id = f.customer_id
          and bills_with_parent offset 0) c
    )`;
}
