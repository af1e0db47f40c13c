import { sql } from 'kysely';
import type { CompanyRow } from '../../companies/company.store.ts';
import { addDays, dayAt, instantAt } from '../../domain/day.ts';
import { binaryArray } from '../../platform/binary-array.ts';
import type { Tx } from '../../platform/db.ts';
import type { ConsequenceKind } from '../../policies/consequences/consequence.ts';
import { cancelOpenTouch, postponeTouch } from '../touch.store.ts';
import { tellByHand } from './untold.store.ts';
import { withdrawalStep } from './withdrawal.ts';

interface Waiting {
  readonly touch_id: string;
  readonly customer_id: string;
  readonly case_id: string;
  readonly announcement_id: string;
  readonly kind: ConsequenceKind;
  readonly forbidden: boolean;
  readonly heard_today: boolean;
}

/**
 * Withdrawals of these customers that have not left: one is taken back while the customer must not be written to (a
 * legal hold, or do not contact), and then a person decides how to tell; on a day on which something was said already it
 * waits for the next (S3). Nothing else of the sequence concerns it.
 */
export async function guardWithdrawals(
  tx: Tx,
  { company_id: companyId, time_zone: zone }: CompanyRow,
  customerIds: readonly string[],
  now: Date,
): Promise<void> {
  const today = dayAt(now, zone);
  const { rows } = await sql<Waiting>`
    select t.touch_id, t.customer_id, t.case_id, a.announcement_id, a.kind,
      exists (select from hold h where h.company_id = t.company_id and h.lifted_at is null
        and h.kind in ('do_not_contact', 'legal') and h.starts_on <= ${today}
        and (h.ends_on is null or h.ends_on >= ${today})
        and (h.scope = 'company' or (h.scope = 'customer' and h.customer_id = t.customer_id))) as forbidden,
      exists (select from touch o where o.company_id = t.company_id and o.customer_id = t.customer_id
        and o.state in ('reserved', 'sent', 'uncertain')
        and coalesce(o.sent_at, o.reserved_at) >= ${instantAt(today, '00:00', zone)}) as heard_today
    from touch t join announcement a on a.company_id = t.company_id
      and a.announcement_id = substr(t.invoice_set, 2)::uuid
    where t.company_id = ${companyId} and t.step_key = ${withdrawalStep.key}
      and t.state in ('planned', 'awaiting_approval', 'approved')
      and t.customer_id = any(${binaryArray('text', customerIds)}::text[])`.execute(tx);
  for (const row of rows) {
    const of = { announcementId: row.announcement_id, customerId: row.customer_id, kind: row.kind };
    if (row.forbidden) {
      await cancelOpenTouch(tx, companyId, row, 'the customer must not be written to.', 'Duly', now);
      await tellByHand(tx, companyId, of, 'the customer must not be written to', now);
    } else if (row.heard_today)
      await postponeTouch(tx, companyId, row.touch_id, instantAt(addDays(today, 1), '00:00', zone));
  }
}
