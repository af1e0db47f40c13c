import { sql } from 'kysely';
import { type Day, dayAt } from '../domain/day.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { History } from './history.ts';
import { contactStates } from './touch-state.ts';

/** Rests and caps look back at most this far. */
const LOOK_BACK_DAYS = 40;

/** The histories of these customers, `members` included whose invoices or payments count for them, read with three queries whatever their number; asked by customer, currency and
 * everybody whose payments count for that customer (R12). */
export async function loadHistories(
  tx: Tx,
  companyId: string,
  zone: string,
  now: Date,
  customerIds: readonly string[],
): Promise<(customerId: string, currency: string, members: readonly string[]) => History> {
  const states = [...contactStates];
  const ids = binaryArray('text', customerIds);
  const since = new Date(now.getTime() - LOOK_BACK_DAYS * 86_400_000);
  const steps = await sql<{
    customer_id: string;
    invoice_id: string;
    step_key: string;
    at: Date;
  }>`
    select i.customer_id, ti.invoice_id, ti.step_key, coalesce(t.sent_at, t.reserved_at) as at
    from touch t join touch_invoice ti on ti.company_id = t.company_id and ti.touch_id = t.touch_id
    join invoice i on i.company_id = ti.company_id and i.invoice_id = ti.invoice_id and i.open_minor > 0
    where t.company_id = ${companyId} and t.state = any(${states}) and ti.step_key <> 'listed'
      and i.customer_id = any(${ids}::text[])
      -- S9: what came back never reached anybody: contact for the gaps below, but no step
      and t.delivery is distinct from 'bounced'`.execute(tx);
  const touches = await sql<{ customer_id: string; currency: string; at: Date }>`
    -- R16: who was merged away is the same person to whoever survives, for gaps and caps; twice over if need be
    select coalesce(into2.merged_into_id, into1.merged_into_id, t.customer_id) as customer_id, t.currency,
      coalesce(t.sent_at, t.reserved_at) as at
    from touch t
    left join customer into1 on into1.company_id = t.company_id and into1.customer_id = t.customer_id
      and into1.merged_into_id is not null
    left join customer into2 on into2.company_id = t.company_id and into2.customer_id = into1.merged_into_id
      and into2.merged_into_id is not null
    where t.company_id = ${companyId} and t.state = any(${states}) and coalesce(t.sent_at, t.reserved_at) >= ${since}
    order by at`.execute(tx);
  const payments = await sql<{ customer_id: string; currency: string; paid_on: Day; seen_at: Date }>`
    select customer_id, currency, max(paid_on) as paid_on, max(seen_at) as seen_at from payment
    where company_id = ${companyId} and customer_id = any(${ids}::text[]) and status = 'valid' and total_minor > 0
      and seen_at >= ${since}
    group by customer_id, currency`.execute(tx);
  // an invoice carries its steps wherever it goes: to another customer, to a parent (S2, R16)
  const stepsBy = Map.groupBy(steps.rows, (row) => row.customer_id);
  const touchesBy = Map.groupBy(touches.rows, (row) => row.customer_id);
  const paymentsBy = new Map(payments.rows.map((row) => [`${row.customer_id} ${row.currency}`, row]));
  const dayOf = (at: Date): Day => dayAt(at, zone);
  const today = dayOf(now);
  return (customerId, currency, members) => {
    const own = touchesBy.get(customerId) ?? [];
    const paid = members.flatMap((id) => paymentsBy.get(`${id} ${currency}`) ?? []);
    // paid on a day, seen on a day: the later counts; a payment dated ahead counts from today
    const paidDays = paid
      .flatMap((row) => [row.paid_on, dayOf(row.seen_at)])
      .map((day) => (day > today ? today : day));
    return {
      stepsDone: members
        .flatMap((id) => stepsBy.get(id) ?? [])
        .map((row) => ({
          invoiceId: row.invoice_id,
          stepKey: row.step_key,
          on: dayOf(row.at),
        })),
      touchDays: own.filter((row) => row.currency === currency).map((row) => dayOf(row.at)),
      customerTouchDays: own.map((row) => dayOf(row.at)),
      lastPaymentOn: paidDays.sort().at(-1) ?? null,
    };
  };
}
