import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { tellOwners } from '../companies/notice.store.ts';
import type { Tx } from '../platform/db.ts';
import { AUTOPILOT } from './add-touch.store.ts';
import type { TouchRow } from './touch.store.ts';
import { stepOf } from './touch-step.ts';

/** So long whoever owns the relationship has to say a word before something leaves that nobody else looks at. */
const LEAD_MS = 3_600_000;
/** What a person released waits for a heads-up that has not left itself, which takes no longer than a tick. */
const AGAIN_MS = 60_000;

/**
 * P9: whoever owns the relationship with a customer hears of a step before it goes out, once, by a mail of their own;
 * they are told, never tasked. For the touches among these whose step asks for it, whose customer has somebody named,
 * and which are no mere preview: as soon as one is written down, also while it waits for a person, of which the words
 * speak. `headsUpOf` keeps it from leaving at once.
 */
export async function tellSales(
  tx: Tx,
  companyId: string,
  touchIds: readonly string[],
  now: Date,
): Promise<void> {
  if (touchIds.length === 0) return;
  const { rows } = await sql<{
    touch_id: string;
    customer_id: string;
    case_id: string;
    customer_name: string;
    sales_name: string | null;
    sales_email: string;
    step: unknown;
    step_key: string;
    planned_for: Date;
    state: string;
    by_itself: boolean;
  }>`
    select t.touch_id, t.customer_id, t.case_id, c.name as customer_name, c.sales_name, c.sales_email, t.step,
      t.step_key, t.planned_for, t.state,
      t.state = 'approved' and t.approved_by = ${AUTOPILOT} and t.channel in ('email', 'statement') as by_itself
    from touch t join customer c on c.company_id = t.company_id and c.customer_id = t.customer_id
    where t.company_id = ${companyId} and t.touch_id = any(${[...touchIds]}::uuid[])
      and t.step->'recipients'->>'informSales' = 'true' and t.state in ('awaiting_approval', 'approved') and c.sales_email is not null
      and not exists (select 1 from notice n where n.company_id = t.company_id and n.kind = 'step_ahead'
        and n.subject = t.touch_id::text)`.execute(tx);
  for (const row of rows) {
    const name = row.sales_name ?? '';
    const soonest = now.getTime() + (row.by_itself ? LEAD_MS : 0);
    const facts = {
      at: new Date(Math.max(row.planned_for.getTime(), soonest)).toISOString(),
      step: {
        name: stepOf(row).name,
        customerId: row.customer_id,
        customerName: row.customer_name,
        waits: row.state === 'awaiting_approval',
      },
    };
    const to = { name, email: row.sales_email };
    await tellOwners(tx, companyId, { kind: 'step_ahead', subject: row.touch_id, facts, to }, now);
    await record(tx, companyId, now, [
      {
        kind: 'sales_told',
        actor: 'Duly',
        summary: `${name || row.sales_email} is told of the ${facts.step.name} before it goes out.`,
        customerId: row.customer_id,
        caseId: row.case_id,
        touchId: row.touch_id,
      },
    ]);
  }
}

type Leaving = Pick<TouchRow, 'touch_id' | 'approved_by' | 'sent_now_by'>;

/**
 * P9: until when each of these waits because of its heads-up, null: for nothing. What leaves by itself, an hour from the
 * telling; what a person released, until the heads-up was sent, an hour at most; what a person lets go at once, never.
 */
export async function headsUpOf(
  tx: Tx,
  companyId: string,
  touches: readonly Leaving[],
  now: Date,
): Promise<(touch: Leaving) => Date | null> {
  if (touches.length === 0) return () => null;
  const ids = touches.map((touch) => touch.touch_id);
  const { rows } = await sql<{ touch_id: string; told_at: Date; open: boolean }>`
    select n.subject as touch_id, n.created_at as told_at,
      n.state = 'new' or exists (select from notice_mail m where m.company_id = n.company_id and m.kind = n.kind
        and m.subject = n.subject and m.state in ('waiting', 'reserved', 'uncertain')) as open
    from notice n where n.company_id = ${companyId} and n.kind = 'step_ahead' and n.subject = any(${ids}::text[])
      and n.created_at > ${new Date(now.getTime() - LEAD_MS)}`.execute(tx);
  const told = new Map(rows.map((row) => [row.touch_id, row]));
  return ({ touch_id: touchId, approved_by: by, sent_now_by: atOnce }) => {
    const row = told.get(touchId);
    if (row === undefined || atOnce !== null) return null;
    if (by === AUTOPILOT) return new Date(row.told_at.getTime() + LEAD_MS);
    return row.open ? new Date(now.getTime() + AGAIN_MS) : null;
  };
}
