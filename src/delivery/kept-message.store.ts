import type { TouchMessage } from '../messages/touch-message.store.ts';
import type { Tx } from '../platform/db.ts';
import type { Announced } from '../policies/consequences/consequence.ts';

/** The bytes that a repetition was made with, and what they announce (IDM-11, P8). Throws RangeError when there are none. */
export async function keptMessage(tx: Tx, companyId: string, touchId: string): Promise<TouchMessage> {
  const kept = await tx
    .selectFrom('message')
    .innerJoin('touch', (on) =>
      on
        .onRef('touch.company_id', '=', 'message.company_id')
        .onRef('touch.touch_id', '=', 'message.touch_id'),
    )
    .selectAll('message')
    .select('touch.announces')
    .where('message.company_id', '=', companyId)
    .where('message.touch_id', '=', touchId)
    .executeTakeFirst();
  if (kept === undefined) throw new RangeError('the message that it repeats was not kept');
  const { from_name: fromName, reply_to: replyTo, subject, html, text } = kept;
  const announces = kept.announces as unknown as Announced | null;
  return { fromName, replyTo, subject, html, text, announces };
}
