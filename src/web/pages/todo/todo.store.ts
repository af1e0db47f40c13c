import { sql } from 'kysely';
import type { Currency } from '../../../domain/currency.ts';
import { stepOf } from '../../../dunning/touch-step.ts';
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
  readonly address: string | null;
  readonly currency: Currency;
  readonly askMinor: number;
  readonly invoiceCount: number;
  /** Not before this instant. */
  readonly plannedFor: Date;
  /** Of a letter that may be in the post. */
  readonly printed: Printed | null;
}

const MOST = 200;

/** What people have to do, the largest amount first among what is due the longest. One statement. */
export async function readTasks(tx: Tx, companyId: string): Promise<readonly Task[]> {
  const { rows } = await sql<{
    touch_id: string;
    channel: 'call' | 'letter';
    customer_id: string;
    name: string | null;
    country: string | null;
    region: string | null;
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
    select t.touch_id, t.channel, t.customer_id, c.name, c.country, c.region, t.step, t.step_key, t.recipient_name,
      t.recipient_phone, t.recipient_address, t.currency, t.ask_minor, t.planned_for, t.printed_at,
      t.printed_by, t.printed_pay_by,
      (select count(*) from touch_invoice i where i.company_id = t.company_id and i.touch_id = t.touch_id) as invoices
    from touch t left join customer c on c.company_id = t.company_id and c.customer_id = t.customer_id
    where t.company_id = ${companyId} and t.state = 'approved' and t.channel in ('call', 'letter')
    order by t.approved_at::date, t.ask_minor desc, t.touch_id limit ${MOST}`.execute(tx);
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
    address: row.recipient_address,
    currency: row.currency,
    askMinor: row.ask_minor,
    invoiceCount: row.invoices,
    plannedFor: row.planned_for,
    printed: printedOf(row),
  }));
}
