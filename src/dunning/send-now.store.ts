import { record } from '../activity/activity.store.ts';
import { type CompanyRow, getCompany } from '../companies/company.store.ts';
import { markPlanDue } from '../companies/plan-due.store.ts';
import { type Day, dayAt } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import type { Channel } from '../policies/step.ts';
import { anyHour } from './any-hour.ts';
import { approveTouches } from './approval.store.ts';
import { whyNoBusinessDay } from './closed.ts';
import { calendarOf, type Known, placeOf } from './decide.ts';
import { type DecidedNow, decideOne, movedTo } from './decide-one.store.ts';
import { concerns } from './limit.ts';
import { lockStanding } from './lock-touch.store.ts';
import type { TouchRow } from './touch.store.ts';

/** As if the company's own hours and days did not count, nor what was moved, nor who hears of it first (P9). */
function atAnyHour(known: Known): Known {
  const policyOf: Known['policyOf'] = (customerId) => anyHour(known.policyOf(customerId));
  return movedTo({ ...known, policyOf, toldOf: null }, null);
}

/** What the rules say of a message that a person lets go at once, on the figures of now. */
function decideAtOnce(
  tx: Tx,
  company: CompanyRow,
  touch: Pick<TouchRow, 'customer_id' | 'currency'>,
  now: Date,
): Promise<DecidedNow | null> {
  const of = { customerId: touch.customer_id, currency: touch.currency };
  return decideOne(tx, company, of, now, atAnyHour);
}

/**
 * Releases one message and lets it go at once, whatever the company's own window: the books are still read before it
 * leaves, and the law's windows, the gap and the caps still hold. `reason`: why it goes out although the law warns of it;
 * needed only then. Throws UserError not_found, conflict with the rule that is against it, or bad_input (field `reason`).
 */
export async function sendNow(
  tx: Tx,
  companyId: string,
  touchId: string,
  by: string,
  now: Date,
  reason = '',
): Promise<void> {
  const touch = await lockStanding(tx, companyId, touchId);
  if (touch.channel === 'call' || touch.channel === 'letter')
    throw new UserError(
      'conflict',
      `A ${touch.channel} is made by a person.`,
      'Do it from the To do page, and say there that it is done.',
    );
  const company = await getCompany(tx, companyId);
  if (company.mode === 'preview')
    throw new UserError(
      'conflict',
      'This company is in preview: nothing leaves.',
      'Set the mode to approve or autopilot first.',
    );
  const today = dayAt(now, company.time_zone);
  refuseIfAgainst(await decideAtOnce(tx, company, touch, now), touch, today, now);
  await tx
    .updateTable('dunning_case')
    .set({ not_before: null, not_before_by: null })
    .where('company_id', '=', companyId)
    .where('case_id', '=', touch.case_id)
    .execute();
  await tx
    .updateTable('touch')
    .set({ sent_now_by: by, planned_for: now })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .execute();
  if (touch.state === 'awaiting_approval')
    await approveTouches(tx, companyId, [touchId], by, now, () => reason);
  await record(tx, companyId, now, [
    {
      kind: 'touch_moved',
      actor: by,
      summary: `To leave now: the message to ${touch.recipient_name}.`,
      customerId: touch.customer_id,
      caseId: touch.case_id,
      touchId,
      data: { from: touch.planned_for.toISOString(), to: now.toISOString() },
    },
  ]);
  await markPlanDue(tx, companyId, [touch.customer_id]);
  await addJob(tx, 'deliver', { companyId });
}

function refuseIfAgainst(decided: DecidedNow | null, touch: TouchRow, today: Day, now: Date): void {
  const next = decided?.next;
  if (next?.kind === 'step' && next.at <= now) return;
  if (decided === null || next === undefined || next.kind !== 'step') {
    const why = next?.reasons[0]?.words ?? 'Nothing is past due any more.';
    throw new UserError('conflict', `It may not leave now. ${why}`, 'What is due then is planned anew.');
  }
  // the first reason of a step says which one it is; the others say what its time rests on, if not on the hours
  const why = next.reasons.slice(1).map(({ words }) => words);
  const hours = decided.known
    .lawOf(touch.customer_id, today)
    .windows.filter(({ channels }) => concerns(channels, touch.channel as Channel))
    .map(({ rule }) => `${rule.words} (${rule.source})`);
  const { known } = decided;
  const debtor = known.debtors.get(touch.customer_id);
  const on = dayAt(now, calendarOf(known.company, debtor).timeZone);
  const off = whyNoBusinessDay(on, placeOf(known.company, debtor), localeOf(known.company.country));
  const closed = off === null ? [...hours, 'Only on business days where the customer is.'] : [off];
  throw new UserError(
    'conflict',
    `It may not leave now. ${(why.length > 0 ? why : closed).join(' ')}`,
    'It leaves by itself as soon as it may.',
  );
}
