import type { TouchMessage } from '../messages/touch-message.store.ts';
import type { Tx } from '../platform/db.ts';

/** The bytes that a repetition was made with (IDM-11). Throws RangeError when there are none. */
export async function keptMessage(tx: Tx, companyId: string, touchId: string): Promise<TouchMessage> {
  const kept = await tx
    .selectFrom('message')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .executeTakeFirst();
  if (kept === undefined) throw new RangeError('the message that it repeats was not kept');
  const { from_name: fromName, reply_to: replyTo, subject, html, text } = kept;
  return { fromName, replyTo, subject, html, text };
}
