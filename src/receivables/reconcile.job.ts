import { markAllStale } from '../books/mirror.store.ts';
import { type CompanyRow, getCompany } from '../companies/company.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, type Tx } from '../platform/db.ts';
import { addJob, type JobPayload } from '../platform/jobs.ts';
import { judgeAgreements } from './agreement-judge.store.ts';
import { computePositions } from './compute.store.ts';
import { settleOwnFaults } from './own-faults.store.ts';
import { savePositions } from './position.store.ts';
import { clearStale, markDue, takeStale } from './stale.store.ts';
import { isTieOutDue, tieOut } from './tie-out.job.ts';

/**
 * Stage 3: computes the positions that something changed, compares them with the ledger's own sums when that is due or a
 * person asks for it (R15), and passes on to the sequencer.
 */
export async function reconcileCompany(
  duly: Duly,
  { companyId, read = false, all = false, compare = false, purpose = 'background' }: JobPayload,
): Promise<void> {
  const now = duly.clock.now();
  await inCompany(duly.db, companyId, async (tx) => {
    if (all) await markAllStale(tx, companyId);
    await markDue(tx, companyId, dayAt(now, (await getCompany(tx, companyId)).time_zone));
  });
  await computeInChunks(duly, companyId);
  if (compare || (read && (await isTieOutDue(duly, companyId))))
    await tieOut(duly, companyId, purpose, () => computeInChunks(duly, companyId));
  await inCompany(duly.db, companyId, (tx) => addJob(tx, 'plan', { companyId }));
}

/** Customers computed in one transaction of the job: bounds what is held in memory. */
const CHUNK = 1_000;

/** One transaction a chunk: a book of any size neither fills the memory nor loses what was done when it breaks off. */
async function computeInChunks(duly: Duly, companyId: string): Promise<void> {
  const now = duly.clock.now();
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after;
    after = await inCompany(duly.db, companyId, async (tx) =>
      computeChunk(tx, await getCompany(tx, companyId), now, duly, from),
    );
  }
}

/** Computes what is stale in this transaction. For a caller that must see today's figures before it acts, too. */
export async function computeStale(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  duly: Pick<Duly, 'tally'>,
): Promise<void> {
  await markDue(tx, company.company_id, dayAt(now, company.time_zone));
  for (let after: string | null = ''; after !== null; )
    after = await computeChunk(tx, company, now, duly, after);
}

/** Computes the next stale customers behind `after`; returns the last one's id, null when there were none. */
async function computeChunk(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  duly: Pick<Duly, 'tally'>,
  after: string,
): Promise<string | null> {
  const companyId = company.company_id;
  const stale = await takeStale(tx, companyId, after, CHUNK);
  if (stale.length === 0) return null;
  await judgeAgreements(tx, company, stale, now);
  await clearStale(tx, companyId, stale);
  const today = dayAt(now, company.time_zone);
  const { members, positions } = await computePositions(tx, company, today, {
    customerIds: stale,
    companyHolds: false,
  });
  await savePositions(tx, companyId, members, positions, { today, now });
  await settleOwnFaults(tx, company, now, members, positions);
  duly.tally.positions += positions.length;
  return stale.at(-1) ?? null;
}
