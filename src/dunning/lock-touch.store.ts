import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import type { TouchRow } from './touch.store.ts';
import { openStates } from './touch-state.ts';

/** A touch, locked until the transaction ends. Throws UserError not_found. */
export async function lockTouch(tx: Tx, companyId: string, touchId: string): Promise<TouchRow> {
  const touch = await tx
    .selectFrom('touch')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .forUpdate()
    .executeTakeFirst();
  if (touch === undefined)
    throw new UserError('not_found', 'There is no such message.', 'Load the page again.');
  return touch;
}

/** The same, of a touch that has not left. Throws UserError not_found, or conflict when it left, was taken back or is a printed letter. */
export async function lockStanding(tx: Tx, companyId: string, touchId: string): Promise<TouchRow> {
  const touch = await lockTouch(tx, companyId, touchId);
  refusePrinted(touch);
  if (isOpen(touch.state)) return touch;
  throw new UserError(
    'conflict',
    touch.state === 'cancelled' ? 'It was taken back already.' : 'It has left, or may have left, already.',
    'Look at the customer’s timeline; what follows is planned from there.',
  );
}

/** Nothing takes back what may be in the post. Throws UserError conflict for a letter that is printed and waits. */
export function refusePrinted(touch: Pick<TouchRow, 'state' | 'printed_at'>): void {
  if (touch.printed_at === null || !isOpen(touch.state)) return;
  throw new UserError(
    'conflict',
    'This letter is printed and may be in the post.',
    'Say that it was posted, or that it was not.',
  );
}

function isOpen(state: string): boolean {
  return openStates.some((open) => open === state);
}

/** A reason as it is kept: trimmed, at most 300 characters. Throws UserError bad_input (field `reason`) when there is none. */
export function reasonOf(reason: string, ask: string): string {
  const words = reason.trim().slice(0, 300);
  if (words !== '') return words;
  throw new UserError('bad_input', 'A reason is missing.', ask, 'reason');
}
