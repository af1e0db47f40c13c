import type { Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { Announced } from '../policies/consequences/consequence.ts';
import { readCallFacts } from './call/call-facts.store.ts';
import { callSheetOf } from './call/call-sheet.ts';
import { callSheetHtml, callSheetText } from './call/call-sheet-html.ts';
import { composeReminder } from './compose.ts';
import { composeLetter } from './letter/compose-letter.ts';
import type { ComposedReminder } from './reminder.ts';
import { checkSpoken, checkTone, type Finding } from './tone.ts';
import { type TouchContent, touchContent } from './touch-content.store.ts';

export interface TouchMessage extends ComposedReminder {
  readonly replyTo: string;
  /** P8: what the message announces; it binds the business once the message has left. */
  readonly announces?: Announced | null;
  /** The day by which it asks to pay. */
  readonly payBy?: Day;
}

/**
 * The message of a touch as it would leave at `now`, from the mirror as it stands in this transaction: the same for
 * preview, approval and sending (S7). Of a letter it is the printed page, of a call the sheet for whoever calls. Throws
 * UserError when there is no brand or no such touch, RangeError when the figures contradict one another or the tone
 * check objects.
 */
export async function touchMessage(
  tx: Tx,
  companyId: string,
  touchId: string,
  now: Date,
  baseUrl: string,
): Promise<TouchMessage> {
  const touch = await touchContent(tx, companyId, touchId, now, baseUrl);
  const composed = await composeTouch(tx, companyId, touch, touchId, now);
  return {
    ...composed,
    replyTo: touch.content.signer.email,
    announces: touch.announces,
    payBy: touch.content.payBy,
  };
}

async function composeTouch(
  tx: Tx,
  companyId: string,
  touch: TouchContent,
  touchId: string,
  now: Date,
): Promise<ComposedReminder> {
  const { content } = touch;
  const { channel } = content;
  if (channel === 'call') {
    const sheet = callSheetOf(content, await readCallFacts(tx, companyId, touch, touchId, now));
    refuse(checkSpoken(sheet.say.flatMap(({ words }) => words).join('\n'), content));
    const { title: subject, caller: fromName } = sheet;
    return { subject, fromName, html: callSheetHtml(sheet), text: callSheetText(sheet) };
  }
  const composed =
    channel === 'letter' ? composeLetter(content, touch.address) : await composeReminder(content);
  refuse(checkTone(composed, content));
  return composed;
}

/** Throws RangeError when something in it must not be said. */
function refuse(findings: readonly Finding[]): void {
  const blocked = findings.filter((finding) => finding.severity === 'block');
  if (blocked.length > 0) throw new RangeError(blocked.map((finding) => finding.words).join(' '));
}
