import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { inSystem } from '../../src/platform/db.ts';
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
import { handlers } from '../support/handlers.ts';

const log = makeLog('silent');
const companies = Array.from({ length: 24 }, (_, at) => `company-${at}`);
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => await database.drop());
beforeEach(async () => {
  await database.pool.query('truncate graphile_worker._private_jobs, worker_process');
});

async function column(text: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ found: string }>(text);
  return rows.map((row) => row.found);
}

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

const HOPS = 8;

/** A job that asks for its company's next one, as the stages do, until there were `HOPS` of each. */
function chain(ended: (companyId: string) => void): JobHandler {
  const hops = new Map<string, number>();
  return async ({ companyId }) => {
    const hop = (hops.get(companyId) ?? 0) + 1;
    hops.set(companyId, hop);
    if (hop === HOPS) return ended(companyId);
    await inSystem(database.db, (tx) => addJob(tx, hop % 2 === 0 ? 'sync' : 'plan', { companyId }));
  };
}

test('all that follows from a job is done before the work counts as done', async () => {
  await inSystem(database.db, (tx) => addJobs(tx, 'sync', companies));
  const ended: string[] = [];
  await drainJobs(database.pool, handlers(chain((companyId) => void ended.push(companyId))), log);
  expect(await column('select key as found from graphile_worker.jobs')).toEqual([]);
  expect(ended.sort()).toEqual(companies.toSorted());
});

test('a job that was done is gone from the queue when the work counts as done, however slow the server stores its end', async () => {
  await database.pool.query(
    `create function slowly() returns trigger language plpgsql as 'begin perform pg_sleep(0.2); return old; end';
     create trigger slowly before delete on graphile_worker._private_jobs for each row execute function slowly()`,
  );
  try {
    await inSystem(database.db, (tx) => addJobs(tx, 'sync', ['a']));
    await drainJobs(database.pool, handlers(chain(() => undefined)), log);
    expect(await column('select key as found from graphile_worker.jobs')).toEqual([]);
  } finally {
    await database.pool.query('drop trigger slowly on graphile_worker._private_jobs; drop function slowly()');
  }
});

test('the next job of a company begins when the last one is over, and waits for no poll of the queue', async () => {
  await inSystem(database.db, (tx) => addJobs(tx, 'sync', ['a']));
  const busyMachine = performance.now();
  await drainJobs(database.pool, handlers(chain(() => undefined)), log);
  const drained = (performance.now() - busyMachine) / 1_000;
  const all = Promise.withResolvers<void>();
  const next = chain(() => all.resolve());
  const worker = await startWorker(
    database.pool,
    handlers(async (...of) => {
      await next(...of);
      // what was asked for is announced, and looked for, while its forerunner still runs
      await database.pool.query('select pg_sleep(0.02)');
    }),
    log,
  );
  const started = performance.now();
  await inSystem(database.db, (tx) => addJobs(tx, 'sync', ['a']));
  await Promise.race([all.promise, worker.ended]);
  const seconds = (performance.now() - started) / 1_000;
  await worker.stop();
  // the queue is polled once a second; draining it polls never, and tells how busy the machine is
  expect(seconds).toBeLessThan(HOPS / 2 + 3 * drained);
});

test('what a worker has begun when it stops is done, and the rest is left to others', async () => {
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
  const others: string[] = [];
  await drainJobs(
    database.pool,
    handlers(async ({ companyId }) => void others.push(companyId)),
    log,
  );
  expect([...begun, ...others].sort()).toEqual(companies.toSorted());
});
