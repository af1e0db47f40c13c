import { record } from '../activity/activity.store.ts';
import { getCompany } from '../companies/company.store.ts';
import { markPlanDue } from '../companies/plan-due.store.ts';
import { type Day, dayAt, formatDay } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import { keepAnnounced } from '../dunning/announcements/announce.store.ts';
import { lockTouch } from '../dunning/lock-touch.store.ts';
import type { TouchRow } from '../dunning/touch.store.ts';
import { touchMessage } from '../messages/touch-message.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, type Tx } from '../platform/db.ts';
import { LedgerError, UserError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import { keepMessage } from './kept-message.store.ts';
import { readBefore, stillVerified } from './verify.job.ts';

/** One read vouches for so many letters, and for so long (R9). */
const BATCH = 50;
const CONFIRMED_MS = 2 * 60_000;

/**
 * Prints a letter: the books are read and it is decided anew, as before any sending (R9), and then its page is kept as
 * it is now, with the day by which it asks to pay and what it announces. From here on it may be in the post: nothing
 * changes it any more, and it waits until somebody says that it was posted or was not. Printing it once more shows the
 * kept page. Throws UserError not_found, or conflict when it may not be posted now, with the reason.
 */
export async function printLetter(duly: Duly, companyId: string, touchId: string, by: string): Promise<void> {
  const touch = await inCompany(duly.db, companyId, (tx) => printable(tx, duly, companyId, touchId));
  if (touch.printed_at !== null) return;
  if (!(await isConfirmed(duly, companyId, touch))) await confirm(duly, companyId, touchId);
  await inCompany(duly.db, companyId, (tx) => freeze(tx, duly, companyId, touchId, by));
}

/** The read right before, and for whatever is printed with it in the next minutes. */
async function confirm(duly: Duly, companyId: string, touchId: string): Promise<void> {
  const batch = await inCompany(duly.db, companyId, (tx) => toPrint(tx, companyId, touchId));
  try {
    await readBefore(duly, companyId, batch);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new UserError(
      'conflict',
      'The books could not be read just now, so nothing is printed: it might ask for what is paid.',
      'Try again in a few minutes.',
    );
  }
  await inCompany(duly.db, companyId, (tx) =>
    tx
      .updateTable('touch')
      .set({ confirmed_at: duly.clock.now() })
      .where('company_id', '=', companyId)
      .where(
        'touch_id',
        'in',
        batch.map((touch) => touch.touch_id),
      )
      .execute(),
  );
}

/** Read moments ago, and nothing changed since. */
async function isConfirmed(
  { db, clock }: Pick<Duly, 'db' | 'clock'>,
  companyId: string,
  touch: Pick<TouchRow, 'customer_id' | 'confirmed_at'>,
): Promise<boolean> {
  const { confirmed_at: at, customer_id: customerId } = touch;
  const now = clock.now();
  if (at === null || now.getTime() - at.getTime() >= CONFIRMED_MS) return false;
  return await inCompany(db, companyId, (tx) => stillVerified(tx, companyId, customerId, now));
}

/** This letter, and others that wait to be printed. */
async function toPrint(tx: Tx, companyId: string, touchId: string) {
  return await tx
    .selectFrom('touch')
    .select(['touch_id', 'customer_id'])
    .where('company_id', '=', companyId)
    .where('state', '=', 'approved')
    .where('channel', '=', 'letter')
    .where('printed_at', 'is', null)
    .orderBy((eb) => eb('touch_id', '=', touchId), 'desc')
    .limit(BATCH)
    .execute();
}

async function freeze(tx: Tx, duly: Duly, companyId: string, touchId: string, by: string): Promise<void> {
  const now = duly.clock.now();
  const touch = await printable(tx, duly, companyId, touchId);
  // somebody else was quicker
  if (touch.printed_at !== null) return;
  if (!(await stillVerified(tx, companyId, touch.customer_id, now)))
    throw new UserError(
      'conflict',
      'Nothing leaves at this moment: the company is paused, or the books have moved since they were read.',
      'Try again in a few minutes.',
    );
  const message = await composed(tx, duly, companyId, touchId, now);
  const { payBy } = message;
  if (payBy === undefined) throw new RangeError('a letter without a day to pay by');
  await keepMessage(tx, companyId, touchId, message, { now, from: duly.mailFrom });
  await keepAnnounced(tx, companyId, touchId, message.announces ?? null);
  await tx
    .updateTable('touch')
    .set({ printed_at: now, printed_by: by, printed_pay_by: payBy })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .execute();
  await tell(tx, companyId, touch, { by, payBy, now });
  // S3: what else is planned for this day waits for the next
  await markPlanDue(tx, companyId, [touch.customer_id]);
  await addJob(tx, 'plan', { companyId });
}

/** The letter, locked. Throws UserError when it is none, or none that is to be posted now. */
async function printable(
  tx: Tx,
  { clock }: Pick<Duly, 'clock'>,
  companyId: string,
  touchId: string,
): Promise<TouchRow> {
  const touch = await lockTouch(tx, companyId, touchId);
  const refuse = (what: string, action: string): never => {
    throw new UserError('conflict', what, action);
  };
  if (touch.channel !== 'letter')
    return refuse('This is no letter.', 'Only letters are printed to be posted.');
  if (touch.state === 'cancelled')
    return refuse(
      `It is not to be posted any more: ${touch.state_reason ?? 'it was taken back.'}`,
      'What is due now is planned anew.',
    );
  if (touch.state !== 'approved')
    return touch.state === 'sent'
      ? refuse('It was posted already.', 'Its page shows what was kept.')
      : refuse('This letter waits for its release.', 'Release it on the Approve page first.');
  const { time_zone: zone, country } = await getCompany(tx, companyId);
  const from = dayAt(touch.planned_for, zone);
  if (touch.printed_at === null && from > dayAt(clock.now(), zone))
    return refuse(
      `It is not to be posted before ${formatDay(from, localeOf(country), true)}.`,
      'Print it on that day: it is dated, and its days are counted from then.',
    );
  return touch;
}

async function composed(tx: Tx, duly: Duly, companyId: string, touchId: string, now: Date) {
  try {
    return await touchMessage(tx, companyId, touchId, now, duly.config.baseUrl);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(
      'conflict',
      'It cannot be printed as it stands: the books have changed since it was planned.',
      'It is planned again at the next reading of the books.',
    );
  }
}

async function tell(
  tx: Tx,
  companyId: string,
  touch: TouchRow,
  { by, payBy, now }: { readonly by: string; readonly payBy: Day; readonly now: Date },
): Promise<void> {
  await record(tx, companyId, now, [
    {
      kind: 'touch_printed',
      actor: by,
      summary: `Printed the letter to ${touch.recipient_name}; it asks to pay by ${payBy}.`,
      customerId: touch.customer_id,
      caseId: touch.case_id,
      touchId: touch.touch_id,
    },
  ]);
}
