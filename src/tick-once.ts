import type pg from 'pg';
import { jobHandlers } from './app.ts';
import { openProblems } from './companies/open-problems.store.ts';
import { type Duly, newTally, type Tally } from './platform/context.ts';
import { inCompany, inSystem } from './platform/db.ts';
import { addJob, BUSY_KEY, drainJobs, type JobHandler, type JobHandlers, jobNames } from './platform/jobs.ts';

/** Long enough for a first sync of a large book; a tick that hangs must end some day. */
const LIMIT_MS = 15 * 60_000;

interface Counted {
  failedJobs: number;
}

/** The handlers, with their failures counted: the queue itself only keeps them for another try. */
function counting(handlers: JobHandlers, counted: Counted): JobHandlers {
  const entries = jobNames.map((name) => [
    name,
    async (...[payload, attempt]: Parameters<JobHandler>) => {
      try {
        await handlers[name](payload, attempt);
      } catch (error) {
        counted.failedJobs += 1;
        throw error;
      }
    },
  ]);
  return Object.fromEntries(entries) as JobHandlers;
}

/** Asks for a fresh read of every connected company, by the operator's own word; returns all companies. */
async function askForReads(duly: Duly): Promise<readonly string[]> {
  return await inSystem(duly.db, async (tx) => {
    const rows = await tx
      .selectFrom('company')
      .leftJoin('connection', 'connection.company_id', 'company.company_id')
      .select(['company.company_id', 'connection.state', 'books_read_at'])
      .orderBy('company.company_id')
      .execute();
    for (const { company_id: companyId, state, books_read_at: readAt } of rows) {
      if (state !== 'healthy') continue;
      // the first reading was asked for when the company was connected: that is the same job
      const wish = readAt === null ? {} : { quick: true, purpose: 'send' as const };
      await addJob(tx, 'sync', { companyId, read: true, ...wish });
    }
    return rows.map((row) => row.company_id);
  });
}

/** Jobs that could run now, do run in another process, or wait for one that does; not those that failed. */
async function waiting(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from graphile_worker.jobs
      where attempts < max_attempts and (locked_at is not null or run_at <= now() or (key like $1 and attempts = 0))`,
    [`%${BUSY_KEY}`],
  );
  return rows[0]?.count ?? 0;
}

async function workOff(duly: Duly, handlers: JobHandlers): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  do {
    await drainJobs(duly.pool, handlers, duly.log);
    if ((await waiting(duly.pool)) === 0) return;
    // another process is at a company's queue; its next job may be ours
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (performance.now() < deadline);
  throw new Error('There was still work left after 15 minutes.');
}

export interface TickResult extends Tally {
  readonly problems: Awaited<ReturnType<typeof openProblems>>;
}

/** Does all the work that is due now, once, in this process. `failedJobs` counts what the queue keeps for a retry. */
export async function tickOnce(duly: Duly): Promise<{ result: TickResult; failedJobs: number }> {
  const counted: Counted = { failedJobs: 0 };
  Object.assign(duly.tally, newTally());
  const companies = await askForReads(duly);
  await workOff(duly, counting(jobHandlers(duly), counted));
  const problems = await Promise.all(
    companies.map((companyId) => inCompany(duly.db, companyId, (tx) => openProblems(tx, companyId))),
  );
  return { result: { ...duly.tally, problems: problems.flat() }, failedJobs: counted.failedJobs };
}
