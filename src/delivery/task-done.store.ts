import { announce, keepAnnounced } from '../dunning/announcements/announce.store.ts';
import { touchDone } from '../dunning/done.store.ts';
import type { SaidOutcome } from '../dunning/done.ts';
import { type TouchMessage, touchMessage } from '../messages/touch-message.store.ts';
import type { Duly } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';

/**
 * `touchDone`, and the printed page or the call sheet is kept as it was then, as an e-mail's bytes are (P20); without
 * it when the figures have changed so that it can't be composed any more: what was done was done. Throws UserError as
 * `touchDone`.
 */
export async function taskDone(
  duly: Pick<Duly, 'clock' | 'config' | 'mailFrom'>,
  tx: Tx,
  companyId: string,
  touchId: string,
  said: SaidOutcome,
  by: string,
): Promise<Awaited<ReturnType<typeof touchDone>>> {
  const now = duly.clock.now();
  // first, so that it does not count itself among the earlier contacts
  const message = await composed(tx, companyId, touchId, now, duly.config.baseUrl);
  const outcome = await touchDone(tx, companyId, touchId, said, by, now);
  if (message === null) return outcome;
  await keepAnnounced(tx, companyId, touchId, message.announces ?? null);
  await announce(tx, companyId, touchId, now);
  await tx
    .insertInto('message')
    .values({
      company_id: companyId,
      touch_id: touchId,
      from_name: message.fromName,
      from_email: duly.mailFrom,
      reply_to: message.replyTo,
      subject: message.subject,
      html: message.html,
      text: message.text,
      composed_at: now,
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
  return outcome;
}

async function composed(
  tx: Tx,
  companyId: string,
  touchId: string,
  now: Date,
  baseUrl: string,
): Promise<TouchMessage | null> {
  try {
    return await touchMessage(tx, companyId, touchId, now, baseUrl);
  } catch (error) {
    if (error instanceof RangeError || error instanceof UserError) return null;
    throw error;
  }
}
