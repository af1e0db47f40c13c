import { sql } from 'kysely';
import type { CompanyRow } from '../../../companies/company.store.ts';
import { businessCalendar } from '../../../domain/calendar.ts';
import type { Currency } from '../../../domain/currency.ts';
import type { Day } from '../../../domain/day.ts';
import { passedOverOn } from '../../../dunning/passed-over-on.ts';
import { stepOf } from '../../../dunning/touch-step.ts';
import { callTasks } from '../../../messages/call-task.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { type Printed, printedOf } from '../touch/touch.store.ts';

/** A call to make or a letter to post. Amounts in minor units of `currency`. */
export interface Task {
  readonly touchId: string;
  readonly channel: 'call' | 'letter';
  readonly customerId: string;
  readonly customerName: string;
  readonly country: string | null;
  readonly region: string | null;
  readonly stepName: string;
  readonly recipientName: string;
  readonly phone: string | null;
  /** P5: whose a call is; null: a letter. */
  readonly caller: string | null;
  readonly address: string | null;
  readonly currency: Currency;
  readonly askMinor: number;
  readonly invoiceCount: number;
  /** Not before this instant. */
  readonly plannedFor: Date;
  /** Of a letter that may be in the post. */
  readonly printed: Printed | null;
  /** It is to be done before this day of the company's zone; null: it waits for as long as it takes. */
  readonly passedOverOn: Day | null;
}

/** What is to be done, and how much of it is shown. */
export interface Tasks {
  readonly shown: readonly Task[];
  readonly count: number;
}

const MOST = 200;

/**
 * What people have to do: what is passed over the soonest first, then what waits for as long as it takes; among those of
 * a day the largest amount. Two statements.
 */
export async function readTasks(tx: Tx, company: CompanyRow): Promise<Tasks> {
  const order = await tasksInOrder(tx, company);
  const some = new Map(order.slice(0, MOST).map((due) => [due.touchId, due.on]));
  const shown = await readSome(tx, company.company_id, some);
  const rank = new Map([...some.keys()].map((touchId, index) => [touchId, index]));
  const place = ({ touchId }: Task): number => rank.get(touchId) ?? MOST;
  return { shown: shown.toSorted((one, other) => place(one) - place(other)), count: order.length };
}

interface Due {
  readonly touchId: string;
  readonly on: Day | null;
}

async function tasksInOrder(tx: Tx, company: CompanyRow): Promise<readonly Due[]> {
  const { company_id: companyId, country, region, time_zone: zone } = company;
  const { rows } = await sql<{
    touch_id: string;
    approved_at: Date | null;
    not_before: Date | null;
    waits: number | null;
    printed: boolean;
  }>`
    select t.touch_id, t.approved_at, d.not_before, (t.step->>'waitsBusinessDays')::int as waits,
      t.printed_at is not null as printed
    from touch t join dunning_case d on d.company_id = t.company_id and d.case_id = t.case_id
    where t.company_id = ${companyId} and t.state = 'approved' and t.channel in ('call', 'letter')
    order by t.approved_at::date, t.ask_minor desc, t.touch_id`.execute(tx);
  const calendar = businessCalendar(country, region, zone);
  const due = rows.map((row) => ({
    touchId: row.touch_id,
    on: passedOverOn(
      {
        approvedAt: row.approved_at,
        notBefore: row.not_before,
        waitsBusinessDays: row.waits,
        isPrinted: row.printed,
      },
      zone,
      calendar,
    ),
  }));
  const far = '9999-12-31';
  return due.toSorted((one, other) =>
    (one.on ?? far) < (other.on ?? far) ? -1 : Number(one.on !== other.on),
  );
}

async function readSome(
  tx: Tx,
  companyId: string,
  some: ReadonlyMap<string, Day | null>,
): Promise<readonly Task[]> {
  if (some.size === 0) return [];
  const { rows } = await sql<{
    touch_id: string;
    channel: 'call' | 'letter';
    customer_id: string;
    name: string | null;
    country: string | null;
    region: string | null;
    style: string;
    step: unknown;
    step_key: string;
    recipient_name: string;
    recipient_phone: string | null;
    recipient_address: string | null;
    currency: Currency;
    ask_minor: number;
    invoices: number;
    planned_for: Date;
    printed_at: Date | null;
    printed_by: string | null;
    printed_pay_by: string | null;
  }>`
    select t.touch_id, t.channel, t.customer_id, c.name, c.country, c.region, t.style, t.step, t.step_key, t.recipient_name,
      t.recipient_phone, t.recipient_address, t.currency, t.ask_minor, t.planned_for, t.printed_at,
      t.printed_by, t.printed_pay_by,
      (select count(*) from touch_invoice i where i.company_id = t.company_id and i.touch_id = t.touch_id) as invoices
    from touch t left join customer c on c.company_id = t.company_id and c.customer_id = t.customer_id
    where t.company_id = ${companyId} and t.touch_id = any(${[...some.keys()]}::uuid[])`.execute(tx);
  const taskOf = await callTasks(tx, companyId);
  return rows.map((row) => ({
    touchId: row.touch_id,
    channel: row.channel,
    customerId: row.customer_id,
    customerName: row.name ?? row.recipient_name,
    country: row.country,
    region: row.region,
    stepName: stepOf(row).name,
    recipientName: row.recipient_name,
    phone: row.recipient_phone,
    caller: row.channel === 'call' ? taskOf(row).for.words : null,
    address: row.recipient_address,
    currency: row.currency,
    askMinor: row.ask_minor,
    invoiceCount: row.invoices,
    plannedFor: row.planned_for,
    printed: printedOf(row),
    passedOverOn: some.get(row.touch_id) ?? null,
  }));
}
