import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freeDeadWorkers, registerWorkers } from '../../src/platform/job-recovery.ts';
import { drainJobs, type JobHandlers } from '../../src/platform/jobs.ts';
import { makeLog } from '../../src/platform/log.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** A process that registered a worker, and the server's id of the connection that holds its lock. */
async function startProcess(workerId: string): Promise<{ pid: number; close(): Promise<void> }> {
  const registry = await registerWorkers(database.pool);
  registry.events.emit('worker:create', { worker: { workerId }, tasks: {} } as never);
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await database.pool.query<{ pid: number }>(
      `select l.pid from pg_locks l join worker_process p on p.lock_key = l.objid::int
       where l.locktype = 'advisory' and p.worker_id = $1`,
      [workerId],
    );
    if (rows[0] !== undefined) return { pid: rows[0].pid, close: () => registry.close() };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the worker was not registered');
}

/** A job that this worker has taken, with its company's whole queue. */
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
  await database.pool.query(
    `update graphile_worker._private_job_queues set locked_by = $1, locked_at = now() where queue_name = $2`,
    [workerId, `company:${companyId}`],
  );
}

async function isLocked(companyId: string): Promise<boolean[]> {
  const { rows } = await database.pool.query<{ locked: boolean }>(
    `select locked_by is not null as locked from graphile_worker._private_jobs where key = $1
     union all select locked_by is not null from graphile_worker._private_job_queues where queue_name = $2`,
    [`plan:${companyId}`, `company:${companyId}`],
  );
  return rows.map((row) => row.locked);
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
  expect(await isLocked('a')).toEqual([false, false]);
  expect(await isLocked('b')).toEqual([true, true]);
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
  const handler = async ({ companyId }: { companyId: string }): Promise<void> => void done.push(companyId);
  const handlers: JobHandlers = {
    sync: handler,
    reconcile: handler,
    plan: handler,
    deliver: handler,
    write_notes: handler,
    notices: handler,
    finish_disconnect: handler,
  };
  await drainJobs(database.pool, handlers, makeLog('silent'));
  expect(done).toContain('c');
  await dead.close();
});
