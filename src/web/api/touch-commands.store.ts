import { keptMessage } from '../../delivery/kept-message.store.ts';
import { approveTouches } from '../../dunning/approval.store.ts';
import { isByName, stepOf } from '../../dunning/touch-step.ts';
import { touchMessage } from '../../messages/touch-message.store.ts';
import type { Duly } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';

/**
 * Releases these touches, or all that wait except those that are named one by one (S4); returns how many. Throws
 * UserError conflict in preview, bad_input (field `reason`) where the law warns and there is none.
 */
export async function release(
  tx: Tx,
  companyId: string,
  touchIds: readonly string[] | 'all',
  by: string,
  now: Date,
  reason: string,
): Promise<number> {
  const ids = touchIds === 'all' ? await waiting(tx, companyId) : touchIds;
  return await approveTouches(tx, companyId, ids, by, now, () => reason);
}

async function waiting(tx: Tx, companyId: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('touch')
    .select(['touch_id', 'step', 'step_key'])
    .where('company_id', '=', companyId)
    .where('state', '=', 'awaiting_approval')
    .execute();
  return rows.filter((row) => !isByName(stepOf(row))).map((row) => row.touch_id);
}

/** The message as it would leave now (S7), of a printed letter the page that was printed. Throws UserError not_found, or conflict when it can't be composed. */
export async function previewTouch(duly: Duly, tx: Tx, companyId: string, touchId: string) {
  const printed = await tx
    .selectFrom('touch')
    .select('touch_id')
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .where('printed_at', 'is not', null)
    .executeTakeFirst();
  try {
    const { fromName, replyTo, subject, html, text } =
      printed === undefined
        ? await touchMessage(tx, companyId, touchId, duly.clock.now(), duly.config.baseUrl)
        : await keptMessage(tx, companyId, touchId);
    return { fromName, fromEmail: duly.mailFrom, replyTo, subject, html, text };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(
      'conflict',
      'The figures changed since this touch was planned, so its message can’t be composed.',
      'Wait for the next plan, or read the books now.',
    );
  }
}
