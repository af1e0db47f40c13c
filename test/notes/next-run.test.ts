import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { setNextRun } from '../../src/notes/next-run.store.ts';
import { inCompany } from '../../src/platform/db.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const now = new Date('2026-12-11T21:00:00Z');
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => await database.drop());

async function nextRun(facts: { books_read_at: string; sync_problem?: string }): Promise<string | null> {
  const companyId = await addCompany(database.db);
  return await inCompany(database.db, companyId, async (tx) => {
    await tx.updateTable('company').set(facts).where('company_id', '=', companyId).execute();
    await setNextRun(tx, await getCompany(tx, companyId), now);
    return (await getCompany(tx, companyId)).next_run_at?.toISOString() ?? null;
  });
}

test('the next look is the daily read, an hour more than a day after the last one', async () => {
  expect(await nextRun({ books_read_at: '2026-12-11T20:00:00Z' })).toBe('2026-12-12T21:00:00.000Z');
});

test('a daily read that fell due while the jobs ran is done at once, though the clock stands still since', async () => {
  expect(await nextRun({ books_read_at: '2026-12-08T21:00:00Z' })).toBe('2026-12-09T22:00:00.000Z');
});

test('a ledger that refuses is asked again in five minutes, not at once', async () => {
  const refused = { books_read_at: '2026-12-08T21:00:00Z', sync_problem: 'it answered 500' };
  expect(await nextRun(refused)).toBe('2026-12-11T21:05:00.000Z');
});
