import { sql } from 'kysely';
import { type Day, dayAt } from '../domain/day.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { Stage } from '../policies/step.ts';
import {
  type Asked,
  contactsOf,
  daysAgo,
  type Elsewhere,
  isContact,
  reachedSomebody,
  saidTo,
} from './contacts.store.ts';
import type { History, StepDone } from './history.ts';
import { contactStates } from './touch-state.ts';

/** Steps may wait so long after a payment (`daysSincePayment`, at most 365). */
const PAYMENT_DAYS = 370;
/** So long a broken promise is spoken of. */
const PROMISE_DAYS = 200;

/** The histories of customers, asked by customer, currency and everybody whose invoices and payments count for it (R12). */
export type HistoryOf = (customerId: string, currency: string, members: readonly string[]) => History;

/**
 * The histories of these customers, `members` included whose invoices or payments count for them: a handful of queries
 * whatever their number. `zone`: the company's.
 */
export async function loadHistories(
  tx: Tx,
  companyId: string,
  zone: string,
  now: Date,
  customerIds: readonly string[],
): Promise<HistoryOf> {
  const of: Asked = { tx, companyId, zone, now, ids: binaryArray('text', customerIds) };
  const { steps, elsewhere } = await stepsDone(of);
  const contacts = await contactsOf(of, elsewhere);
  const { payments, promises, moved } = await happened(of);
  return (customerId, currency, members) => {
    const key = `${customerId} ${currency}`;
    const said = saidTo(contacts, customerId, members);
    const broken = members.flatMap((id) => promises.get(`${id} ${currency}`) ?? []);
    return {
      // an invoice carries its steps wherever it goes: to another customer, to a parent (S2, R16)
      stepsDone: members.flatMap((id) => steps.get(id) ?? []),
      contacts: said,
      lastPaymentOn: latest(members.map((id) => payments.get(`${id} ${currency}`))),
      promiseBrokenOn: latest(broken.map(({ on }) => on)),
      promiseInvoices: new Set(broken.flatMap(({ invoices }) => invoices)),
      resumedAt: null,
      notBefore: moved.get(key) ?? null,
    };
  };
}

/** The steps that open invoices went through, by customer, and which touches to somebody else named them. */
async function stepsDone(of: Asked): Promise<{
  readonly steps: ReadonlyMap<string, readonly StepDone[]>;
  readonly elsewhere: readonly Elsewhere[];
}> {
  const { tx, companyId, zone, ids } = of;
  const { rows } = await sql<{
    customer_id: string;
    invoice_id: string;
    step_key: string;
    stage: Stage | null;
    at: Date | null;
    on_day: Day | null;
    counts: boolean;
    elsewhere: string | null;
  }>`
    select i.customer_id, ti.invoice_id, ti.step_key, ti.stage, coalesce(t.sent_at, t.reserved_at) as at, null as on_day,
      step.counts, case when other.counts then t.touch_id end as elsewhere
    from touch t join touch_invoice ti on ti.company_id = t.company_id and ti.touch_id = t.touch_id
    join invoice i on i.company_id = ti.company_id and i.invoice_id = ti.invoice_id and i.open_minor > 0
    cross join lateral (select t.state = any(${[...contactStates]}) and ti.step_key <> 'listed'
      -- what reached nobody is contact for the gaps, but no step
      and ${reachedSomebody}
      -- said again is no further step, unless the first time reached nobody
      and (t.resend_of is null or exists (select from touch o where o.company_id = t.company_id
        and o.touch_id = t.resend_of and (o.delivery = 'bounced' or o.state in ('failed', 'cancelled')))) as counts) step
    cross join lateral (select t.customer_id <> i.customer_id and ${isContact(of)} as counts) other
    where t.company_id = ${companyId} and i.customer_id = any(${ids}::text[])
      and (step.counts or other.counts)
    union all
    select i.customer_id, s.invoice_id, s.step_key, s.stage, null as at, s.on_day, true as counts, null as elsewhere
    from step_skip s
    join invoice i on i.company_id = s.company_id and i.invoice_id = s.invoice_id and i.open_minor > 0
    where s.company_id = ${companyId} and i.customer_id = any(${ids}::text[])`.execute(tx);
  const byCustomer = new Map<string, StepDone[]>();
  const elsewhere: Elsewhere[] = [];
  for (const row of rows) {
    const { customer_id: customerId, at, on_day: skippedOn } = row;
    if (row.elsewhere !== null) elsewhere.push({ customerId, touchId: row.elsewhere });
    const on = skippedOn ?? (at === null ? null : dayAt(at, zone));
    if (!row.counts || on === null) continue;
    const step = { invoiceId: row.invoice_id, stepKey: row.step_key, stage: row.stage, on };
    const done: StepDone = skippedOn === null ? step : { ...step, skipped: true };
    const own = byCustomer.get(customerId);
    if (own === undefined) byCustomer.set(customerId, [done]);
    else own.push(done);
  }
  return { steps: byCustomer, elsewhere };
}

interface Broken {
  readonly on: Day;
  readonly invoices: readonly string[];
}

/** What else counts, by `customer currency`. */
interface Happened {
  /** The day of the last payment. */
  readonly payments: ReadonlyMap<string, Day>;
  /** R11: the promises that broke and of which nothing was said. */
  readonly promises: ReadonlyMap<string, readonly Broken[]>;
  /** Of cases whose next touch a person moved to a later time. */
  readonly moved: ReadonlyMap<string, History['notBefore']>;
}

interface HappenedRow {
  readonly what: 'paid' | 'broken' | 'moved';
  readonly customer_id: string;
  readonly currency: string;
  readonly on_day: Day | null;
  readonly at: Date | null;
  readonly by: string | null;
  readonly invoices: readonly string[] | null;
}

/** One query: three small answers about the same customers. */
async function happened(of: Asked): Promise<Happened> {
  const { tx, companyId, zone, now, ids } = of;
  const { rows } = await sql<HappenedRow>`
    select 'paid' as what, customer_id, currency, max(paid_on) as on_day, max(seen_at) as at, null as by,
      null::text[] as invoices
    from (${paid(of)}) paid where seen_at >= ${daysAgo(now, PAYMENT_DAYS)}
    group by customer_id, currency
    union all
    -- nothing was said of it since, however long ago that is, and something of it is still owed
    select 'broken', a.customer_id, a.currency, a.settled_on, null, null,
      array(select ai.invoice_id from agreement_invoice ai
        where ai.company_id = a.company_id and ai.agreement_id = a.agreement_id)
    from agreement a
    where a.company_id = ${companyId} and a.customer_id = any(${ids}::text[]) and a.kind = 'promise'
      and a.state = 'broken' and a.settled_on >= ${daysAgo(now, PROMISE_DAYS).toISOString().slice(0, 10)}
      and exists (select from agreement_invoice ai join invoice i on i.company_id = ai.company_id
          and i.invoice_id = ai.invoice_id and i.status = 'open' and i.open_minor > 0
        where ai.company_id = a.company_id and ai.agreement_id = a.agreement_id)
      and not exists (select from agreement_invoice ai
        join touch_invoice ti on ti.company_id = ai.company_id and ti.invoice_id = ai.invoice_id
        join touch t on t.company_id = ti.company_id and t.touch_id = ti.touch_id
        where ai.company_id = a.company_id and ai.agreement_id = a.agreement_id and ti.step_key <> 'listed'
          and t.state = any(${[...contactStates]}) and ${reachedSomebody}
          and coalesce(t.sent_at, t.reserved_at) >= a.settled_on::timestamp at time zone ${zone})
    union all
    select 'moved', customer_id, currency, null, not_before, coalesce(not_before_by, 'Somebody'), null
    from dunning_case
    where company_id = ${companyId} and state = 'open' and not_before > ${now} and customer_id = any(${ids}::text[])`.execute(
    tx,
  );
  const today = dayAt(now, zone);
  const mapOf = <T>(
    what: HappenedRow['what'],
    value: (row: HappenedRow) => T | null,
  ): ReadonlyMap<string, T> =>
    new Map(
      rows.flatMap((row) => {
        const found = row.what === what ? value(row) : null;
        return found === null ? [] : [[`${row.customer_id} ${row.currency}`, found] as const];
      }),
    );
  return {
    // paid on a day, seen on a day: the later counts; a payment dated ahead counts from today
    payments: mapOf('paid', ({ on_day: on, at }) => {
      const days = [on ?? today, at === null ? today : dayAt(at, zone)];
      return latest(days.map((day) => (day > today ? today : day)));
    }),
    promises: Map.groupBy(
      rows.flatMap(({ what, on_day: on, invoices, ...of }) =>
        what === 'broken' && on !== null ? [{ ...of, on, invoices: invoices ?? [] }] : [],
      ),
      (row) => `${row.customer_id} ${row.currency}`,
    ),
    moved: mapOf('moved', ({ at, by }) => (at === null || by === null ? null : { at, by })),
  };
}

/**
 * R5: what these customers paid: payments, money that came in ahead or was too much, and payments of a parent for an
 * invoice of theirs. No paper says when the ledger got a prepayment; its last change stands in.
 */
function paid({ companyId, ids, now }: Asked) {
  return sql`select customer_id, currency, paid_on, seen_at from payment
    where company_id = ${companyId} and customer_id = any(${ids}::text[]) and status = 'valid' and total_minor > 0
    union all
    select customer_id, currency, issued_on, changed_at from credit
    where company_id = ${companyId} and customer_id = any(${ids}::text[]) and kind in ('overpayment', 'prepayment')
      and status in ('open', 'closed') and total_minor > 0
    union all
    -- each payment of a parent is opened once, however many bill for themselves; a member's come with the parent's own
    select i.customer_id, p.currency, p.paid_on, p.seen_at
    from (select distinct parent_id from customer where company_id = ${companyId}
      and customer_id = any(${ids}::text[]) and parent_id is not null and not bills_with_parent) parent
    cross join lateral (select currency, paid_on, seen_at, allocations from payment
      where company_id = ${companyId} and customer_id = parent.parent_id and status = 'valid' and total_minor > 0
        and seen_at >= ${daysAgo(now, PAYMENT_DAYS)} offset 0) p
    cross join lateral jsonb_array_elements(p.allocations) a
    cross join lateral (select customer_id from invoice
      where company_id = ${companyId} and invoice_id = a->>'invoiceId' offset 0) i
    where i.customer_id = any(${ids}::text[])`;
}

function latest(days: readonly (Day | undefined)[]): Day | null {
  return (
    days
      .flatMap((day) => (day === undefined ? [] : [day]))
      .sort()
      .at(-1) ?? null
  );
}
