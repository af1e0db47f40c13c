import { record } from '../activity/activity.store.ts';
import { raiseProblem } from '../activity/problem.store.ts';
import { moveTouch, type TouchRow } from '../dunning/touch.store.ts';
import { stepOf } from '../dunning/touch-step.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { settle } from './outbox.store.ts';
import { afterMiss, nextLookup } from './outcome.ts';

/**
 * Touches that are still `reserved` when this job begins belong to a process that died between reserving and writing
 * down what came of it: jobs of a company never run at the same time. Whether they left is not known (IDM-04).
 */
export async function takeOrphans(duly: Duly, companyId: string): Promise<void> {
  const now = duly.clock.now();
  await inCompany(duly.db, companyId, async (tx) => {
    const orphans = await tx
      .selectFrom('touch')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('state', '=', 'reserved')
      .execute();
    for (const touch of orphans) {
      await settle(
        tx,
        companyId,
        touch,
        { kind: 'uncertain', reason: 'Duly was stopped while it was sending.' },
        now,
      );
      duly.tally.uncertain += 1;
    }
  });
}

/** Asks the mail provider about touches of which nobody knows whether they left, by our own metadata (S8). */
export async function lookUpUncertain(duly: Duly, companyId: string): Promise<void> {
  const now = duly.clock.now();
  const waiting = await inCompany(duly.db, companyId, (tx) =>
    tx
      .selectFrom('touch')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('state', '=', 'uncertain')
      .execute(),
  );
  for (const touch of waiting) {
    if (touch.uncertain_at === null) continue;
    const state = {
      uncertainAt: touch.uncertain_at,
      lookups: touch.lookups,
      lastLookupAt: touch.last_lookup_at,
    };
    if (nextLookup(state) > now) continue;
    try {
      const found = await duly.mailer.find(touch.touch_id);
      const { needsPerson } = stepOf(touch);
      if (found === null) await missed(duly, companyId, touch, afterMiss({ ...state, needsPerson }));
      else
        await inCompany(duly.db, companyId, (tx) =>
          settle(tx, companyId, touch, { kind: 'sent', providerMessageId: found }, now),
        );
      if (found !== null) duly.tally.sent += 1;
    } catch (error) {
      duly.log.warn(
        { err: error, companyId, touchId: touch.touch_id },
        'the mail provider could not be asked',
      );
    }
  }
}

async function missed(
  duly: Duly,
  companyId: string,
  touch: TouchRow,
  next: ReturnType<typeof afterMiss>,
): Promise<void> {
  const now = duly.clock.now();
  const looked = { lookups: touch.lookups + 1, last_lookup_at: now };
  await inCompany(duly.db, companyId, async (tx) => {
    if (next === 'look_again') {
      await tx
        .updateTable('touch')
        .set(looked)
        .where('company_id', '=', companyId)
        .where('touch_id', '=', touch.touch_id)
        .execute();
      return;
    }
    if (next === 'send_again') {
      // the books are read and the plan is made anew before it leaves
      await moveTouch(tx, companyId, touch.touch_id, 'approved', {
        ...looked,
        planned_for: now,
        reserved_at: null,
        state_reason: 'The mail provider never had it; it is sent again.',
      });
      return;
    }
    await moveTouch(tx, companyId, touch.touch_id, 'awaiting_approval', {
      ...looked,
      reserved_at: null,
      state_reason: 'The mail provider does not know it. Release it again if it should leave.',
    });
    await record(tx, companyId, now, [
      {
        kind: 'touch_uncertain',
        actor: 'Duly',
        summary: 'The mail provider does not know this message; a person decides whether it is sent again.',
        customerId: touch.customer_id,
        caseId: touch.case_id,
        touchId: touch.touch_id,
      },
    ]);
    await raiseProblem(tx, companyId, now, {
      kind: 'send_uncertain',
      subject: touch.touch_id,
      customerId: touch.customer_id,
      what: `It is not certain whether the final notice to ${touch.recipient_name} left.`,
      meaning: 'It is not sent again by itself.',
      action: 'Look at it on the Approve page and release it, or take it back.',
    });
  });
}
