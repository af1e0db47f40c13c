import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { Release } from './plan.ts';
import type { TouchRow } from './touch.store.ts';
import { AUTOPILOT, openStates, statesBefore } from './touch-state.ts';

/*
 * What a plan does to touches that stand, a statement each whatever their number. None of these marks a customer: they
 * are planned at this moment.
 */

export interface Dropped {
  readonly touch: Pick<TouchRow, 'touch_id' | 'customer_id' | 'case_id'>;
  /** A sentence that a person reads. */
  readonly why: string;
}

/** Takes touches back, each with its reason. Returns how many stood still. */
export async function dropTouches(
  tx: Tx,
  companyId: string,
  dropped: readonly Dropped[],
  now: Date,
): Promise<number> {
  if (dropped.length === 0) return 0;
  const ids = binaryArray(
    'text',
    dropped.map(({ touch }) => touch.touch_id),
  );
  const reasons = binaryArray(
    'text',
    dropped.map(({ why }) => why),
  );
  const { rows } = await sql<{ touch_id: string }>`
    update touch set state = 'cancelled', state_reason = gone.why
    from unnest(${ids}::text[], ${reasons}::text[]) as gone (touch_id, why)
    where company_id = ${companyId} and touch.touch_id = gone.touch_id::uuid
      and state = any(${[...statesBefore('cancelled')]})
      -- printed at this very moment: it may be in the post
      and printed_at is null
    returning touch.touch_id`.execute(tx);
  const moved = new Set(rows.map((row) => row.touch_id));
  await record(
    tx,
    companyId,
    now,
    dropped
      .filter(({ touch }) => moved.has(touch.touch_id))
      .map(({ touch, why }) => ({
        kind: 'touch_cancelled',
        actor: 'Duly',
        summary: `Not sent: ${why}`,
        customerId: touch.customer_id,
        caseId: touch.case_id,
        touchId: touch.touch_id,
      })),
  );
  return moved.size;
}

/** S4: the mode, the brake or a first release moves touches between waiting and released. */
export async function releaseTouches(
  tx: Tx,
  companyId: string,
  touchIds: readonly string[],
  release: Release,
  now: Date,
): Promise<void> {
  if (touchIds.length === 0) return;
  const approved = release.state === 'approved';
  await tx
    .updateTable('touch')
    .set({
      state: release.state,
      state_reason: release.reason,
      approved_by: approved ? AUTOPILOT : null,
      approved_at: approved ? now : null,
    })
    .where('company_id', '=', companyId)
    .where(sql<boolean>`touch_id = any(${[...touchIds]}::uuid[])`)
    .where('state', 'in', statesBefore(release.state))
    .where('printed_at', 'is', null)
    .execute();
}

/** None of these may leave before its instant; none moves to an earlier one, so that a pause between attempts stays. */
export async function postponeTouches(
  tx: Tx,
  companyId: string,
  postponed: readonly { readonly touchId: string; readonly until: Date }[],
): Promise<void> {
  if (postponed.length === 0) return;
  const ids = binaryArray(
    'text',
    postponed.map(({ touchId }) => touchId),
  );
  const times = binaryArray(
    'timestamptz',
    postponed.map(({ until }) => until),
  );
  await sql`update touch set planned_for = later.until
    from unnest(${ids}::text[], ${times}::timestamptz[]) as later (touch_id, until)
    where company_id = ${companyId} and touch.touch_id = later.touch_id::uuid
      and state = any(${[...openStates]}) and planned_for < later.until`.execute(tx);
}

/**
 * What moved these to a later time does not hold any more: they leave at this instant. Not while the books cannot be
 * read or our own mail is blocked, nor once an attempt was made, nor before whoever was told of it had an hour (P9):
 * those pauses have reasons and ends of their own (R9, S8).
 */
export async function bringForward(
  tx: Tx,
  companyId: string,
  earlier: readonly { readonly touchId: string; readonly at: Date }[],
): Promise<void> {
  if (earlier.length === 0) return;
  const ids = binaryArray(
    'text',
    earlier.map(({ touchId }) => touchId),
  );
  const times = binaryArray(
    'timestamptz',
    earlier.map(({ at }) => at),
  );
  await sql`update touch set planned_for = sooner.at
    from unnest(${ids}::text[], ${times}::timestamptz[]) as sooner (touch_id, at)
    where company_id = ${companyId} and touch.touch_id = sooner.touch_id::uuid
      and state = any(${[...openStates]}) and planned_for > sooner.at and attempts = 0
      and not exists (select from problem where problem.company_id = ${companyId}
        and problem.kind in ('sync_failed', 'mail_blocked') and problem.resolved_at is null)
      and not exists (select from notice where notice.company_id = ${companyId} and notice.kind = 'step_ahead'
        and notice.subject = touch.touch_id::text and notice.created_at + interval '1 hour' > sooner.at)`.execute(
    tx,
  );
}
