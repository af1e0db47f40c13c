import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { jobHandlers } from '../../src/app.ts';
import { endConnection } from '../../src/companies/disconnect.store.ts';
import { inSystem } from '../../src/platform/db.ts';
import { drainJobs } from '../../src/platform/jobs.ts';
import { openStage, type Stage } from './stage.ts';
import { formOf, Visitor } from './visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => await stage.close());

/** Connects QuickBooks as a person does; returns the id of the company. */
async function connect(visitor: Visitor): Promise<string> {
  const { action, fields } = formOf(await visitor.go(`${stage.url}/connect/quickbooks`));
  fields.set('decision', 'connect');
  const landed = await visitor.go(action, fields, /\/companies\/[0-9a-f-]{36}/);
  return /[0-9a-f-]{36}/.exec(landed.location ?? '')?.[0] ?? '';
}

test('what the ended connection refused does not put off the first read after connecting again', async () => {
  const { duly } = stage;
  const { pool } = stage.database;
  const work = (): Promise<void> => drainJobs(pool, jobHandlers(duly), duly.log);
  const readAt = async (): Promise<number> =>
    (await pool.query<{ at: Date }>('select books_read_at as at from company')).rows[0]?.at.getTime() ?? 0;
  const visitor = new Visitor();
  const companyId = await connect(visitor);
  await work();
  await pool.query("update company set books_read_at = books_read_at - interval '1 hour'");
  const old = await readAt();

  await inSystem(duly.db, (tx) => endConnection(tx, companyId, 'Dana', duly.clock.now()));
  // somebody looks at the old books, which asks for a reading
  await visitor.go(`${stage.url}/companies/${companyId}/receivables`);
  await work();
  expect(await readAt()).toBe(old);

  expect(await connect(visitor)).toBe(companyId);
  await work();
  expect(await readAt()).toBeGreaterThan(old);
});
