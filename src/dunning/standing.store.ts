import { sql } from 'kysely';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { Stage } from '../policies/step.ts';
import type { Standing } from './standing.ts';
import { openStates } from './touch-state.ts';
import { stepOf } from './touch-step.ts';

/** Touches whose case is inside their step: a preview is nothing that anybody was promised, and follows every change. */
const standingStates = openStates.filter((state) => state !== 'planned');

/**
 * The touches of these customers that wait for a person or are released, asked by customer and currency. One query.
 */
export async function loadStanding(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<(customerId: string, currency: string) => Standing | null> {
  const { rows } = await sql<{
    customer_id: string;
    currency: string;
    touch_id: string;
    step: unknown;
    step_key: string;
    policy_version: number | null;
    at_once: boolean;
    invoice_id: string;
    own_key: string;
    stage: Stage | null;
  }>`
    select t.customer_id, t.currency, t.touch_id, t.step, t.step_key, t.policy_version,
      t.sent_now_by is not null as at_once, ti.invoice_id, ti.step_key as own_key, ti.stage
    from touch t join touch_invoice ti on ti.company_id = t.company_id and ti.touch_id = t.touch_id
    where t.company_id = ${companyId} and t.state = any(${standingStates}) and ti.step_key <> 'listed'
      and t.resend_of is null and t.customer_id = any(${binaryArray('text', customerIds)}::text[])
    order by t.touch_id`.execute(tx);
  const found = new Map<string, Standing>();
  for (const own of Map.groupBy(rows, (row) => row.touch_id).values()) {
    const [first] = own;
    if (first === undefined) continue;
    found.set(`${first.customer_id} ${first.currency}`, {
      step: stepOf(first),
      policyVersion: first.policy_version,
      atOnce: first.at_once,
      invoices: new Map(own.map((row) => [row.invoice_id, { stepKey: row.own_key, stage: row.stage }])),
    });
  }
  return (customerId, currency) => found.get(`${customerId} ${currency}`) ?? null;
}
