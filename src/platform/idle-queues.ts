import { makeWorkerUtils } from 'graphile-worker';
import type pg from 'pg';
import { queueLogger } from './jobs.ts';
import type { Log } from './log.ts';

/**
 * Forgets the queues of companies for which no job waits. To find a job the library locks the row of every queue that is
 * free: with those of ten thousand companies that takes 20 ms. False: somebody was just adding a job, whose queue must not
 * go from under it (migration 0040); nothing was done, and it wants to be tried again. Safe to call at any time.
 */
export async function forgetIdleQueues(pool: pg.Pool, log: Log): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ alone: boolean }>(
      "select pg_try_advisory_xact_lock(hashtextextended('duly.add_job', 0)) as alone",
    );
    if (rows[0]?.alone !== true) return false;
    const utils = await makeWorkerUtils({ pgPool: pool, logger: queueLogger(log) });
    try {
      await utils.cleanup({ tasks: ['GC_JOB_QUEUES'] });
    } finally {
      await utils.release();
    }
    return true;
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}
