import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openPool } from '../../src/platform/db.ts';
import { startPostgres } from '../../src/platform/embedded-postgres.ts';
import { makeLog } from '../../src/platform/log.ts';
import { migrate } from '../../src/platform/migrate.ts';

/** One real PostgreSQL for the whole run; each test takes its own database, copied from a migrated template. */
export default async function setup() {
  const log = makeLog('error');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'duly-test-'));
  // nobody needs these databases after a crash, so nothing waits for the disk
  const server = await startPostgres(folder, log, {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    shared_buffers: '256MB',
  });
  const pool = openPool(server.url);
  await migrate(pool, path.resolve('migrations'), log);
  await pool.end();
  globalThis.__dulyPostgres = { server, folder };
  process.env.DULY_TEST_DATABASE_URL = server.url;
}
