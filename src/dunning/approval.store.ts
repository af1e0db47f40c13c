import { record } from '../activity/activity.store.ts';
import type { CompanyRow } from '../companies/company.store.ts';
import { markEverybody } from '../companies/plan-due.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import type { LawRule } from '../policies/law/law.ts';
import type { Channel } from '../policies/step.ts';
import { setHold } from '../receivables/hold.store.ts';
import type { HoldReason } from '../receivables/holds.ts';
import { readPositions } from '../receivables/read-positions.store.ts';
import { holding } from './holding.ts';
import { refusePrinted } from './lock-touch.store.ts';
import { cancelOpenTouch, moveTouch, type TouchRow } from './touch.store.ts';
import { overridden, overrideOf, warningsOf } from './warned.store.ts';

/**
 * Releases touches that wait for a person (S4). Returns how many were released: one that was taken back or released
 * by somebody else meanwhile is skipped, and so is one whose customer is held by now (R10, EXC-13). `reasonFor`:
 * why one goes out although the law warns; it is kept with the warning. Throws UserError conflict in preview mode, where
 * nothing may leave, and when holds are why nothing was released; bad_input (field `reason`) where one is missing.
 */
export async function approveTouches(
  tx: Tx,
  companyId: string,
  touchIds: readonly string[],
  by: string,
  now: Date,
  reasonFor: (touchId: string) => string = () => '',
): Promise<number> {
  const company = await tx
    .selectFrom('company')
    .selectAll()
    .where('company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  if (company.mode === 'preview') {
    throw new UserError(
      'conflict',
      'This company is in preview: nothing leaves.',
      'Set the mode to approve or autopilot first.',
    );
  }
  if (touchIds.length === 0) return 0;
  const rows = await tx
    .selectFrom('touch')
    .select([
      'touch_id',
      'customer_id',
      'currency',
      'case_id',
      'recipient_name',
      'channel',
      'step',
      'step_key',
    ])
    .where('company_id', '=', companyId)
    .where('touch_id', 'in', [...touchIds])
    .where('state', '=', 'awaiting_approval')
    .execute();
  const holdOf = await holdsOf(tx, company, rows, now);
  const warned = await warningsOf(tx, company, rows, now);
  let released = 0;
  for (const row of rows) {
    if (holdOf(row) !== null) continue;
    if (await releaseOne(tx, companyId, row, warned(row.touch_id), reasonFor(row.touch_id), by, now))
      released += 1;
  }
  if (released === 0) {
    const hold = rows.map(holdOf).find((found) => found !== null);
    if (hold === undefined) return 0;
    throw new UserError(
      'conflict',
      `Nothing was released, because the customer is held. ${hold.words}`,
      'Lift the hold first; what is due then is planned anew.',
    );
  }
  await tx
    .updateTable('company')
    .set({ first_batch_released_at: now })
    .where('company_id', '=', companyId)
    .where('first_batch_released_at', 'is', null)
    .execute();
  if (company.first_batch_released_at === null) await markEverybody(tx, companyId);
  await addJob(tx, 'deliver', { companyId });
  return released;
}

type Released = Pick<TouchRow, 'touch_id' | 'customer_id' | 'case_id' | 'recipient_name'>;

/** False: it does not wait any more. */
async function releaseOne(
  tx: Tx,
  companyId: string,
  touch: Released,
  warnings: readonly LawRule[],
  reason: string,
  by: string,
  now: Date,
): Promise<boolean> {
  const override = overrideOf(warnings, reason, touch.recipient_name);
  const moved = await moveTouch(tx, companyId, touch.touch_id, 'approved', {
    approved_at: now,
    approved_by: by,
    state_reason: null,
  });
  if (!moved) return false;
  const although = overridden(warnings, override);
  await record(tx, companyId, now, [
    {
      kind: 'touch_approved',
      actor: by,
      summary: `Released the message to ${touch.recipient_name}${although.words || '.'}`,
      customerId: touch.customer_id,
      caseId: touch.case_id,
      touchId: touch.touch_id,
      ...(warnings.length === 0 ? {} : { data: although.data }),
    },
  ]);
  return true;
}

type Held = Pick<TouchRow, 'customer_id' | 'currency' | 'channel'>;

/** The first hold of whom a touch is for, as the facts stand now; null: nothing holds them. */
async function holdsOf(
  tx: Tx,
  company: CompanyRow,
  touches: readonly Held[],
  now: Date,
): Promise<(touch: Held) => HoldReason | null> {
  const customerIds = [...new Set(touches.map((touch) => touch.customer_id))];
  const positions = await readPositions(tx, company, now, { customerIds });
  const found = new Map(positions.map((row) => [`${row.customerId} ${row.currency}`, row]));
  return (touch) => {
    const position = found.get(`${touch.customer_id} ${touch.currency}`);
    return position === undefined ? null : (holding(position, touch.channel as Channel)[0] ?? null);
  };
}

/**
 * Takes one touch back, with a reason, and stops the customer: automation never restarts what a person stopped
 * (EXC-11) until the hold is lifted. Throws UserError conflict when it
 * has left, was taken back already or is a printed letter.
 */
export async function cancelTouch(
  tx: Tx,
  companyId: string,
  touchId: string,
  reason: string,
  by: string,
  now: Date,
): Promise<void> {
  const row = await tx
    .selectFrom('touch')
    .select(['touch_id', 'customer_id', 'case_id', 'state', 'printed_at'])
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined)
    throw new UserError('not_found', 'There is no such message.', 'Load the page again.');
  refusePrinted(row);
  if (reason.trim() === '')
    throw new UserError('bad_input', 'A reason is missing.', 'Say in a few words why it should not be sent.');
  const done = await cancelOpenTouch(tx, companyId, row, reason.trim().slice(0, 300), by, now);
  if (!done) {
    throw new UserError(
      'conflict',
      'This message has left already, or was taken back.',
      'Look at the customer’s timeline.',
    );
  }
  const company = await tx
    .selectFrom('company')
    .select('time_zone')
    .where('company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  await setHold(
    tx,
    companyId,
    {
      kind: 'stopped',
      scope: 'customer',
      customerId: row.customer_id,
      reason: reason.trim(),
      setBy: by,
      startsOn: dayAt(now, company.time_zone),
    },
    now,
  );
}
