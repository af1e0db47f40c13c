import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { watched } from '../../src/activity/watched.job.ts';
import { inCompany } from '../../src/platform/db.ts';
import { addJob, drainJobs, type JobHandlers } from '../../src/platform/jobs.ts';
import { makeLog } from '../../src/platform/log.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { handlers } from '../support/handlers.ts';

let database: TestDatabase;
let companyId: string;
let broken = true;
const log = makeLog('silent');

const nothing = async (): Promise<void> => undefined;
const plain: JobHandlers = {
  ...handlers(nothing),
  plan: async () => {
    if (broken) throw new Error('a fault of ours');
  },
};

beforeAll(async () => {
  database = await testDatabase();
  companyId = await addCompany(database.db);
});
afterAll(async () => await database.drop());

async function work(): Promise<void> {
  const duly = { db: database.db, clock: { now: () => new Date('2026-11-02T10:00:00Z') }, log };
  // the queue waits longer and longer before it tries again
  await database.pool.query('update graphile_worker._private_jobs set run_at = now()');
  await drainJobs(database.pool, watched(duly, plain), log);
}

async function problems(): Promise<readonly { subject: string; what: string }[]> {
  return await inCompany(database.db, companyId, (tx) =>
    tx.selectFrom('problem').select(['subject', 'what']).where('resolved_at', 'is', null).execute(),
  );
}

test('SYN-20: a job that breaks off is a problem on the page until it has gone through', async () => {
  await inCompany(database.db, companyId, (tx) => addJob(tx, 'plan', { companyId }));
  await work();
  expect(await problems()).toEqual([
    { subject: 'plan', what: 'Duly broke off while planning the reminders, because of a fault of its own.' },
  ]);
  await work();
  expect(await problems()).toHaveLength(1);
  broken = false;
  await work();
  expect(await problems()).toEqual([]);
});

test('a job of another kind that goes through settles nothing', async () => {
  broken = true;
  await inCompany(database.db, companyId, (tx) => addJob(tx, 'plan', { companyId }));
  await inCompany(database.db, companyId, (tx) => addJob(tx, 'reconcile', { companyId }));
  await work();
  expect(await problems()).toHaveLength(1);
});

test('a run that came to its end settles what broke off before it, also when it was asked for anew', async () => {
  broken = false;
  await inCompany(database.db, companyId, (tx) => addJob(tx, 'plan', { companyId }));
  await inCompany(database.db, companyId, (tx) => addJob(tx, 'write_notes', { companyId }));
  await work();
  expect(await problems()).toEqual([]);
});
