import { record } from '../activity/activity.store.ts';
import { raiseProblem } from '../activity/problem.store.ts';
import type { TouchRow } from '../dunning/touch.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, inSystem, type Tx } from '../platform/db.ts';
import { addJob } from '../platform/jobs.ts';
import type { MailEvent } from '../ports/mailer.ts';
import { settle } from './outbox.store.ts';

type TouchEvent = Extract<MailEvent, { readonly touchId: string | null }>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Writes down what the mail provider tells of a message. An event that names one of our touches also settles a touch
 * of which nobody knew whether it left. Unknown messages are ignored (EML-08), repeated events change nothing (EML-07).
 */
export async function onMailEvent(duly: Duly, event: MailEvent): Promise<void> {
  if (event.kind === 'ignored') return;
  const { touchId, companyId } = event;
  if (touchId === null || companyId === null || !uuid.test(touchId) || !uuid.test(companyId)) return;
  const known = await inSystem(duly.db, (tx) =>
    tx.selectFrom('company').select('company_id').where('company_id', '=', companyId).executeTakeFirst(),
  );
  if (known === undefined) return;
  await inCompany(duly.db, companyId, async (tx) => {
    const touch = await tx
      .selectFrom('touch')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('touch_id', '=', touchId)
      .forUpdate()
      .executeTakeFirst();
    if (touch === undefined) return;
    const now = duly.clock.now();
    if (touch.state === 'uncertain') {
      await settle(tx, companyId, touch, { kind: 'sent', providerMessageId: event.providerMessageId }, now);
      await addJob(tx, 'write_notes', { companyId });
    }
    await keepEvent(tx, companyId, touch, event, now);
  });
}

async function keepEvent(
  tx: Tx,
  companyId: string,
  touch: TouchRow,
  event: TouchEvent,
  now: Date,
): Promise<void> {
  // an out-of-office answer or a new address is no failure of delivery
  if (event.kind === 'autoReply' || event.kind === 'addressChange') return;
  if (touch.delivery === event.kind || (touch.delivery !== null && event.kind === 'delivered')) return;
  await tx
    .updateTable('touch')
    .set({ delivery: event.kind, delivery_at: new Date(event.at) })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touch.touch_id)
    .execute();
  const about = { customerId: touch.customer_id, caseId: touch.case_id, touchId: touch.touch_id };
  if (event.kind === 'delivered') {
    await record(tx, companyId, now, [
      {
        kind: 'touch_delivered',
        actor: 'Duly',
        summary: `Delivered to the mail server of ${touch.recipient_name}.`,
        ...about,
      },
    ]);
    return;
  }
  const complained = event.kind === 'complained';
  const details = event.kind === 'bounced' ? event.details : '';
  await record(tx, companyId, now, [
    {
      kind: 'touch_bounced',
      actor: 'Duly',
      summary: complained
        ? `${touch.recipient_name} marked the message as spam.`
        : `The message to ${touch.recipient_name} came back: ${details}`,
      ...about,
    },
  ]);
  if (event.kind === 'bounced' && !event.inactive) return;
  await raiseProblem(tx, companyId, now, {
    kind: 'send_failed',
    subject: touch.touch_id,
    customerId: touch.customer_id,
    what: complained
      ? `${touch.recipient_name} marked a message as spam.`
      : `The message to ${touch.recipient_name} came back: ${details}`,
    meaning: 'The mail provider accepts nothing more for this address.',
    action: complained
      ? 'Call the customer before anything else is sent.'
      : 'Correct the customer’s e-mail address in the ledger.',
  });
}
