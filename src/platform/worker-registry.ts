import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import type pg from 'pg';

/**
 * What a process that works on jobs says about itself in the database, on a connection of its own: which workers are its,
 * and which companies it is at work on. Both are session-level advisory locks: PostgreSQL frees them when the connection
 * breaks, whatever became of the process.
 *
 * A key that can be locked proves that its workers are gone. The queue itself waits four hours before it believes that,
 * and their companies would stand still that long after a `kill -9`.
 */
export interface WorkerRegistry {
  /** Hand this to the worker: it announces the ids of its workers. */
  readonly events: WorkerEvents;
  /** The companies that this process is at work on. */
  atWork(): readonly string[];
  /** Takes a company for one job. False: a job of it runs, in this process or in another. */
  take(companyId: string): Promise<boolean>;
  leave(companyId: string): Promise<void>;
  close(): Promise<void>;
}

const LOCK_SPACE = 0x64756c79; // "duly"
/** The lock of a company: a number of 64 bits, as text is none. */
const COMPANY = "hashtextextended('company:' || $1, 0)";

export async function registerWorkers(pool: pg.Pool): Promise<WorkerRegistry> {
  const events = new EventEmitter() as WorkerEvents;
  const ids: string[] = [];
  const companies = new Set<string>();
  let session = openSession(pool, ids);
  await session;
  /** Another one when the connection broke: without it no job of this process would ever run again. */
  const current = async (): Promise<Session> => {
    const seen = session;
    const found = await seen.catch(() => null);
    if (found?.isOpen()) return found;
    if (session === seen) session = openSession(pool, ids);
    return await session;
  };
  // a job is locked in the name of its worker or of the worker's pool, depending on the queue's settings
  const announce = (id: string): void => {
    ids.push(id);
    // a lost line only means that this worker's jobs wait for the queue's own four hours
    current()
      .then((found) => found.write([id]))
      .catch(() => undefined);
  };
  events.on('pool:create', ({ workerPool }) => announce(workerPool.id));
  events.on('worker:create', ({ worker }) => announce(worker.workerId));
  return {
    events,
    atWork: () => [...companies],
    async take(companyId) {
      if (companies.has(companyId)) return false;
      companies.add(companyId);
      let taken = false;
      try {
        taken = await (await current()).take(companyId);
      } finally {
        if (!taken) companies.delete(companyId);
      }
      return taken;
    },
    async leave(companyId) {
      try {
        await (await session).leave(companyId);
      } catch {
        // a connection that broke has freed it
      } finally {
        companies.delete(companyId);
      }
    },
    async close() {
      await session.then((found) => found.close()).catch(() => undefined);
    },
  };
}

interface Session {
  isOpen(): boolean;
  write(workerIds: readonly string[]): Promise<void>;
  take(companyId: string): Promise<boolean>;
  leave(companyId: string): Promise<void>;
  close(): Promise<void>;
}

async function openSession(pool: pg.Pool, ids: readonly string[]): Promise<Session> {
  const client = await pool.connect();
  let open = true;
  const over = (): void => {
    if (open) client.release(true);
    open = false;
  };
  client.once('error', over);
  client.once('end', over);
  const { rows } = await client.query<{ key: number }>("select nextval('worker_lock_key')::int as key");
  const key = rows[0]?.key ?? 0;
  await client.query('select pg_advisory_lock($1, $2)', [LOCK_SPACE, key]);
  // a connection takes one question at a time
  let last: Promise<unknown> = Promise.resolve();
  const ask = <R extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<R>> => {
    const answer = last.then(() => client.query<R>(query));
    last = answer.catch(() => undefined);
    return answer;
  };
  const own: Session = {
    isOpen: () => open,
    async write(workerIds) {
      await ask({
        text: `insert into worker_process (worker_id, lock_key) select id, $2 from unnest($1::text[]) as own (id)
         on conflict (worker_id) do update set lock_key = excluded.lock_key`,
        values: [workerIds, key],
      });
    },
    async take(companyId) {
      const name = 'duly_take_company';
      const text = `select pg_try_advisory_lock(${COMPANY}) as taken`;
      const found = await ask<{ taken: boolean }>({ name, text, values: [companyId] });
      return found.rows[0]?.taken === true;
    },
    async leave(companyId) {
      const text = `select pg_advisory_unlock(${COMPANY})`;
      await ask({ name: 'duly_leave_company', text, values: [companyId] });
    },
    async close() {
      await ask({ text: 'delete from worker_process where lock_key = $1', values: [key] }).catch(
        () => undefined,
      );
      over();
    },
  };
  if (ids.length > 0) await own.write(ids);
  return own;
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
