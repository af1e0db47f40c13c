import { record } from '../../activity/activity.store.ts';
import { resolveProblem } from '../../activity/problem.store.ts';
import { markEverybody } from '../../companies/plan-due.store.ts';
import { dayAt } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import { addJob } from '../../platform/jobs.ts';
import { type ConsequenceKind, consequenceName } from '../../policies/consequences/consequence.ts';
import { heardByRepetition } from './repeated.store.ts';

/**
 * P8: the message of a touch came back for good: what it announced was heard by nobody and does not count; the step
 * stays open (S9), and the message that reaches the customer announces it anew, with a day of its own. What a person did
 * or took back meanwhile stays as it is. Returns what it was, in words; null: nothing stood.
 */
export async function takeUnheard(
  tx: Tx,
  companyId: string,
  touchId: string,
  now: Date,
): Promise<string | null> {
  if (await heardByRepetition(tx, companyId, touchId)) return null;
  const { time_zone: zone } = await tx
    .selectFrom('company')
    .select('time_zone')
    .where('company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  const row = await tx
    .updateTable('announcement')
    .set({ state: 'unheard', settled_on: dayAt(now, zone), settled_by: 'Duly' })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .where('state', 'in', ['announced', 'broken'])
    .returning(['announcement_id', 'kind', 'customer_id', 'case_id'])
    .executeTakeFirst();
  if (row === undefined) return null;
  for (const kind of ['consequence_due', 'consequence_broken'] as const)
    await resolveProblem(tx, companyId, now, kind, row.announcement_id);
  const name = consequenceName(row.kind as ConsequenceKind);
  await record(tx, companyId, now, [
    {
      kind: 'consequence_unheard',
      actor: 'Duly',
      summary: `“${name}” does not count as announced: its message came back.`,
      customerId: row.customer_id,
      caseId: row.case_id,
      touchId,
    },
  ]);
  // one that was broken kept everybody's messages from announcing anything
  await markEverybody(tx, companyId);
  await addJob(tx, 'plan', { companyId });
  return name;
}
