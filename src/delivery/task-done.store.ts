import { getCompany } from '../companies/company.store.ts';
import { dayAt, daysBetween } from '../domain/day.ts';
import { announce, keepAnnounced } from '../dunning/announcements/announce.store.ts';
import { touchDone } from '../dunning/done.store.ts';
import type { Outcome, SaidOutcome } from '../dunning/done.ts';
import { lockTouch } from '../dunning/lock-touch.store.ts';
import { type TouchMessage, touchMessage } from '../messages/touch-message.store.ts';
import type { Duly } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { keepMessage } from './kept-message.store.ts';

/**
 * `touchDone`. Of a printed letter the page that was printed is what was kept, and what it announced stands from the
 * day on which it was posted. Else the letter or the call sheet is kept as it is now, as an e-mail's bytes are (P20);
 * without it when the figures have changed so that it can't be composed any more: what was done was done. Throws
 * UserError as `touchDone`.
 */
export async function taskDone(
  duly: Pick<Duly, 'clock' | 'config' | 'mailFrom'>,
  tx: Tx,
  companyId: string,
  touchId: string,
  said: SaidOutcome,
  by: string,
): Promise<Outcome> {
  const now = duly.clock.now();
  const { printed_at: printedAt } = await lockTouch(tx, companyId, touchId);
  if (printedAt !== null) {
    const outcome = await touchDone(tx, companyId, touchId, said, by, now);
    const { time_zone: zone } = await getCompany(tx, companyId);
    const posted = outcome.channel === 'letter' ? daysBetween(dayAt(printedAt, zone), outcome.postedOn) : 0;
    await announce(tx, companyId, touchId, now, posted);
    return outcome;
  }
  // first, so that it does not count itself among the earlier contacts
  const message = await composed(tx, companyId, touchId, now, duly.config.baseUrl);
  const outcome = await touchDone(tx, companyId, touchId, said, by, now);
  if (message === null) return outcome;
  // P8: a wrong number heard nothing
  const heard = outcome.channel !== 'call' || outcome.result !== 'wrong_number';
  await keepAnnounced(tx, companyId, touchId, heard ? (message.announces ?? null) : null);
  await announce(tx, companyId, touchId, now);
  await keepMessage(tx, companyId, touchId, message, { now, from: duly.mailFrom });
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
