import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import type pg from 'pg';

/**
 * Frees the jobs of processes that died. The queue itself waits four hours before it believes that a worker is dead;
 * a company's named queue would stand still that long after a `kill -9`.
 *
 * Every process holds a session-level advisory lock on a connection of its own and writes down its workers' ids
 * beside the lock's key. PostgreSQL frees the lock when the connection breaks, whatever became of the process: a key
 * that can be locked proves that its workers are gone.
 */
export interface WorkerRegistry {
  /** Hand this to the worker: it announces the ids of its workers. */
  readonly events: WorkerEvents;
  close(): Promise<void>;
}

const LOCK_SPACE = 0x64756c79; // "duly"

export async function registerWorkers(pool: pg.Pool): Promise<WorkerRegistry> {
  const client = await pool.connect();
  const { rows } = await client.query<{ key: number }>("select nextval('worker_lock_key')::int as key");
  const key = rows[0]?.key ?? 0;
  await client.query('select pg_advisory_lock($1, $2)', [LOCK_SPACE, key]);
  const events = new EventEmitter() as WorkerEvents;
  let writing: Promise<unknown> = Promise.resolve();
  // a job is locked in the name of its worker or of the worker's pool, depending on the queue's settings
  const write = (id: string): void => {
    writing = writing.then(() =>
      client.query('insert into worker_process (worker_id, lock_key) values ($1, $2)', [id, key]),
    );
    // a lost insert only means that this worker's jobs wait for the queue's own four hours
    writing.catch(() => undefined);
  };
  events.on('pool:create', ({ workerPool }) => write(workerPool.id));
  events.on('worker:create', ({ worker }) => write(worker.workerId));
  return {
    events,
    async close() {
      await writing.catch(() => undefined);
      await client.query('delete from worker_process where lock_key = $1', [key]).catch(() => undefined);
      client.release(true);
    },
  };
}

/** Unlocks what dead processes held; returns how many workers were gone. Safe to call at any time, by anybody. */
export async function freeDeadWorkers(pool: pg.Pool): Promise<number> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ lock_key: number; worker_ids: string[] }>(
      'select lock_key, array_agg(worker_id) as worker_ids from worker_process group by lock_key',
    );
    let freed = 0;
    for (const { lock_key: key, worker_ids: ids } of rows) {
      const { rows: got } = await client.query<{ locked: boolean }>(
        'select pg_try_advisory_lock($1, $2) as locked',
        [LOCK_SPACE, key],
      );
      if (got[0]?.locked !== true) continue;
      await client.query('select graphile_worker.force_unlock_workers($1)', [ids]);
      await client.query('delete from worker_process where lock_key = $1', [key]);
      await client.query('select pg_advisory_unlock($1, $2)', [LOCK_SPACE, key]);
      freed += ids.length;
    }
    return freed;
  } finally {
    client.release();
  }
}
