import { sql } from 'kysely';
import type { Currency } from '../domain/currency.ts';
import { type Day, dayAt } from '../domain/day.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { Channel, Stage } from '../policies/step.ts';
import { type Contact, type History, LOOK_BACK_DAYS, type StepDone } from './history.ts';
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
  const [steps, contacts] = [await stepsDone(of), await contactsOf(of)];
  const { payments, promises, moved } = await happened(of);
  return (customerId, currency, members) => {
    const key = `${customerId} ${currency}`;
    const said = saidTo(contacts, customerId, members);
    const last = said.findLast((contact) => contact.currency === currency)?.on;
    const broken = latest(members.map((id) => promises.get(`${id} ${currency}`)));
    return {
      // an invoice carries its steps wherever it goes: to another customer, to a parent (S2, R16)
      stepsDone: members.flatMap((id) => steps.get(id) ?? []),
      contacts: said,
      lastPaymentOn: latest(members.map((id) => payments.get(`${id} ${currency}`))),
      promiseBrokenOn: broken !== null && (last === undefined || broken > last) ? broken : null,
      resumedAt: null,
      notBefore: moved.get(key) ?? null,
    };
  };
}

interface Asked {
  readonly tx: Tx;
  readonly companyId: string;
  readonly zone: string;
  readonly now: Date;
  readonly ids: ReturnType<typeof binaryArray>;
}

async function stepsDone({
  tx,
  companyId,
  zone,
  ids,
}: Asked): Promise<ReadonlyMap<string, readonly StepDone[]>> {
  const { rows } = await sql<{
    customer_id: string;
    invoice_id: string;
    step_key: string;
    stage: Stage | null;
    at: Date | null;
    on_day: Day | null;
  }>`
    select i.customer_id, ti.invoice_id, ti.step_key, ti.stage, coalesce(t.sent_at, t.reserved_at) as at, null as on_day
    from touch t join touch_invoice ti on ti.company_id = t.company_id and ti.touch_id = t.touch_id
    join invoice i on i.company_id = ti.company_id and i.invoice_id = ti.invoice_id and i.open_minor > 0
    where t.company_id = ${companyId} and t.state = any(${[...contactStates]}) and ti.step_key <> 'listed'
      and i.customer_id = any(${ids}::text[])
      -- S9: what came back never reached anybody: contact for the gaps below, but no step
      and t.delivery is distinct from 'bounced'
      -- said again is no further step, unless the first time reached nobody
      and (t.resend_of is null or exists (select from touch o where o.company_id = t.company_id
        and o.touch_id = t.resend_of and (o.delivery = 'bounced' or o.state in ('failed', 'cancelled'))))
    union all
    select i.customer_id, s.invoice_id, s.step_key, s.stage, null as at, s.on_day
    from step_skip s
    join invoice i on i.company_id = s.company_id and i.invoice_id = s.invoice_id and i.open_minor > 0
    where s.company_id = ${companyId} and i.customer_id = any(${ids}::text[])`.execute(tx);
  const done = rows.flatMap(({ at, on_day, ...row }) => {
    const step = { invoiceId: row.invoice_id, stepKey: row.step_key, stage: row.stage };
    if (on_day !== null)
      return [{ customerId: row.customer_id, step: { ...step, on: on_day, skipped: true } as const }];
    return at === null ? [] : [{ customerId: row.customer_id, step: { ...step, on: dayAt(at, zone) } }];
  });
  const byCustomer = new Map<string, StepDone[]>();
  for (const { customerId, step } of done) {
    const own = byCustomer.get(customerId);
    if (own === undefined) byCustomer.set(customerId, [step]);
    else own.push(step);
  }
  return byCustomer;
}

type Said = Contact & { readonly touchId: string };

/** What left, or may have left, by who would be written to today: oldest first. */
async function contactsOf({
  tx,
  companyId,
  zone,
  now,
  ids,
}: Asked): Promise<ReadonlyMap<string, readonly Said[]>> {
  const { rows } = await sql<{
    customer_id: string;
    touch_id: string;
    currency: string;
    channel: string;
    step_key: string;
    at: Date;
  }>`
    -- R16: who was merged away is the same person to whoever survives, for gaps and caps; twice over if need be
    with who as (select id, id as survivor from unnest(${ids}::text[]) as id),
      once as (select c.customer_id as id, who.survivor from who join customer c
        on c.company_id = ${companyId} and c.merged_into_id = who.id),
      twice as (select c.customer_id as id, once.survivor from once join customer c
        on c.company_id = ${companyId} and c.merged_into_id = once.id),
      everybody as (select * from who union select * from once union select * from twice)
    select who.survivor as customer_id, t.touch_id, t.currency, t.channel, t.step_key, coalesce(t.sent_at, t.reserved_at) as at
    from everybody who join touch t on t.company_id = ${companyId} and t.customer_id = who.id
    where t.state = any(${[...contactStates]})
      and coalesce(t.sent_at, t.reserved_at) >= ${daysAgo(now, LOOK_BACK_DAYS)}
    order by at`.execute(tx);
  const contacts = rows.map((row) => ({
    customerId: row.customer_id,
    touchId: row.touch_id,
    at: row.at,
    on: dayAt(row.at, zone),
    channel: row.channel as Channel,
    currency: row.currency as Currency,
    stepKey: row.step_key,
  }));
  return Map.groupBy(contacts, (contact) => contact.customerId);
}

/** S3, R12: what went to a member before it billed with the debtor reached the same people: each touch once, oldest first. */
function saidTo(
  contacts: ReadonlyMap<string, readonly Said[]>,
  customerId: string,
  members: readonly string[],
): readonly Contact[] {
  const own = contacts.get(customerId) ?? [];
  const others = members.flatMap((id) => (id === customerId ? [] : (contacts.get(id) ?? [])));
  if (others.length === 0) return own;
  const once = new Map([...own, ...others].map((said) => [said.touchId, said]));
  return [...once.values()].sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** What else counts, by `customer currency`. */
interface Happened {
  /** The day of the last payment. */
  readonly payments: ReadonlyMap<string, Day>;
  /** R11: the day on which the last promise broke. */
  readonly promises: ReadonlyMap<string, Day>;
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
}

/** One query: three small answers about the same customers. */
async function happened({ tx, companyId, zone, now, ids }: Asked): Promise<Happened> {
  const { rows } = await sql<HappenedRow>`
    select 'paid' as what, customer_id, currency, max(paid_on) as on_day, max(seen_at) as at, null as by from payment
    where company_id = ${companyId} and customer_id = any(${ids}::text[]) and status = 'valid' and total_minor > 0
      and seen_at >= ${daysAgo(now, PAYMENT_DAYS)}
    group by customer_id, currency
    union all
    -- nothing was said since, however long ago that is, and something of it is still owed
    select 'broken', customer_id, currency, max(settled_on), null, null from agreement a
    where company_id = ${companyId} and customer_id = any(${ids}::text[]) and kind = 'promise' and state = 'broken'
      and settled_on >= ${daysAgo(now, PROMISE_DAYS).toISOString().slice(0, 10)}
      and exists (select from agreement_invoice ai join invoice i on i.company_id = ai.company_id
          and i.invoice_id = ai.invoice_id and i.status = 'open' and i.open_minor > 0
        where ai.company_id = a.company_id and ai.agreement_id = a.agreement_id)
      and not exists (select from touch t where t.company_id = a.company_id and t.customer_id = a.customer_id
        and t.currency = a.currency and t.state = any(${[...contactStates]})
        and coalesce(t.sent_at, t.reserved_at) >= a.settled_on::timestamp at time zone ${zone})
    group by customer_id, currency
    union all
    select 'moved', customer_id, currency, null, not_before, coalesce(not_before_by, 'Somebody') from dunning_case
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
    promises: mapOf('broken', ({ on_day: on }) => on),
    moved: mapOf('moved', ({ at, by }) => (at === null || by === null ? null : { at, by })),
  };
}

function daysAgo(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}

function latest(days: readonly (Day | undefined)[]): Day | null {
  return (
    days
      .flatMap((day) => (day === undefined ? [] : [day]))
      .sort()
      .at(-1) ?? null
  );
}
