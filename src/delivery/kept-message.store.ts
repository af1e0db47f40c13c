import type { TouchMessage } from '../messages/touch-message.store.ts';
import type { Tx } from '../platform/db.ts';
import type { Announced } from '../policies/consequences/consequence.ts';

/** Keeps the exact bytes of a touch's message, in place of those of an earlier attempt. `from`: the address it leaves from. */
export async function keepMessage(
  tx: Tx,
  companyId: string,
  touchId: string,
  message: TouchMessage,
  { now, from }: { readonly now: Date; readonly from: string },
): Promise<void> {
  const kept = {
    from_name: message.fromName,
    from_email: from,
    reply_to: message.replyTo,
    subject: message.subject,
    html: message.html,
    text: message.text,
    composed_at: now,
  };
  await tx
    .insertInto('message')
    .values({ company_id: companyId, touch_id: touchId, ...kept })
    .onConflict((oc) => oc.columns(['company_id', 'touch_id']).doUpdateSet(kept))
    .execute();
}

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
