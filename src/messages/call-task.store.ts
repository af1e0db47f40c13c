import { dayAt } from '../domain/day.ts';
import type { TouchRow } from '../dunning/touch.store.ts';
import { stepOf } from '../dunning/touch-step.ts';
import type { Tx } from '../platform/db.ts';
import { type CallTask, callerOf } from './caller.ts';
import { signerOf } from './signer.ts';

export type CallTouch = Pick<TouchRow, 'style' | 'step_key' | 'planned_for'> & {
  readonly step: unknown;
};

/** Tells the task of a call, as the brand names people now. One query. */
export async function callTasks(tx: Tx, companyId: string): Promise<(call: CallTouch) => CallTask> {
  const row = await tx
    .selectFrom('company as o')
    .leftJoin('brand as b', 'b.company_id', 'o.company_id')
    .select(['o.time_zone', 'b.contact_name', 'b.contact_email', 'b.contact_phone'])
    .select(['b.owner_name', 'b.owner_email', 'b.owner_title'])
    .where('o.company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  const people =
    row.contact_name === null
      ? null
      : {
          contactName: row.contact_name,
          contactEmail: row.contact_email ?? '',
          contactPhone: row.contact_phone,
          ownerName: row.owner_name,
          ownerEmail: row.owner_email,
          ownerTitle: row.owner_title,
        };
  return (touch) => {
    const { sender } = stepOf(touch);
    const signer = people === null ? null : signerOf(people, sender);
    return { for: callerOf(signer, sender, touch.style), dueOn: dayAt(touch.planned_for, row.time_zone) };
  };
}
