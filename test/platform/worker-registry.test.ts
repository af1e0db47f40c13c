import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inSystem } from '../../src/platform/db.ts';
import { addJob, drainJobs, type JobHandler, startWorker } from '../../src/platform/jobs.ts';
import { makeLog } from '../../src/platform/log.ts';
import { freeDeadWorkers, registerWorkers, type WorkerRegistry } from '../../src/platform/worker-registry.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
const log = makeLog('silent');

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

function handlers(handler: JobHandler) {
  return {
    sync: handler,
    reconcile: handler,
    plan: handler,
    deliver: handler,
    write_notes: handler,
    notices: handler,
    finish_disconnect: handler,
  };
}

/** A process that registered a worker, and the server's id of the connection that holds its lock. */
async function startProcess(workerId: string): Promise<{ pid: number; close(): Promise<void> }> {
  const registry = await registerWorkers(database.pool);
  registry.events.emit('worker:create', { worker: { workerId }, tasks: {} } as never);
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await database.pool.query<{ pid: number }>(
      `select l.pid from pg_locks l join worker_process p on p.lock_key = l.objid::int
       where l.locktype = 'advisory' and p.worker_id = $1
         and l.database = (select oid from pg_database where datname = current_database())`,
      [workerId],
    );
    if (rows[0] !== undefined) return { pid: rows[0].pid, close: () => registry.close() };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the worker was not registered');
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

async function kill(pid: number): Promise<void> {
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

test('a process that ended in order leaves nothing to free', async () => {
  const ended = await startProcess('worker-ended');
  await ended.close();
  const { rows } = await database.pool.query('select worker_id from worker_process');
  expect(rows).toEqual([]);
  expect(await freeDeadWorkers(database.pool)).toBe(0);
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

test('a company at which a process is at work is taken by nobody else, until it leaves it or dies', async () => {
  const [one, other] = [await registerWorkers(database.pool), await registerWorkers(database.pool)];
  expect(await one.take('d')).toBe(true);
  expect(await one.take('d')).toBe(false);
  expect(await other.take('d')).toBe(false);
  expect(await other.take('e')).toBe(true);
  expect([one.atWork(), other.atWork()]).toEqual([['d'], ['e']]);
  await one.leave('d');
  expect(await other.take('d')).toBe(true);
  await kill(await holderOf('d'));
  expect(await one.take('d')).toBe(true);
  await Promise.all([one.close(), other.close()]);
});

test('a process whose own connection broke takes another one, and goes on with its jobs', async () => {
  const registry = await registerWorkers(database.pool);
  registry.events.emit('worker:create', { worker: { workerId: 'worker-on' }, tasks: {} } as never);
  expect(await registry.take('f')).toBe(true);
  await kill(await holderOf('f'));
  await registry.leave('f');
  await taken(registry, 'g');
  const { rows } = await database.pool.query("select from worker_process where worker_id = 'worker-on'");
  expect(rows).toHaveLength(1);
  expect(await freeDeadWorkers(database.pool)).toBe(0);
  await registry.close();
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
  while ((await waits()).length === 0);
  expect(await waits()).toEqual([{ companyId: 'h', all: true }]);
  await other.leave('h');
  await Promise.race([done.promise, worker.ended]);
  await worker.stop();
  await other.close();
});

/** The server's id of the connection that holds this company. */
async function holderOf(companyId: string): Promise<number> {
  const { rows } = await database.pool.query<{ pid: number }>(
    `with wanted as (select hashtextextended('company:' || $1, 0) as key)
     select pid from pg_locks, wanted where locktype = 'advisory' and objsubid = 1
       and database = (select oid from pg_database where datname = current_database())
       and classid::bigint = (key >> 32) & 4294967295 and objid::bigint = key & 4294967295`,
    [companyId],
  );
  if (rows[0] === undefined) throw new Error('nobody holds it');
  return rows[0].pid;
}

/** Once this process has seen that its connection broke. */
async function taken(registry: WorkerRegistry, companyId: string): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) if (await registry.take(companyId).catch(() => false)) return;
  throw new Error('the company was not taken');
}
