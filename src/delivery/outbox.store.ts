import { record } from '../activity/activity.store.ts';
import { raiseProblem } from '../activity/problem.store.ts';
import { announce, keepAnnounced } from '../dunning/announcements/announce.store.ts';
import { oweNotes } from '../dunning/note-rows.store.ts';
import { invoicesOf, moveTouch, type TouchRow } from '../dunning/touch.store.ts';
import { stepOf } from '../dunning/touch-step.ts';
import type { TouchMessage } from '../messages/touch-message.store.ts';
import type { Tx } from '../platform/db.ts';
import type { OutgoingMail } from '../ports/mailer.ts';
import { oweCopies } from './copy.store.ts';
import { keepMessage } from './kept-message.store.ts';
import type { AfterAttempt } from './outcome.ts';

/** Messages that are released and whose time has come, oldest first; calls and letters are made by people. */
export async function readyTouches(
  tx: Tx,
  companyId: string,
  now: Date,
  limit: number,
): Promise<readonly TouchRow[]> {
  return await tx
    .selectFrom('touch')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('state', '=', 'approved')
    .where('channel', 'in', ['email', 'statement'])
    .where('planned_for', '<=', now)
    .orderBy('planned_for')
    .orderBy('touch_id')
    .limit(limit)
    .execute();
}

/**
 * Reserves a touch: from here on it may have left (S8). Stores the exact bytes and returns them; null when somebody
 * else has it. Commit before calling the provider.
 */
export async function reserve(
  tx: Tx,
  companyId: string,
  touch: TouchRow,
  message: TouchMessage,
  options: { now: Date; from: string },
): Promise<OutgoingMail | null> {
  const { now, from } = options;
  const domain = from.split('@')[1] ?? 'localhost';
  const messageId = `${touch.touch_id}@${domain}`;
  const moved = await moveTouch(tx, companyId, touch.touch_id, 'reserved', {
    reserved_at: now,
    attempts: touch.attempts + 1,
    message_id: messageId,
  });
  if (!moved) return null;
  await keepMessage(tx, companyId, touch.touch_id, message, { now, from });
  await keepAnnounced(tx, companyId, touch.touch_id, message.announces ?? null);
  const earlier = await earlierMessageIds(tx, companyId, touch);
  return {
    touchId: touch.touch_id,
    companyId,
    from: { name: message.fromName, email: from },
    to: { name: touch.recipient_name, email: touch.recipient_email },
    replyTo: message.replyTo,
    subject: message.subject,
    html: message.html,
    text: message.text,
    messageId,
    inReplyTo: earlier.at(-1) ?? null,
    references: earlier,
  };
}

/** So that a case is one conversation in the reader's mail program. */
async function earlierMessageIds(tx: Tx, companyId: string, touch: TouchRow): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('touch')
    .select(['message_id', 'step', 'step_key'])
    .where('company_id', '=', companyId)
    .where('case_id', '=', touch.case_id)
    .where('recipient_email', '=', touch.recipient_email)
    .where('state', '=', 'sent')
    .orderBy('sent_at')
    .execute();
  // the final notice begins a conversation of its own, on purpose
  const isFinal = (row: { step: unknown; step_key: string }): boolean => stepOf(row).stage === 'final';
  return rows.flatMap((row) =>
    row.message_id === null || isFinal(row) !== isFinal(touch) ? [] : [row.message_id],
  );
}

/** Writes down what an attempt meant; a sent touch gets its notes' rows in the same transaction (S10). */
export async function settle(
  tx: Tx,
  companyId: string,
  touch: TouchRow,
  after: AfterAttempt,
  now: Date,
): Promise<boolean> {
  const about = { customerId: touch.customer_id, caseId: touch.case_id, touchId: touch.touch_id };
  switch (after.kind) {
    case 'sent':
      return await settleSent(tx, companyId, touch, after.providerMessageId, now);
    case 'again':
      return await moveTouch(tx, companyId, touch.touch_id, 'approved', {
        planned_for: after.at,
        reserved_at: null,
        state_reason: after.reason,
      });
    case 'blocked':
      return await settleBlocked(tx, companyId, touch, after, now);
    case 'failed': {
      const moved = await moveTouch(tx, companyId, touch.touch_id, 'failed', { state_reason: after.reason });
      if (!moved) return false;
      await record(tx, companyId, now, [
        {
          kind: 'touch_failed',
          actor: 'Duly',
          summary: `Not sent to ${touch.recipient_name}: ${after.reason}`,
          ...about,
        },
      ]);
      await raiseProblem(tx, companyId, now, {
        kind: 'send_failed',
        subject: touch.touch_id,
        customerId: touch.customer_id,
        what: `The message to ${touch.recipient_name} ${after.cause === 'outage' ? 'could not be handed over' : 'was refused'}: ${after.reason}`,
        meaning: 'Nothing was sent and the step stays open.',
        action: failedActions[after.cause],
      });
      return true;
    }
    case 'uncertain': {
      const moved = await moveTouch(tx, companyId, touch.touch_id, 'uncertain', {
        uncertain_at: now,
        // look-ups of an earlier attempt prove nothing about this one
        lookups: 0,
        last_lookup_at: null,
        state_reason: after.reason,
      });
      if (!moved) return false;
      await record(tx, companyId, now, [
        {
          kind: 'touch_uncertain',
          actor: 'Duly',
          summary: `It is not known whether the message to ${touch.recipient_name} left; Duly asks the mail provider.`,
          ...about,
        },
      ]);
      return true;
    }
  }
}

/** Everything released waits with it: the provider would refuse the next message for the same reason. */
async function settleBlocked(
  tx: Tx,
  companyId: string,
  touch: TouchRow,
  after: Extract<AfterAttempt, { kind: 'blocked' }>,
  now: Date,
): Promise<boolean> {
  const moved = await moveTouch(tx, companyId, touch.touch_id, 'approved', {
    planned_for: after.at,
    reserved_at: null,
    // the attempt says nothing about this message
    attempts: Math.max(0, touch.attempts - 1),
    state_reason: `The mail provider refuses Duly’s own account: ${after.reason}`,
  });
  if (!moved) return false;
  await tx
    .updateTable('touch')
    .set({ planned_for: after.at })
    .where('company_id', '=', companyId)
    .where('state', '=', 'approved')
    .where('planned_for', '<', after.at)
    .execute();
  await raiseProblem(tx, companyId, now, {
    kind: 'mail_blocked',
    subject: companyId,
    what: `The mail provider refuses Duly’s own account: ${after.reason}`,
    meaning: 'Nothing was sent, and nobody’s address is at fault. Released messages wait.',
    action: 'Whoever runs Duly sets its mail account right; Duly tries again every 30 minutes by itself.',
  });
  return true;
}

const failedActions: Readonly<Record<'address' | 'inactive' | 'outage', string>> = {
  inactive: 'The address does not accept mail any more. Correct the customer’s e-mail address in the ledger.',
  address: 'Check the customer’s address in the ledger; Duly does not try this address again by itself.',
  outage: 'Nothing for now: Duly tries again on the next business day.',
};

async function settleSent(
  tx: Tx,
  companyId: string,
  touch: TouchRow,
  providerMessageId: string,
  now: Date,
): Promise<boolean> {
  const moved = await moveTouch(tx, companyId, touch.touch_id, 'sent', {
    sent_at: touch.reserved_at ?? now,
    provider_message_id: providerMessageId,
    state_reason: null,
  });
  if (!moved) return false;
  const invoices = (await invoicesOf(tx, companyId, [touch.touch_id])).get(touch.touch_id) ?? [];
  await resolveSending(tx, companyId, touch, now);
  await record(tx, companyId, now, [
    {
      kind: 'touch_sent',
      actor: 'Duly',
      summary: `Sent to ${touch.recipient_name} about ${invoices.length === 1 ? 'one invoice' : `${invoices.length} invoices`}.`,
      customerId: touch.customer_id,
      caseId: touch.case_id,
      touchId: touch.touch_id,
    },
  ]);
  const named = invoices.map((invoice) => invoice.invoiceId);
  await oweNotes(tx, companyId, touch.touch_id, named, now);
  await oweCopies(tx, companyId, touch, now);
  await announce(tx, companyId, touch.touch_id, now);
  return true;
}

/** What stood in the way of writing to this customer is over: a message was accepted. */
async function resolveSending(tx: Tx, companyId: string, touch: TouchRow, now: Date): Promise<void> {
  await tx
    .updateTable('problem')
    .set({ resolved_at: now })
    .where('company_id', '=', companyId)
    .where('resolved_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('kind', '=', 'mail_blocked'),
        eb('kind', '=', 'send_failed').and('customer_id', '=', touch.customer_id),
        eb('kind', '=', 'send_uncertain').and('subject', '=', touch.touch_id),
      ]),
    )
    .execute();
}
