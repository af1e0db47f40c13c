import { record } from '../activity/activity.store.ts';
import { raiseProblems, resolveProblem, resolveSubjects } from '../activity/problem.store.ts';
import { markPlanDue } from '../companies/plan-due.store.ts';
import { addBusinessDays, businessCalendar } from '../domain/calendar.ts';
import { dayAt, formatDay } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import { lockTouch } from './lock-touch.store.ts';
import type { Planning, StandingTouch } from './plan-read.store.ts';
import { stepOf } from './touch-step.ts';

/** Business days after which a printed letter is asked for when its step names none. */
const ASK_AFTER = 5;

/**
 * A printed letter may be in the post: nothing takes it back. What changed since (`why`), and that nobody said in time
 * whether it was posted, is a task instead, until somebody says it. Asks nothing of the database when there is none.
 */
export async function tellPrinted(
  tx: Tx,
  { company, now, today }: Planning,
  printed: readonly { readonly touch: StandingTouch; readonly why: string | null }[],
): Promise<void> {
  if (printed.length === 0) return;
  const { company_id: companyId, country, region, time_zone: zone } = company;
  const calendar = businessCalendar(country, region, zone);
  const told = printed.flatMap(({ touch, why }) => {
    if (touch.printed_at === null) return [];
    const printedOn = dayAt(touch.printed_at, zone);
    const late = addBusinessDays(printedOn, stepOf(touch).waitsBusinessDays ?? ASK_AFTER, calendar) <= today;
    if (why === null && !late) return [];
    const on = formatDay(printedOn, localeOf(country), true);
    const since = why === null ? '' : ` Since then something changed: ${why}`;
    return {
      kind: 'letter_printed' as const,
      subject: touch.touch_id,
      customerId: touch.customer_id,
      what: `The letter to ${touch.recipient_name} was printed on ${on} by ${touch.printed_by ?? 'somebody'}, and nobody has said whether it was posted.${since}`,
      meaning: 'It may be in the post, so nothing else is asked of this customer before it is said.',
      action:
        'On the to-do list, write down that it was posted, or that it was not: then it is planned anew.',
    };
  });
  await raiseProblems(tx, companyId, now, told);
  const open = new Set(told.map(({ subject }) => subject));
  const others = printed.map(({ touch }) => touch.touch_id).filter((id) => !open.has(id));
  await resolveSubjects(tx, companyId, now, 'letter_printed', others);
}

/**
 * A person says that a printed letter was not posted: it is a letter to print again, on the figures of then, or it is
 * planned anew if those have changed. Throws UserError not_found, or conflict when it is not printed or was posted.
 */
export async function notPosted(
  tx: Tx,
  companyId: string,
  touchId: string,
  by: string,
  now: Date,
): Promise<void> {
  const touch = await lockTouch(tx, companyId, touchId);
  if (touch.state !== 'approved' || touch.printed_at === null)
    throw new UserError(
      'conflict',
      'This is no printed letter that waits to be posted.',
      'Look at the customer’s timeline.',
    );
  await tx
    .updateTable('touch')
    .set({
      printed_at: null,
      printed_by: null,
      printed_pay_by: null,
      announces: null,
      // theirs to do from now on, with the days that the step gives
      approved_at: now,
      approved_by: by,
    })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .execute();
  await record(tx, companyId, now, [
    {
      kind: 'touch_not_posted',
      actor: by,
      summary: `The printed letter to ${touch.recipient_name} was not posted.`,
      customerId: touch.customer_id,
      caseId: touch.case_id,
      touchId,
    },
  ]);
  await resolveProblem(tx, companyId, now, 'letter_printed', touchId);
  await markPlanDue(tx, companyId, [touch.customer_id]);
  await addJob(tx, 'plan', { companyId });
}
