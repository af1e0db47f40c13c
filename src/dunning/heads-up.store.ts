import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { tellOwners } from '../companies/notice.store.ts';
import type { Tx } from '../platform/db.ts';
import { stepOf } from './touch-step.ts';

/**
 * P9: whoever owns the relationship with a customer hears of a step before it goes out, once, by a mail of their own;
 * they are told, never tasked. For the touches among these whose step asks for it, whose customer has somebody named,
 * and which are no mere preview.
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
  }>`
    select t.touch_id, t.customer_id, t.case_id, c.name as customer_name, c.sales_name, c.sales_email, t.step,
      t.step_key, t.planned_for
    from touch t join customer c on c.company_id = t.company_id and c.customer_id = t.customer_id
    where t.company_id = ${companyId} and t.touch_id = any(${[...touchIds]}::uuid[])
      and t.step->'recipients'->>'informSales' = 'true' and t.state in ('awaiting_approval', 'approved') and c.sales_email is not null
      and not exists (select 1 from notice n where n.company_id = t.company_id and n.kind = 'step_ahead'
        and n.subject = t.touch_id::text)`.execute(tx);
  for (const row of rows) {
    const name = row.sales_name ?? '';
    const facts = {
      at: row.planned_for.toISOString(),
      step: { name: stepOf(row).name, customerId: row.customer_id, customerName: row.customer_name },
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
