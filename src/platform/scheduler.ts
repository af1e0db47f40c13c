import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Duly } from './context.ts';
import { inSystem } from './db.ts';
import { addJobs } from './jobs.ts';
import { freeDeadWorkers } from './worker-registry.ts';

const BEAT_MS = 2_000;
const TIDY_MS = 3_600_000;
const RECOVER_MS = 30_000;
/** A company whose work did not say when it is due next is looked at again after this. */
const LEASE_MS = 900_000;
const BATCH = 200;
const PLANS = 1_000;

export interface Scheduler {
  stop(): Promise<void>;
}

/**
 * Every two seconds of real time: one index scan for the companies whose time has come, and one for those that have
 * somebody to plan. That is all that a quiet installation costs. Any number of processes may run it: a company is taken by
 * one, and its jobs run one after another.
 */
export function startScheduler(duly: Duly): Scheduler {
  const stopping = new AbortController();
  let tidied = Number.NEGATIVE_INFINITY;
  let recovered = performance.now();
  const beat = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        while ((await addDueJobs(duly)) === BATCH);
        while ((await addDuePlans(duly)) === PLANS);
        // another machine's worker may have died, or the database was slow to notice that ours had
        if (performance.now() - recovered > RECOVER_MS) {
          await freeDeadWorkers(duly.pool);
          recovered = performance.now();
        }
        if (performance.now() - tidied > TIDY_MS) {
          await tidy(duly);
          tidied = performance.now();
        }
      } catch (error) {
        duly.log.error({ err: error }, 'the scheduler missed a beat');
      }
      await pause(BEAT_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = beat();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Adds the first job of each company that is due, and moves its timer on in the same transaction. */
export function addDueJobs(duly: Duly): Promise<number> {
  const now = duly.clock.now();
  return inSystem(duly.db, async (tx) => {
    const due = await tx
      .selectFrom('company')
      .innerJoin('connection', 'connection.company_id', 'company.company_id')
      .select('company.company_id')
      .where('next_run_at', '<=', now)
      .where('connection.state', '=', 'healthy')
      .orderBy('next_run_at')
      .limit(BATCH)
      .forUpdate('company')
      .skipLocked()
      .execute();
    if (due.length === 0) return 0;
    const ids = due.map((row) => row.company_id);
    await tx
      .updateTable('company')
      .set({ next_run_at: new Date(now.getTime() + LEASE_MS) })
      .where('company_id', 'in', ids)
      .execute();
    await addJobs(tx, 'sync', ids);
    return ids.length;
  });
}

/**
 * Asks for the plan of each company that has a customer to be looked at by now, at most a thousand: one query of an index
 * over all companies, whatever their number. One whose plan waits or runs already is passed by.
 */
export function addDuePlans(duly: Pick<Duly, 'clock' | 'db'>): Promise<number> {
  const now = duly.clock.now();
  return inSystem(duly.db, async (tx) => {
    const { rows } = await sql<{ company_id: string }>`
      select company_id from duly.companies_to_plan(${now}, ${PLANS}) as due (company_id)`.execute(tx);
    await addJobs(
      tx,
      'plan',
      rows.map((row) => row.company_id),
    );
    return rows.length;
  });
}

/** Forgets what is over: sessions, attempts to connect, and doorbell rings that no vendor repeats any more. */
async function tidy(duly: Duly): Promise<void> {
  const now = duly.clock.now();
  const monthAgo = new Date(now.getTime() - 32 * 86_400_000);
  await inSystem(duly.db, async (tx) => {
    await sql`delete from session where expires_at < ${now}`.execute(tx);
    await sql`delete from sign_in_attempt where expires_at < ${now}`.execute(tx);
    await sql`delete from webhook_event where received_at < ${monthAgo}`.execute(tx);
  });
}
