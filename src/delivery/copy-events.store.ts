import { record } from '../activity/activity.store.ts';
import { raiseProblem, resolveProblem } from '../activity/problem.store.ts';
import { bccSubject } from '../companies/bcc.ts';
import { type CopyReason, copyWords } from '../dunning/copies.ts';
import type { Tx } from '../platform/db.ts';
import { bounceSubject } from '../receivables/own-faults.ts';
import { type CopyRow, moveCopy, tellCopy } from './copy.store.ts';
import { deliveryOf, type FateEvent, severity } from './fate.ts';

/**
 * What the mail provider tells of a copy. It settles one of which nobody knew whether it left; what came back stands in
 * the customer's record, and an address that is dead is a task. It changes nothing for the message itself: the customer's
 * own address is not concerned. Events that are repeated, or of no copy of ours, change nothing.
 */
export async function keepCopyEvent(
  tx: Tx,
  companyId: string,
  copyId: string,
  event: FateEvent,
  now: Date,
): Promise<void> {
  const copy = await tx
    .selectFrom('touch_copy')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('copy_id', '=', copyId)
    .forUpdate()
    .executeTakeFirst();
  if (copy === undefined) return;
  await settleProven(tx, companyId, copy, event, now);
  const delivery = deliveryOf(event);
  if (severity(delivery) <= severity(copy.delivery)) return;
  await tx
    .updateTable('touch_copy')
    .set({ delivery, delivery_at: new Date(event.at) })
    .where('company_id', '=', companyId)
    .where('copy_id', '=', copyId)
    .execute();
  const customerId = await customerOf(tx, companyId, copy);
  const subject = copy.why === 'blind' ? bccSubject(copy.email) : bounceSubject(customerId, copy.email);
  if (event.kind === 'delivered') {
    await resolveProblem(tx, companyId, now, 'address_bounces', subject);
    return;
  }
  await tellCameBack(tx, companyId, copy, event, now);
  if (delivery === 'returned') return;
  await raiseProblem(tx, companyId, now, {
    kind: 'address_bounces',
    subject,
    customerId: copy.why === 'blind' ? null : customerId,
    what: `The copy to ${whoOf(copy)} ${fateWords(event)}`,
    meaning: 'No further copy goes there. The customer’s own messages are not concerned.',
    action: actions[copy.why as CopyReason],
  });
}

/** The provider tells only of what it accepted. */
async function settleProven(
  tx: Tx,
  companyId: string,
  copy: CopyRow,
  event: FateEvent,
  now: Date,
): Promise<void> {
  const left = copy.state === 'uncertain' || (copy.state === 'waiting' && copy.attempts > 0);
  if (!left) return;
  const providerMessageId = event.providerMessageId;
  const to = {
    state: 'sent',
    sent_at: now,
    provider_message_id: providerMessageId,
    state_reason: null,
  } as const;
  if (await moveCopy(tx, companyId, copy, to))
    await tellCopy(tx, companyId, copy, 'copy_sent', copyWords[copy.why as CopyReason], now);
}

async function tellCameBack(
  tx: Tx,
  companyId: string,
  copy: CopyRow,
  event: FateEvent,
  now: Date,
): Promise<void> {
  const touch = await tx
    .selectFrom('touch')
    .select(['customer_id', 'case_id'])
    .where('company_id', '=', companyId)
    .where('touch_id', '=', copy.touch_id)
    .executeTakeFirstOrThrow();
  await record(tx, companyId, now, [
    {
      kind: 'copy_bounced',
      actor: 'Duly',
      summary: `The copy to ${whoOf(copy)} ${fateWords(event)}`,
      customerId: touch.customer_id,
      caseId: touch.case_id,
      touchId: copy.touch_id,
    },
  ]);
}

async function customerOf(tx: Tx, companyId: string, copy: CopyRow): Promise<string> {
  const touch = await tx
    .selectFrom('touch')
    .select('customer_id')
    .where('company_id', '=', companyId)
    .where('touch_id', '=', copy.touch_id)
    .executeTakeFirstOrThrow();
  return touch.customer_id;
}

function whoOf({ name, email }: CopyRow): string {
  return name === '' ? email : `${name} at ${email}`;
}

function fateWords(event: FateEvent): string {
  if (event.kind === 'bounced') return `came back: ${event.details}`;
  return 'was marked as spam by its reader.';
}

const actions: Readonly<Record<CopyReason, string>> = {
  contact:
    'Correct the contact’s e-mail address in the ledger, or take the contact out of those for invoices.',
  escalation: 'Correct the address of the escalation contact on the customer’s page.',
  blind: 'Correct the address for blind copies under “Settings”.',
};
