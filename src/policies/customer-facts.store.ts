import { sql } from 'kysely';
import { dayAt } from '../domain/day.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { behaviourSince } from '../receivables/behaviour.ts';
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
  open: Record<string, number> | null;
}

/**
 * What the segments of these customers are decided by, by customer; nothing is known of whoever is not in it. Those who
 * bill with a customer count as it (R12). How late they paid is reckoned as on the customer's page: over 24 months, by
 * the day on which payments and credits had covered the whole invoice. Which segment was chosen by hand is not part of it.
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
      select f.root, i.invoice_id, i.issued_on, i.due_on, i.currency, i.total_minor, i.open_minor, i.status
      from family f join invoice i on i.company_id = ${companyId} and i.customer_id = f.customer_id
      where i.status in ('open', 'closed') and i.total_minor > 0
    ), parts as (
      select f.root, p.paid_on as day, p.allocations from family f
      join payment p on p.company_id = ${companyId} and p.customer_id = f.customer_id and p.status = 'valid'
      union all
      select f.root, c.issued_on, c.allocations from family f
      join credit c on c.company_id = ${companyId} and c.customer_id = f.customer_id and c.status in ('open', 'closed')
    ), covered as (
      select i.root, i.invoice_id, i.issued_on, i.due_on, i.total_minor, p.day,
        sum((a->>'amountMinor')::bigint) over (partition by i.root, i.invoice_id order by p.day) as so_far
      from parts p cross join lateral jsonb_array_elements(p.allocations) a
      join invoices i on i.root = p.root and i.invoice_id = a->>'invoiceId' and i.open_minor = 0
    ), settled as (
      select root, due_on, greatest(min(day), issued_on) as on_day from covered
      where so_far >= total_minor group by root, invoice_id, issued_on, due_on
    ), late as (
      select root, count(*) as settled, count(*) filter (where on_day > due_on) as settled_late,
        round(avg(greatest(0, on_day - due_on)), 1)::float8 as average_days_late
      from settled where due_on is not null and on_day between ${behaviourSince(today)}::date and ${today}::date
      group by root
    ), owed as (
      select root, jsonb_object_agg(currency, minor) as open from (
        select root, currency, sum(open_minor) as minor from invoices where open_minor > 0 and status = 'open'
        group by root, currency) as by_currency group by root
    ), counted as (select root, count(*) as invoices from invoices group by root)
    select c.customer_id, c.debtor_type, c.groups, coalesce(n.invoices, 0) as invoices,
      coalesce(l.settled, 0) as settled, coalesce(l.settled_late, 0) as settled_late, l.average_days_late, o.open
    from customer c left join counted n on n.root = c.customer_id left join late l on l.root = c.customer_id
    left join owed o on o.root = c.customer_id
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
    openMinor: row.open ?? {},
    debtorType: row.debtor_type,
    groups: row.groups,
    byHand: null,
  };
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
