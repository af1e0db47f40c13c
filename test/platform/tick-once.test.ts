import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tickOnce } from '../../src/tick-once.ts';
import { type TestServer, testServer } from '../web/api-support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

test('a tick ends when all is done that can be done now: what failed waits for its next try and is counted, also if it was put off before', async () => {
  // no such company can be read, so the job fails
  await server.database.pool.query(
    `select duly.add_job('plan', '{"companyId":"nobody"}', 'company:nobody', 'plan:nobody:busy', interval '200 ms')`,
  );
  const { failedJobs } = await tickOnce(server.duly);
  expect(failedJobs).toBe(1);
  const { rows } = await server.database.pool.query('select key, attempts from graphile_worker.jobs');
  expect(rows).toEqual([{ key: 'plan:nobody:busy', attempts: 1 }]);
});
