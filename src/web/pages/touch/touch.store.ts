import { getCompany } from '../../../companies/company.store.ts';
import type { Currency } from '../../../domain/currency.ts';
import type { Day } from '../../../domain/day.ts';
import { copiesOf } from '../../../dunning/copies.store.ts';
import type { CopyReason } from '../../../dunning/copies.ts';
import { type Outcome, readOutcome } from '../../../dunning/done.ts';
import type { TouchRow } from '../../../dunning/touch.store.ts';
import { openStates } from '../../../dunning/touch-state.ts';
import { stepOf } from '../../../dunning/touch-step.ts';
import { warningsOf } from '../../../dunning/warned.store.ts';
import { callTasks } from '../../../messages/call-task.store.ts';
import { touchMessage } from '../../../messages/touch-message.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import type { LawRule } from '../../../policies/law/law.ts';
import { notToPost } from '../../raw-mail.ts';

/** The mail of a touch: as it was sent, or as it would leave now. */
export interface TouchMail {
  readonly fromName: string;
  readonly fromEmail: string;
  readonly replyTo: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** True: these are the exact bytes that were kept; false: composed for looking at. */
  readonly kept: boolean;
}

/** A touch as its own page shows it. Amounts in minor units of `currency`. */
export interface TouchPageView {
  readonly touchId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly currency: Currency;
  readonly stepName: string;
  readonly channel: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly style: string;
  readonly reference: string;
  readonly recipientName: string;
  readonly recipientEmail: string;
  /** Of a letter, in lines; of a call; else null. */
  readonly recipientAddress: string | null;
  readonly recipientPhone: string | null;
  readonly askMinor: number;
  readonly plannedFor: Date;
  /** P5: of a call, whose task it is; null: of anything else. */
  readonly caller: string | null;
  readonly approvedAt: Date | null;
  readonly approvedBy: string | null;
  readonly sentAt: Date | null;
  readonly delivery: string | null;
  readonly deliveryAt: Date | null;
  /** Who called or posted it, and how it went. */
  readonly doneBy: string | null;
  readonly outcome: Outcome | null;
  /** Of a letter that was printed: when, by whom, and the day by which its page asks to pay. */
  readonly printed: Printed | null;
  /** The touch that it repeats; null: none. */
  readonly resendOf: string | null;
  readonly copies: readonly CopySeen[];
  /** What the law warns of while it waits for a person, or could be sent once more. */
  readonly warnings: readonly LawRule[];
}

/** `payBy` is what the printed page asks for. */
export interface Printed {
  readonly at: Date;
  readonly by: string;
  readonly payBy: Day;
}

/** Somebody who got the same message besides, or is going to. */
export interface CopySeen {
  readonly email: string;
  readonly name: string;
  readonly why: CopyReason;
  /** `ahead`: it is made out once the message itself was accepted. */
  readonly state: string;
  readonly reason: string | null;
  /** What the mail provider told of it: `delivered`, `returned`, `bounced`, `complained`; null: nothing. */
  readonly delivery: string | null;
}

/** Throws UserError not_found. */
export async function readTouch(
  tx: Tx,
  companyId: string,
  touchId: string,
  now: Date,
): Promise<TouchPageView> {
  const row = await tx
    .selectFrom('touch as t')
    .innerJoin('dunning_case as d', (join) =>
      join.onRef('d.company_id', '=', 't.company_id').onRef('d.case_id', '=', 't.case_id'),
    )
    .leftJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 't.company_id').onRef('c.customer_id', '=', 't.customer_id'),
    )
    .selectAll('t')
    .select(['c.name', 'd.reference'])
    .where('t.company_id', '=', companyId)
    .where('t.touch_id', '=', touchId)
    .executeTakeFirst();
  if (row === undefined)
    throw new UserError('not_found', 'There is no such message.', 'Open it again from the customer’s page.');
  return {
    touchId: row.touch_id,
    customerId: row.customer_id,
    customerName: row.name ?? row.recipient_name,
    currency: row.currency as Currency,
    stepName: stepOf(row).name,
    channel: row.channel,
    state: row.state,
    stateReason: row.state_reason,
    style: row.style,
    reference: row.reference,
    recipientName: row.recipient_name,
    recipientEmail: row.recipient_email,
    recipientAddress: row.recipient_address,
    recipientPhone: row.recipient_phone,
    askMinor: row.ask_minor,
    plannedFor: row.planned_for,
    caller: row.channel === 'call' ? (await callTasks(tx, companyId))(row).for.words : null,
    approvedAt: row.approved_at,
    approvedBy: row.approved_by,
    sentAt: row.sent_at,
    delivery: row.delivery,
    deliveryAt: row.delivery_at,
    doneBy: row.done_by,
    outcome: readOutcome(row.outcome),
    printed: printedOf(row),
    resendOf: row.resend_of,
    copies: await readCopies(tx, companyId, row),
    warnings:
      row.state === 'awaiting_approval' || row.state === 'sent'
        ? (await warningsOf(tx, await getCompany(tx, companyId), [row], now))(touchId)
        : [],
  };
}

export function printedOf(
  row: Pick<TouchRow, 'printed_at' | 'printed_by' | 'printed_pay_by'>,
): Printed | null {
  const { printed_at: at, printed_by: by, printed_pay_by: payBy } = row;
  return at === null || by === null || payBy === null ? null : { at, by, payBy: payBy as Day };
}

async function readCopies(tx: Tx, companyId: string, touch: TouchRow): Promise<readonly CopySeen[]> {
  if (touch.channel === 'call' || touch.channel === 'letter') return [];
  if (openStates.some((state) => state === touch.state))
    return (await copiesOf(tx, companyId, touch)).map((copy) => ({
      ...copy,
      state: 'ahead',
      reason: null,
      delivery: null,
    }));
  const rows = await tx
    .selectFrom('touch_copy')
    .select(['email', 'name', 'why', 'state', 'state_reason', 'delivery'])
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touch.touch_id)
    .orderBy('email')
    .execute();
  return rows.map((row) => ({
    email: row.email,
    name: row.name,
    why: row.why as CopyReason,
    state: row.state,
    reason: row.state_reason,
    delivery: row.delivery,
  }));
}

/** A letter that is neither printed nor marked as posted. */
async function isLetterNotPrinted(tx: Tx, companyId: string, touchId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('touch')
    .select(['channel', 'state', 'printed_at'])
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .executeTakeFirst();
  return row?.channel === 'letter' && row.state !== 'sent' && row.printed_at === null;
}

/**
 * The kept bytes when the mail has left (or may have, as a printed letter), else the mail as it would leave at `now`
 * from the address `from`; a letter of which nothing is kept carries on paper that it is not to be posted. Throws
 * UserError, in words, when it can't be composed.
 */
export async function readMail(
  tx: Tx,
  companyId: string,
  touchId: string,
  as: { readonly now: Date; readonly baseUrl: string; readonly from: string },
): Promise<TouchMail> {
  const kept = await tx
    .selectFrom('message')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .executeTakeFirst();
  const draft = await isLetterNotPrinted(tx, companyId, touchId);
  // a page that was printed and not posted is nothing that anybody got
  if (kept !== undefined && !draft) {
    return {
      fromName: kept.from_name,
      fromEmail: kept.from_email,
      replyTo: kept.reply_to,
      subject: kept.subject,
      html: kept.html,
      text: kept.text,
      kept: true,
    };
  }
  try {
    const message = await touchMessage(tx, companyId, touchId, as.now, as.baseUrl);
    return {
      ...message,
      html: draft ? notToPost(message.html) : message.html,
      fromEmail: as.from,
      kept: false,
    };
  } catch (error) {
    // contradicting figures: the mail would not be sent as it stands
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(
      'conflict',
      'This e-mail would not be sent as it stands: the books have changed since it was planned.',
      'It is planned again at the next reading of the books.',
    );
  }
}
