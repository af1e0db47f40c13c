import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { CloseReason, OpenCase } from './case.store.ts';

interface Fate {
  readonly status: string;
  readonly open_minor: number;
  readonly total_minor: number;
  /** It belongs to a customer who is not chased with this case. */
  readonly elsewhere: boolean;
  readonly paid: boolean;
  readonly credited: boolean;
  /** It changed, or was written about, since the case was opened or reopened. */
  readonly fresh: boolean;
  readonly past_due: boolean;
}

/**
 * Why nothing is past due any more at this case's customer, from what became of the invoices that the case was about:
 * those its touches named, those that changed or moved away while it was open; `members` are chased at its customer
 * (R12). `today` is the day in the company's zone.
 */
export async function closeReason(
  tx: Tx,
  companyId: string,
  closing: OpenCase,
  members: readonly string[],
  today: string,
): Promise<CloseReason> {
  const fates = await fatesOf(tx, companyId, closing, members, today);
  const left = await tx
    .selectFrom('customer')
    .select('merged_into_id')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', closing.customerId)
    .executeTakeFirst();
  const merged = left !== undefined && left.merged_into_id !== null;
  // what happened since a reopening tells more than what had happened before
  for (const some of [fates.filter((fate) => fate.fresh), fates]) {
    const reason = reasonOf(some, merged);
    if (reason !== null) return reason;
  }
  return merged ? 'merged' : 'not_due';
}

function reasonOf(fates: readonly Fate[], merged: boolean): CloseReason | null {
  const away = fates.some((fate) => fate.elsewhere && fate.open_minor > 0 && fate.status === 'open');
  if (away && merged) return 'merged';
  const here = fates.filter((fate) => !fate.elsewhere);
  const settled = here.filter(
    (fate) => fate.open_minor <= 0 && fate.total_minor !== 0 && ['open', 'closed'].includes(fate.status),
  );
  if (settled.some((fate) => fate.paid || !fate.credited)) return 'paid';
  if (settled.length > 0) return 'credited';
  // still late, but written to at somebody else: its bills go to the parent now (R12)
  if (away || here.some((fate) => fate.past_due)) return 'moved';
  if (here.some((fate) => fate.status === 'void')) return 'voided';
  if (here.some((fate) => fate.status === 'deleted')) return 'deleted';
  return null;
}

async function fatesOf(
  tx: Tx,
  companyId: string,
  { caseId, customerId, currency }: OpenCase,
  members: readonly string[],
  today: string,
): Promise<readonly Fate[]> {
  const own = [...members];
  const changed = (some: RawBuilder<unknown>) => sql`select i.invoice_id from invoice i, this
    where i.company_id = ${companyId} and i.customer_id = any(${own}) and ${some} and i.changed_at >= this.opened_at`;
  const settledBy = sql`jsonb_build_array(jsonb_build_object('invoiceId', i.invoice_id))`;
  const { rows } = await sql<Fate>`
    with this as (select c.opened_at, greatest(c.opened_at, (select max(at) from activity a
          where a.company_id = ${companyId} and a.customer_id = ${customerId} and a.case_id = c.case_id
            and a.kind = 'case_reopened')) as since
        from dunning_case c where c.company_id = ${companyId} and c.case_id = ${caseId}),
      payer as (select unnest(${own}::text[]) as id union select parent_id from customer
        where company_id = ${companyId} and customer_id = any(${own})),
      touched as (select ti.invoice_id as id, max(t.created_at) as at
        from touch t join touch_invoice ti on ti.company_id = t.company_id and ti.touch_id = t.touch_id
        where t.company_id = ${companyId} and t.case_id = ${caseId} group by 1),
      moved as (select distinct a.invoice_id as id from activity a, this
        where a.company_id = ${companyId} and a.customer_id = ${customerId} and a.kind = 'invoice_moved'
          and a.at >= this.since),
      about as (select id from touched union select id from moved union
        -- each kind has an index of its own; asked together, every invoice of the company would be looked at
        ${sql.join([changed(sql`i.open_minor > 0`), changed(sql`i.open_minor = 0`), changed(sql`i.open_minor < 0`)], sql` union `)})
    select i.status, i.open_minor, i.total_minor, not i.customer_id = any(${own}) as elsewhere,
      (i.changed_at >= this.since or coalesce(touched.at >= this.since, false) or moved.id is not null) as fresh,
      (i.status = 'open' and i.open_minor > 0 and coalesce(i.due_on < ${today}, false)) as past_due,
      exists (select from payment p where p.company_id = ${companyId} and p.status = 'valid' and p.total_minor > 0
        and (p.customer_id is null or p.customer_id = any(array(select id from payer)))
        and p.allocations @> ${settledBy}) as paid,
      exists (select from payment p where p.company_id = ${companyId} and p.status = 'valid' and p.total_minor = 0
        and (p.customer_id is null or p.customer_id = any(array(select id from payer)))
        and p.allocations @> ${settledBy})
      or exists (select from credit k where k.company_id = ${companyId} and k.customer_id = any(${own})
        and k.status in ('open', 'closed') and k.allocations @> ${settledBy}) as credited
    from about join invoice i on i.company_id = ${companyId} and i.invoice_id = about.id cross join this
      left join touched on touched.id = about.id left join moved on moved.id = about.id
    where i.currency = ${currency}`.execute(tx);
  return rows;
}
