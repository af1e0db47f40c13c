import { openSince } from '../activity/problem.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, type Tx } from '../platform/db.ts';
import type { LedgerError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import { retryWaitMs } from '../platform/retry.ts';
import { backgroundBudget } from './call-budget.store.ts';
import { type CompanyRow, getCompany } from './company.store.ts';
import { getConnection } from './connection.store.ts';
import { lookIsDue, ringDueAt } from './doorbell.ts';

/** Whether a ring is to be answered with a read now; if not yet, the company's timer knows when. */
export async function ringIsDue(duly: Duly, company: CompanyRow, now: Date): Promise<boolean> {
  if (company.rung_at === null) return false;
  const companyId = company.company_id;
  const budget = await backgroundBudget(duly, companyId);
  const dueAt = ringDueAt(company.ring_read_at, budget, now);
  const due = dueAt !== null && dueAt <= now;
  await inCompany(duly.db, companyId, (tx) =>
    tx
      .updateTable('company')
      .set(due ? { ring_read_at: now, ring_due_at: null } : { ring_due_at: dueAt })
      .where('company_id', '=', companyId)
      .execute(),
  );
  return due;
}

/** How often the company's doorbell has rung; to be asked before a reading begins. */
export async function ringsSoFar(tx: Tx, companyId: string): Promise<number> {
  return (await getCompany(tx, companyId)).rings;
}

/** The books were read after so many rings: if none came since, all are answered. Counted, as clocks may stand still. */
export async function answerRings(tx: Tx, companyId: string, rings: number): Promise<void> {
  await tx
    .updateTable('company')
    .set({ rung_at: null, ring_due_at: null })
    .where('company_id', '=', companyId)
    .where('rings', '=', rings)
    .execute();
}

/**
 * The ledger refused a read: nothing in the background is read before the wait is over, and then it is tried again. What
 * our own budget puts off waits as long as it says; a ledger that goes on refusing is asked less and less often.
 */
export async function putOffReading(tx: Tx, companyId: string, error: LedgerError, now: Date): Promise<void> {
  const since = await openSince(tx, companyId, 'sync_failed');
  const wait = error.deferred
    ? (error.retryAfterSeconds ?? 0) * 1_000
    : retryWaitMs(since, now, error.retryAfterSeconds);
  const until = new Date(now.getTime() + wait);
  await tx
    .updateTable('company')
    .set({ read_not_before: until, next_run_at: until })
    .where('company_id', '=', companyId)
    .execute();
}

/** The right to the books is new: what the old one was refused puts off nothing. */
export async function readWhenWanted(tx: Tx, companyId: string, now: Date): Promise<void> {
  await tx
    .updateTable('company')
    .set({ read_not_before: null, next_run_at: now })
    .where('company_id', '=', companyId)
    .where('read_not_before', 'is not', null)
    .execute();
}

/**
 * Somebody opened a page that shows the books: old ones are read, in the background, if the company is connected and the
 * budget has a read to spare.
 */
export async function lookAtBooks(duly: Duly, company: CompanyRow): Promise<void> {
  const now = duly.clock.now();
  const companyId = company.company_id;
  if (!lookIsDue(company, null, now)) return;
  const budget = await backgroundBudget(duly, companyId);
  await inCompany(duly.db, companyId, async (tx) => {
    if (!lookIsDue(await getCompany(tx, companyId), budget, now)) return;
    if ((await getConnection(tx, companyId))?.state !== 'healthy') return;
    await tx.updateTable('company').set({ looked_at: now }).where('company_id', '=', companyId).execute();
    await addJob(tx, 'sync', { companyId, look: true, purpose: 'person' });
  });
}
