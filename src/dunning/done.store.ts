import { record } from '../activity/activity.store.ts';
import { raiseProblem, resolveProblem } from '../activity/problem.store.ts';
import { getCompany } from '../companies/company.store.ts';
import { markPlanDue } from '../companies/plan-due.store.ts';
import { type Day, dayAt, instantAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import { type Outcome, outcomeOf, outcomeWords, type SaidOutcome } from './done.ts';
import { requireItsTime } from './its-time.store.ts';
import { lockTouch } from './lock-touch.store.ts';
import { oweNotes } from './note-rows.store.ts';
import { invoicesOf, type TouchRow } from './touch.store.ts';
import { stepOf } from './touch-step.ts';

/**
 * Writes down that a person made a call or posted a letter, and how it went: the step is done and counts as contact
 * from its day on, and its notes go to the ledger. A wrong number is contact for gaps and caps, and no step (S9). It
 * can't be undone. Throws UserError bad_input (with the field),
 * not_found, or conflict when it is no call or letter, waits for its release, or was done or taken back already, or
 * (field `anyway`) when a call was not to be made yet, or not on a day with another contact, and nobody said that it was.
 */
export async function touchDone(
  tx: Tx,
  companyId: string,
  touchId: string,
  said: SaidOutcome,
  by: string,
  now: Date,
): Promise<Outcome> {
  const touch = await lockTouch(tx, companyId, touchId);
  const channel = taskOf(touch);
  const company = await getCompany(tx, companyId);
  const { time_zone: zone } = company;
  const today = dayAt(now, zone);
  const printedOn = touch.printed_at === null ? null : dayAt(touch.printed_at, zone);
  const outcome = outcomeOf(channel, said, today, printedOn);
  if (channel === 'call' && said.anyway !== true) await requireItsTime(tx, company, touch, now);
  await tx
    .updateTable('touch')
    .set({
      state: 'sent',
      state_reason: null,
      sent_at: madeAt(outcome, today, zone, now),
      done_by: by,
      outcome: JSON.stringify(outcome),
    })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .execute();
  const invoices = (await invoicesOf(tx, companyId, [touchId])).get(touchId) ?? [];
  await oweNotes(
    tx,
    companyId,
    touchId,
    invoices.map((invoice) => invoice.invoiceId),
    now,
  );
  await resolveProblem(tx, companyId, now, 'letter_printed', touchId);
  await tell(tx, companyId, touch, outcome, by, now);
  await markPlanDue(tx, companyId, [touch.customer_id]);
  await addJob(tx, 'plan', { companyId });
  await addJob(tx, 'write_notes', { companyId });
  return outcome;
}

/** The channel of a task that may be marked as done now. */
function taskOf(touch: TouchRow): 'call' | 'letter' {
  const { channel, state } = touch;
  if (channel !== 'call' && channel !== 'letter')
    throw new UserError(
      'conflict',
      'This is an e-mail: it leaves by itself.',
      'Only a call or a letter is marked as done.',
    );
  if (state === 'approved') return channel;
  if (state === 'sent')
    throw new UserError(
      'conflict',
      `${touch.done_by ?? 'Somebody'} has marked it as done already.`,
      'Look at the customer’s timeline. It cannot be undone.',
    );
  if (state === 'awaiting_approval')
    throw new UserError(
      'conflict',
      `This ${channel} waits for its release.`,
      'Release it on the Approve page first.',
    );
  throw new UserError(
    'conflict',
    state === 'planned' ? 'This company is in preview: nothing is done yet.' : 'It was taken back.',
    state === 'planned' ? 'Set the mode to approve or autopilot first.' : 'Look at the customer’s timeline.',
  );
}

/** A letter counts from the day on which it was posted, at noon when that has passed. */
function madeAt(outcome: Outcome, today: Day, zone: string, now: Date): Date {
  if (outcome.channel === 'call' || outcome.postedOn === today) return now;
  return instantAt(outcome.postedOn, '12:00', zone);
}

async function tell(
  tx: Tx,
  companyId: string,
  touch: TouchRow,
  outcome: Outcome,
  by: string,
  now: Date,
): Promise<void> {
  const what =
    outcome.channel === 'call' ? `Called ${touch.recipient_name}` : `Letter to ${touch.recipient_name}`;
  await record(tx, companyId, now, [
    {
      kind: 'touch_done',
      actor: by,
      summary: sentence(`${what}: ${outcomeWords(outcome)}`),
      customerId: touch.customer_id,
      caseId: touch.case_id,
      touchId: touch.touch_id,
      data: { ...outcome },
    },
  ]);
  if (outcome.channel !== 'call' || outcome.result !== 'wrong_number') return;
  await raiseProblem(tx, companyId, now, {
    kind: 'phone_wrong',
    subject: touch.customer_id,
    customerId: touch.customer_id,
    what: `The number ${touch.recipient_phone ?? 'in the books'} does not reach ${touch.recipient_name}.`,
    meaning:
      'Nobody calls it again. The step waits five business days for another number, and is passed over without one.',
    action: stepOf(touch).recipients.escalation
      ? 'Correct it among the people of the customer, or the customer’s own in the ledger.'
      : 'Correct the customer’s telephone number in the ledger.',
  });
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
