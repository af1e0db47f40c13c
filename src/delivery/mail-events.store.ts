import { record } from '../activity/activity.store.ts';
import { raiseProblem, resolveProblem } from '../activity/problem.store.ts';
import { markStale } from '../books/mirror.store.ts';
import { getCompany } from '../companies/company.store.ts';
import { markPlanDue } from '../companies/plan-due.store.ts';
import { dayAt } from '../domain/day.ts';
import { takeUnheard } from '../dunning/announcements/unheard.store.ts';
import type { TouchRow } from '../dunning/touch.store.ts';
import { openStates } from '../dunning/touch-state.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, inSystem, type Tx } from '../platform/db.ts';
import { addJob } from '../platform/jobs.ts';
import type { MailEvent } from '../ports/mailer.ts';
import { setHold } from '../receivables/hold.store.ts';
import { bounceSubject } from '../receivables/own-faults.ts';
import { keepCopyEvent } from './copy-events.store.ts';
import { deliveryOf, type MessageEvent, severity, tellsFate } from './fate.ts';
import { settle } from './outbox.store.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Writes down what the mail provider tells of a message or of a copy of one. An event that names one of our touches also settles a touch
 * of which nobody knew whether it left. Unknown messages are ignored (EML-08), repeated events change nothing (EML-07).
 */
export async function onMailEvent(duly: Duly, event: MailEvent): Promise<void> {
  if (event.kind === 'ignored') return;
  const { touchId, companyId, copyId = null } = event;
  const id = touchId ?? copyId;
  if (id === null || companyId === null || !uuid.test(id) || !uuid.test(companyId)) return;
  const known = await inSystem(duly.db, (tx) =>
    tx.selectFrom('company').select('company_id').where('company_id', '=', companyId).executeTakeFirst(),
  );
  if (known === undefined) return;
  await inCompany(duly.db, companyId, async (tx) => {
    if (touchId === null) {
      if (tellsFate(event)) await keepCopyEvent(tx, companyId, id, event, duly.clock.now());
      return;
    }
    const touch = await tx
      .selectFrom('touch')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('touch_id', '=', touchId)
      .forUpdate()
      .executeTakeFirst();
    if (touch === undefined) return;
    const now = duly.clock.now();
    // the provider tells only of what it accepted: it left, whatever a look-up found
    const proven = await provenSent(tx, companyId, touch);
    if (touch.state === 'uncertain' || proven) {
      const left = proven ? { ...touch, reserved_at: touch.reserved_at ?? earlier(event.at, now) } : touch;
      await settle(tx, companyId, left, { kind: 'sent', providerMessageId: event.providerMessageId }, now);
      await addJob(tx, 'write_notes', { companyId });
    }
    await keepEvent(tx, companyId, touch, event, now);
  });
}

/** Takes a touch that waits to be sent again out of the queue, so that no second mail leaves. False: it is no such touch. */
async function provenSent(tx: Tx, companyId: string, touch: TouchRow): Promise<boolean> {
  const result = await tx
    .updateTable('touch')
    .set({ state: 'uncertain' })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touch.touch_id)
    // attempted before, so the provider's word that it left after all moves it straight to sent, and only that does
    .where('state', 'in', openStates)
    .where('attempts', '>', 0)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function earlier(at: string, now: Date): Date {
  return new Date(Math.min(Date.parse(at), now.getTime()));
}

async function keepEvent(
  tx: Tx,
  companyId: string,
  touch: TouchRow,
  event: MessageEvent,
  now: Date,
): Promise<void> {
  if (!tellsFate(event)) return;
  const delivery = deliveryOf(event);
  if (severity(delivery) <= severity(touch.delivery)) return;
  await tx
    .updateTable('touch')
    .set({ delivery, delivery_at: new Date(event.at) })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touch.touch_id)
    .execute();
  const tell = (kind: 'touch_delivered' | 'touch_bounced', summary: string): Promise<void> =>
    record(tx, companyId, now, [
      {
        kind,
        actor: 'Duly',
        summary,
        customerId: touch.customer_id,
        caseId: touch.case_id,
        touchId: touch.touch_id,
      },
    ]);
  if (event.kind === 'delivered') {
    await tell('touch_delivered', `Delivered to the mail server of ${touch.recipient_name}.`);
    const subject = bounceSubject(touch.customer_id, touch.recipient_email);
    await resolveProblem(tx, companyId, now, 'address_bounces', subject);
    return;
  }
  if (event.kind === 'complained') {
    await tell('touch_bounced', `${touch.recipient_name} marked the message as spam.`);
    await complained(tx, companyId, touch, now);
    return;
  }
  await tell('touch_bounced', `The message to ${touch.recipient_name} came back: ${event.details}`);
  if (event.inactive) await addressDead(tx, companyId, touch, event.details, now);
}

async function addressDead(
  tx: Tx,
  companyId: string,
  touch: TouchRow,
  details: string,
  now: Date,
): Promise<void> {
  const unheard = await takeUnheard(tx, companyId, touch.touch_id, now);
  const announced =
    unheard === null ? '' : ` “${unheard}” does not count as announced: the customer has not heard of it.`;
  await raiseProblem(tx, companyId, now, {
    kind: 'address_bounces',
    subject: bounceSubject(touch.customer_id, touch.recipient_email),
    customerId: touch.customer_id,
    what: `The message to ${touch.recipient_name} at ${touch.recipient_email} came back: ${details}`,
    meaning: `The mail provider accepts nothing more for this address. The step stays open.${announced}`,
    action: 'Correct the customer’s e-mail address in the ledger.',
  });
  // the books may have another address by now; the step stays open
  await markStale(tx, companyId, [touch.customer_id]);
  await markPlanDue(tx, companyId, [touch.customer_id]);
  await addJob(tx, 'plan', { companyId });
}

/** EML-03: whoever calls it spam is left alone until a person lifts the hold. */
async function complained(tx: Tx, companyId: string, touch: TouchRow, now: Date): Promise<void> {
  await raiseProblem(tx, companyId, now, {
    kind: 'send_failed',
    subject: touch.touch_id,
    customerId: touch.customer_id,
    what: `${touch.recipient_name} marked a message as spam.`,
    meaning: 'Nothing more is sent to this customer: Duly has set a hold.',
    action: 'Call the customer before the hold is lifted.',
  });
  const held = await tx
    .selectFrom('hold')
    .select('hold_id')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', touch.customer_id)
    .where('kind', '=', 'do_not_contact')
    .where('scope', '=', 'customer')
    .where('lifted_at', 'is', null)
    .where('ends_on', 'is', null)
    .executeTakeFirst();
  if (held !== undefined) return;
  const company = await getCompany(tx, companyId);
  await setHold(
    tx,
    companyId,
    {
      kind: 'do_not_contact',
      scope: 'customer',
      customerId: touch.customer_id,
      reason: `${touch.recipient_name} marked a message as spam.`,
      setBy: 'Duly',
      startsOn: dayAt(now, company.time_zone),
    },
    now,
  );
}
