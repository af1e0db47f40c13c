import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
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
  /** Once the queue has stored what its workers ended: the library says so to the server, and waits for no answer. */
  close(): Promise<void>;
}

const LOCK_SPACE = 0x64756c79; // "duly"
/** The lock of a company: a number of 64 bits, as text is none. */
const COMPANY = "hashtextextended('company:' || $1, 0)";

/** What a process keeps up over every session. */
interface Held {
  /** Its workers and their pool: a job is locked in the name of either, depending on the queue's settings. */
  readonly workers: Set<string>;
  /** At which it is at work. */
  readonly companies: Set<string>;
}

/** `patienceMs`: how long `close` waits for the ends of its workers' jobs to be stored. */
export async function registerWorkers(pool: pg.Pool, patienceMs = 5_000): Promise<WorkerRegistry> {
  const events = new EventEmitter() as WorkerEvents;
  const held: Held = { workers: new Set(), companies: new Set() };
  const { companies } = held;
  let closing = false;
  /** Another one when the connection breaks: without it no job of this process would run, and others would take what it does. */
  const again = (): void => {
    if (closing) return;
    session = openSession(pool, held, again);
    // whoever asks next tries once more
    session.catch(() => undefined);
  };
  let session = openSession(pool, held, again);
  await session;
  const current = async (): Promise<Session> => {
    const seen = session;
    const found = await seen.catch(() => null);
    if (found?.isOpen()) return found;
    if (session === seen) again();
    return await session;
  };
  const announce = (id: string): void => {
    held.workers.add(id);
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
      companies.delete(companyId);
      const found = await session.catch(() => null);
      await found?.leave(companyId);
    },
    async close() {
      closing = true;
      await session.then((found) => found.close([...held.workers], patienceMs)).catch(() => undefined);
    },
  };
}

interface Session {
  isOpen(): boolean;
  write(workerIds: readonly string[]): Promise<void>;
  take(companyId: string): Promise<boolean>;
  /** A lock that cannot be given back ends the session, which frees it. */
  leave(companyId: string): Promise<void>;
  close(workerIds: readonly string[], patienceMs: number): Promise<void>;
}

/** The server sees within a minute that this machine is gone, and never takes a session for idle that holds a company. */
const LIVELY = `set idle_session_timeout = 0; set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10;
  set tcp_keepalives_count = 3`;
/** A connection that does not answer by then has broken, and nobody told us. */
const DEADLINE_MS = 30_000;

/** `broke`: it ended, and not by `close`. */
async function openSession(pool: pg.Pool, held: Held, broke: () => void): Promise<Session> {
  const client = await pool.connect();
  let open = true;
  const over = (): void => {
    if (open) client.release(true);
    open = false;
  };
  let ready = false;
  const lost = (): void => {
    if (!open) return;
    over();
    if (ready) broke();
  };
  client.once('error', lost);
  client.once('end', lost);
  // a connection takes one question at a time
  let last: Promise<unknown> = Promise.resolve();
  const ask = <R extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<R>> => {
    const answer = last.then(() => inTime(client.query<R>(query), lost));
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
      const text = `select pg_try_advisory_lock(${COMPANY}) as taken`;
      const found = await ask<{ taken: boolean }>({ name: 'duly_take_company', text, values: [companyId] });
      return found.rows[0]?.taken === true;
    },
    async leave(companyId) {
      const text = `select pg_advisory_unlock(${COMPANY})`;
      await ask({ name: 'duly_leave_company', text, values: [companyId] }).catch(lost);
    },
    async close(workerIds, patienceMs) {
      try {
        // where a job is still locked the lines stay, and whoever finds them without their lock unlocks it
        if (await stored(() => ask({ text: JOBS_OF, values: [workerIds] }), patienceMs))
          await ask({ text: 'delete from worker_process where lock_key = $1', values: [key] });
        // the server notices only later that a connection has ended: until then its companies would look busy
        await ask({ text: 'select pg_advisory_unlock_all()' });
      } catch {
        // a broken connection has given everything back already
      }
      over();
    },
  };
  let key = 0;
  try {
    await client.query(LIVELY);
    const { rows } = await client.query<{ key: number }>("select nextval('worker_lock_key')::int as key");
    key = rows[0]?.key ?? 0;
    await client.query('select pg_advisory_lock($1, $2)', [LOCK_SPACE, key]);
    if (held.workers.size > 0) await own.write([...held.workers]);
    // one that another process has taken meanwhile is its; that our job ends all the same, its own states must bear
    for (const companyId of held.companies) await own.take(companyId);
  } catch (error) {
    over();
    throw error;
  }
  ready = true;
  return own;
}

const JOBS_OF = 'select from graphile_worker._private_jobs where locked_by = any($1) limit 1';
const STORED_EACH_MS = 20;

/** Whether nothing is locked any more, by the end of our patience. */
async function stored(locked: () => Promise<pg.QueryResult>, patienceMs: number): Promise<boolean> {
  for (let left = patienceMs; ; left -= STORED_EACH_MS) {
    if ((await locked()).rowCount === 0) return true;
    if (left <= 0) return false;
    await pause(STORED_EACH_MS);
  }
}

async function inTime<T>(answer: Promise<T>, late: () => void): Promise<T> {
  const timer = setTimeout(late, DEADLINE_MS);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
  }
}

/** Unlocks what dead processes held; returns how many workers were gone. Safe to call at any time, by anybody. */
export async function freeDeadWorkers(pool: pg.Pool): Promise<number> {
  const client = await pool.connect();
  let failed = true;
  try {
    const { rows } = await client.query<{ lock_key: number }>(
      'select distinct lock_key from worker_process order by lock_key',
    );
    let freed = 0;
    for (const { lock_key: key } of rows) freed += await freeIfDead(client, key);
    failed = false;
    return freed;
  } finally {
    // a connection that broke off may still hold a key
    client.release(failed);
  }
}

async function freeIfDead(client: pg.PoolClient, key: number): Promise<number> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1, $2) as locked', [
    LOCK_SPACE,
    key,
  ]);
  if (rows[0]?.locked !== true) return 0;
  // read now: a living process may have moved its lines to another key meanwhile
  const gone = await client.query<{ count: number }>(
    `with gone as (delete from worker_process where lock_key = $1 returning worker_id)
     select count(*)::int, graphile_worker.force_unlock_workers(array_agg(worker_id)) from gone having count(*) > 0`,
    [key],
  );
  await client.query('select pg_advisory_unlock($1, $2)', [LOCK_SPACE, key]);
  return gone.rows[0]?.count ?? 0;
}
