import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { inSystem } from '../../src/platform/db.ts';
import { forgetIdleQueues } from '../../src/platform/idle-queues.ts';
import {
  addJob,
  addJobs,
  drainJobs,
  type JobHandler,
  jobNames,
  startWorker,
} from '../../src/platform/jobs.ts';
import { makeLog } from '../../src/platform/log.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const log = makeLog('silent');
const companies = Array.from({ length: 24 }, (_, at) => `company-${at}`);
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => await database.drop());
beforeEach(async () => {
  await database.pool.query(
    'truncate graphile_worker._private_jobs, graphile_worker._private_job_queues, worker_process',
  );
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

async function column(text: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ found: string }>(text);
  return rows.map((row) => row.found);
}

const queues = () =>
  column('select queue_name as found from graphile_worker._private_job_queues order by queue_name');

test('whatever workers there are, the jobs of a company run one after another, and each once', async () => {
  await inSystem(database.db, async (tx) => {
    for (const name of jobNames) await addJobs(tx, name, companies);
  });
  const running = new Set<string>();
  const done: string[] = [];
  const overlaps: string[] = [];
  const all = Promise.withResolvers<void>();
  const handler: JobHandler = async ({ companyId }) => {
    if (running.has(companyId)) overlaps.push(companyId);
    running.add(companyId);
    await database.pool.query('select 1');
    running.delete(companyId);
    done.push(companyId);
    if (done.length === companies.length * jobNames.length) all.resolve();
  };
  const workers = await Promise.all([1, 2].map(() => startWorker(database.pool, handlers(handler), log)));
  await Promise.race([all.promise, ...workers.map(({ ended }) => ended)]);
  for (const worker of workers) await worker.stop();
  expect(overlaps).toEqual([]);
  expect(new Set(done)).toEqual(new Set(companies));
  expect(await column('select key as found from graphile_worker.jobs')).toEqual([]);
});

test('a worker that stops gives back what it took and had not begun', async () => {
  await inSystem(database.db, (tx) => addJobs(tx, 'plan', companies));
  const begun: string[] = [];
  const busy = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const worker = await startWorker(
    database.pool,
    handlers(async ({ companyId }) => {
      begun.push(companyId);
      if (begun.length === 4) busy.resolve();
      await gate.promise;
    }),
    log,
  );
  await busy.promise;
  const stopped = worker.stop();
  gate.resolve();
  await stopped;
  expect(begun).toHaveLength(4);
  const left = await column(
    "select payload->>'companyId' as found from graphile_worker._private_jobs where locked_at is null and attempts = 0",
  );
  expect([...left, ...begun].sort()).toEqual(companies.toSorted());
  const taken: string[] = [];
  await drainJobs(
    database.pool,
    handlers(async ({ companyId }) => void taken.push(companyId)),
    log,
  );
  expect(taken.sort()).toEqual(left.sort());
});

test('the queue of a company is forgotten once nothing waits in it', async () => {
  await inSystem(database.db, (tx) => addJobs(tx, 'plan', ['a', 'b']));
  await drainJobs(
    database.pool,
    handlers(async () => undefined),
    log,
  );
  await inSystem(database.db, (tx) => addJob(tx, 'plan', { companyId: 'b' }));
  expect(await queues()).toEqual(['company:a', 'company:b']);
  expect(await forgetIdleQueues(database.pool, log)).toBe(true);
  expect(await queues()).toEqual(['company:b']);
});

test('no queue is forgotten while a job that will stand in it is not committed', async () => {
  await inSystem(database.db, (tx) => addJobs(tx, 'plan', ['a']));
  await drainJobs(
    database.pool,
    handlers(async () => undefined),
    log,
  );
  await inSystem(database.db, async (tx) => {
    await addJob(tx, 'plan', { companyId: 'a' });
    expect(await forgetIdleQueues(database.pool, log)).toBe(false);
  });
  expect(await forgetIdleQueues(database.pool, log)).toBe(true);
  expect(await queues()).toEqual(['company:a']);
});
