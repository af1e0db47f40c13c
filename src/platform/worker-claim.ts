import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Log } from './log.ts';

/** Any number, the same for every process on a database. */
const LOCK = 7_348_210;

/**
 * Every process that works on jobs holds this shared lock of the database, for as long as it lives. Whoever can get it
 * alone is the only worker, so every lock in the job queue was left by a killed process: they are freed at once
 * instead of after the queue's own four hours. Returns how to let go.
 */
export async function claimWorker(pool: pg.Pool, log: Log): Promise<() => Promise<void>> {
  const client = await pool.connect();
  try {
    if (await alone(client)) {
      const { rowCount } = await client.query(freeQueues);
      if (rowCount !== null && rowCount > 0) log.warn({ workers: rowCount }, 'freed jobs of killed workers');
    }
    await client.query('select pg_advisory_lock_shared($1)', [LOCK]);
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  } catch (error) {
    client.release(true);
    throw error;
  }
  // a broken connection loses the lock with it; the next start then takes us for dead, and S8 keeps that harmless
  return async () => client.release(true);
}

/** The backend of a killed process needs a moment to notice. */
async function alone(client: pg.PoolClient): Promise<boolean> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [LOCK]);
    if (rows[0]?.got === true) return true;
    await pause(100);
  }
  return false;
}

const freeQueues = `
  select graphile_worker.force_unlock_workers(array[worker])
    from (
      select locked_by as worker from graphile_worker._private_jobs where locked_by is not null
      union
      select locked_by from graphile_worker._private_job_queues where locked_by is not null
    ) as workers`;
