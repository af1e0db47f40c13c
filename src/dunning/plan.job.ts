import { type CompanyRow, getCompany } from '../companies/company.store.ts';
import { EVERYBODY, markEverybody } from '../companies/plan-due.store.ts';
import type { Duly } from '../platform/context.ts';
import { type Db, inCompany, type Tx } from '../platform/db.ts';
import { addJob, type JobPayload } from '../platform/jobs.ts';
import { followAnnouncements } from './announcements/follow.store.ts';
import { everybodysLook } from './everybody.store.ts';
import { passOver } from './pass-over.store.ts';
import { lookAgain, markAll, takeDue } from './plan-due.store.ts';
import { readPlanning } from './plan-read.store.ts';
import { workOf } from './plan-work.store.ts';
import { writeWork } from './plan-write.store.ts';

/** Customers planned in one transaction. */
const CHUNK = 500;
/** So many are planned with kept statements; whoever has more waiting is worth plans of its own. */
const FEW = 50;

type Counting = Pick<Duly, 'tally'>;

/**
 * Stage 5: decides for every customer that is due to be looked at (`plan-due.store.ts`), opens and closes cases, writes
 * touches down. One transaction a chunk of customers, so that a company of any size neither fills the memory nor loses
 * what was done when it breaks off; a company of which nobody is due costs one probe of an index. `all`: everybody.
 */
export async function plan(duly: Duly, { companyId, all = false }: JobPayload): Promise<void> {
  const now = duly.clock.now();
  if (all) await inCompany(duly.db, companyId, (tx) => markEverybody(tx, companyId));
  const next = (db: Db, most: number): Promise<boolean> =>
    inCompany(db, companyId, async (tx) => {
      const left = await planNext(tx, companyId, now, duly, most);
      if (!left) await addJob(tx, 'deliver', { companyId });
      return left;
    });
  let more = await next(duly.preparedDb, FEW);
  while (more) more = await next(duly.db, CHUNK);
}

/** The same inside one transaction: right before sending, on figures just read, and right after (S7). */
export async function planCompany(tx: Tx, companyId: string, now: Date, duly: Counting): Promise<void> {
  while (await planNext(tx, companyId, now, duly, CHUNK));
}

/** Plans the next customers that are due. False: nobody is left. */
async function planNext(
  tx: Tx,
  companyId: string,
  now: Date,
  duly: Counting,
  most: number,
): Promise<boolean> {
  const due = await takeDue(tx, companyId, now, most);
  const customerIds = due.filter((id) => id !== EVERYBODY);
  if (due.length === 0) return false;
  const company = await getCompany(tx, companyId);
  const again = customerIds.length > 0 && (await planCustomers(tx, company, customerIds, now, duly));
  if (customerIds.length < due.length) await planEverybody(tx, company, now);
  return again || due.length === most || customerIds.length < due.length;
}

/** True: some of them are marked anew, as a step of theirs was passed over. */
async function planCustomers(
  tx: Tx,
  company: CompanyRow,
  customerIds: readonly string[],
  now: Date,
  duly: Counting,
): Promise<boolean> {
  const read = await readPlanning(tx, company, customerIds, now);
  const passed = await passOver(tx, read);
  const planning = passed ? await readPlanning(tx, company, customerIds, now) : read;
  const work = await workOf(tx, planning);
  duly.tally.planned += await writeWork(tx, planning, work);
  const looks = await followAnnouncements(tx, planning, customerIds);
  await lookAgain(tx, company.company_id, looks);
  duly.tally.held += work.decisions.filter(({ decision }) => decision.verdict === 'held').length;
  return passed;
}

/** Something concerns the whole company: all are due now, and everybody again on the next day that does. */
async function planEverybody(tx: Tx, company: CompanyRow, now: Date): Promise<void> {
  const { company_id: companyId } = company;
  await markAll(tx, companyId);
  await lookAgain(tx, companyId, [{ customerId: EVERYBODY, at: await everybodysLook(tx, company, now) }]);
}
