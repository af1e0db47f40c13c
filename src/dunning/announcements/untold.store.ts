import { raiseProblem } from '../../activity/problem.store.ts';
import type { Tx } from '../../platform/db.ts';
import { consequenceName } from '../../policies/consequences/consequence.ts';
import type { Announcement } from './announcement.ts';

/** P8: Duly can't tell the customer of a withdrawal, so a person does. `why` follows "is withdrawn, and ". */
export async function tellByHand(
  tx: Tx,
  companyId: string,
  row: Pick<Announcement, 'announcementId' | 'customerId' | 'kind'>,
  why: string,
  now: Date,
): Promise<void> {
  await raiseProblem(tx, companyId, now, {
    kind: 'tell_withdrawn',
    subject: row.announcementId,
    customerId: row.customerId,
    what: `“${consequenceName(row.kind)}” is withdrawn, and ${why}.`,
    meaning: 'The customer still believes that it will happen.',
    action: 'Tell the customer yourself, as far as you may. Then say so on the page of consequences.',
  });
}
