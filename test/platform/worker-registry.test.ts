import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inSystem } from '../../src/platform/db.ts';
import { addJob, drainJobs, startWorker } from '../../src/platform/jobs.ts';
import { makeLog } from '../../src/platform/log.ts';
import { freeDeadWorkers, registerWorkers } from '../../src/platform/worker-registry.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { handlers } from '../support/handlers.ts';

let database: TestDatabase;
const log = makeLog('silent');

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** The lines and the lock of a process with a worker, and the server's id of its connection, with which it dies. */
async function startProcess(workerId: string): Promise<{ pid: number; close(): Promise<void> }> {
  const client = await database.pool.connect();
  const { rows } = await client.query<{ pid: number; key: number }>(
    "select pg_backend_pid() as pid, nextval('worker_lock_key')::int as key",
  );
  const { pid = 0, key = 0 } = rows[0] ?? {};
  await client.query('select pg_advisory_lock(1685417081, $1)', [key]);
  await client.query('insert into worker_process (worker_id, lock_key) values ($1, $2)', [workerId, key]);
  const close = async (): Promise<void> => {
    await database.pool.query('delete from worker_process where lock_key = $1', [key]);
    client.release(true);
  };
  return { pid, close };
}

/** A job that this worker has taken. */
async function takenBy(workerId: string, companyId: string): Promise<void> {
  await database.pool.query("select duly.add_job('plan', $1::json, $2, $3)", [
    JSON.stringify({ companyId }),
    `company:${companyId}`,
    `plan:${companyId}`,
  ]);
  await database.pool.query(
    `update graphile_worker._private_jobs set locked_by = $1, locked_at = now(), attempts = 1 where key = $2`,
    [workerId, `plan:${companyId}`],
  );
}

async function isLocked(companyId: string): Promise<boolean> {
  const { rows } = await database.pool.query<{ locked: boolean }>(
    `select locked_by is not null as locked from graphile_worker._private_jobs where key = $1`,
    [`plan:${companyId}`],
  );
  return rows.some((row) => row.locked);
}

async function workers(): Promise<string[]> {
  const { rows } = await database.pool.query<{ worker_id: string }>('select worker_id from worker_process');
  return rows.map((row) => row.worker_id);
}

async function kill(pid: number | null): Promise<void> {
  await database.pool.query('select pg_terminate_backend($1, 5000)', [pid]);
}

test('IDM-14: the jobs of a process whose connection died are freed at once, those of a living one are not', async () => {
  const dead = await startProcess('worker-dead');
  const alive = await startProcess('worker-alive');
  await takenBy('worker-dead', 'a');
  await takenBy('worker-alive', 'b');
  expect(await freeDeadWorkers(database.pool)).toBe(0);
  await kill(dead.pid);
  expect(await freeDeadWorkers(database.pool)).toBe(1);
  expect(await isLocked('a')).toBe(false);
  expect(await isLocked('b')).toBe(true);
  expect(await freeDeadWorkers(database.pool)).toBe(0);
  await Promise.all([alive.close(), dead.close()]);
});

test('a process says which workers are its, and when it ends in order it leaves nothing to free', async () => {
  const registry = await registerWorkers(database.pool);
  registry.events.emit('worker:create', { worker: { workerId: 'worker-ended' }, tasks: {} } as never);
  for (let tries = 0; (await workers()).length === 0 && tries < 250; tries += 1) await moment();
  expect(await workers()).toEqual(['worker-ended']);
  expect(await freeDeadWorkers(database.pool)).toBe(0);
  await registry.close();
  expect(await workers()).toEqual([]);
  expect(await freeDeadWorkers(database.pool)).toBe(0);
});

test('the job of a process that closed before the queue had stored its end is freed like that of a dead one', async () => {
  const registry = await registerWorkers(database.pool, 0);
  registry.events.emit('worker:create', { worker: { workerId: 'worker-hasty' }, tasks: {} } as never);
  await takenBy('worker-hasty', 'h');
  await registry.close();
  expect(await workers()).toEqual(['worker-hasty']);
  expect(await freeDeadWorkers(database.pool)).toBe(1);
  expect(await isLocked('h')).toBe(false);
  await database.pool.query("delete from graphile_worker._private_jobs where key = 'plan:h'");
});

test('IDM-03: what a killed process had taken is done by the next one', async () => {
  const dead = await startProcess('worker-killed');
  await takenBy('worker-killed', 'c');
  await kill(dead.pid);
  const done: string[] = [];
  await drainJobs(
    database.pool,
    handlers(async ({ companyId }) => void done.push(companyId)),
    log,
  );
  expect(done).toContain('c');
  await dead.close();
});

test('a company at which a process is at work is taken by nobody else, until it leaves it or ends', async () => {
  const [one, other] = [await registerWorkers(database.pool), await registerWorkers(database.pool)];
  expect(await one.take('d')).toBe(true);
  expect(await one.take('d')).toBe(false);
  expect(await other.take('d')).toBe(false);
  expect(await other.take('e')).toBe(true);
  expect([one.atWork(), other.atWork()]).toEqual([['d'], ['e']]);
  await one.leave('d');
  expect(await other.take('d')).toBe(true);
  await other.close();
  expect(await one.take('d')).toBe(true);
  await one.close();
});

test('once a process has closed in order, its companies are free: nobody waits for its connection to be gone', async () => {
  const next = await registerWorkers(database.pool);
  const taken: boolean[] = [];
  for (let times = 0; times < 50; times += 1) {
    const ended = await registerWorkers(database.pool);
    await ended.take(`i${times}`);
    await ended.close();
    taken.push(await next.take(`i${times}`));
  }
  await next.close();
  expect(taken.filter((free) => !free)).toEqual([]);
});

test('a process whose own connection broke takes another one, with its workers and what it is at work on', async () => {
  const [registry, other] = [await registerWorkers(database.pool), await registerWorkers(database.pool)];
  registry.events.emit('worker:create', { worker: { workerId: 'worker-on' }, tasks: {} } as never);
  expect(await registry.take('f')).toBe(true);
  const broken = await holderOf('f');
  await kill(broken);
  for (let tries = 0; (await holderOf('f')) === null && tries < 250; tries += 1) await moment();
  expect(await holderOf('f')).not.toBe(broken);
  expect(await other.take('f')).toBe(false);
  expect(await freeDeadWorkers(database.pool)).toBe(0);
  await registry.leave('f');
  expect(await other.take('f')).toBe(true);
  expect(await registry.take('g')).toBe(true);
  expect(await workers()).toEqual(['worker-on']);
  await Promise.all([registry.close(), other.close()]);
});

test('a job whose company another process is at work on is done once that has left it, and stays one job', async () => {
  const other = await registerWorkers(database.pool);
  await other.take('h');
  const done = Promise.withResolvers<void>();
  const worker = await startWorker(
    database.pool,
    handlers(async () => done.resolve()),
    log,
  );
  for (let times = 0; times < 3; times += 1)
    await inSystem(database.db, (tx) => addJob(tx, 'plan', { companyId: 'h', all: true }));
  const waits = async (): Promise<unknown[]> => {
    const { rows } = await database.pool.query(
      "select payload from graphile_worker._private_jobs where key = 'plan:h:all:busy'",
    );
    return rows.map((row: { payload: unknown }) => row.payload);
  };
  for (let tries = 0; (await waits()).length === 0 && tries < 250; tries += 1) await moment();
  expect(await waits()).toEqual([{ companyId: 'h', all: true }]);
  await other.leave('h');
  await Promise.race([done.promise, worker.ended]);
  await worker.stop();
  await other.close();
});

/** The server's id of the connection that holds this company; null: none does. */
async function holderOf(companyId: string): Promise<number | null> {
  const { rows } = await database.pool.query<{ pid: number }>(
    `with wanted as (select hashtextextended('company:' || $1, 0) as key)
     select pid from pg_locks, wanted where locktype = 'advisory' and objsubid = 1
       and database = (select oid from pg_database where datname = current_database())
       and classid::bigint = (key >> 32) & 4294967295 and objid::bigint = key & 4294967295`,
    [companyId],
  );
  return rows[0]?.pid ?? null;
}

const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
