import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import { inSystem } from '../../src/platform/db.ts';
import { addDueJobs } from '../../src/platform/scheduler.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let now = new Date('2026-11-02T10:00:00Z');

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => await database.drop());

async function company(dueAt: string, state: string): Promise<string> {
  const companyId = await addCompany(database.db);
  await inSystem(database.db, async (tx) => {
    await tx.updateTable('company').set({ next_run_at: dueAt }).where('company_id', '=', companyId).execute();
    await tx
      .insertInto('connection')
      .values({
        company_id: companyId,
        provider: 'ledger',
        ledger_ref_hash: Buffer.from(companyId),
        ledger_ref_enc: Buffer.from(companyId),
        state,
        state_since: now,
        connected_at: now,
      })
      .execute();
  });
  return companyId;
}

test('only connected companies whose time has come get a job, once, and are looked at again later', async () => {
  const due = await company('2026-11-02T09:59:59Z', 'healthy');
  await company('2026-11-02T10:00:01Z', 'healthy');
  await company('2026-11-02T09:00:00Z', 'disconnected');
  const duly = { db: database.db, clock: { now: () => now } } as unknown as Duly;
  const counts = await Promise.all([addDueJobs(duly), addDueJobs(duly), addDueJobs(duly)]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  const { rows } = await database.pool.query('select key from graphile_worker.jobs');
  expect(rows).toEqual([{ key: `sync:${due}` }]);
  now = new Date('2026-11-02T10:15:00Z');
  expect(await addDueJobs(duly)).toBe(2);
});
