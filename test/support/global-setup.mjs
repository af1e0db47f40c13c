import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openPool } from '../../src/platform/db.ts';
import { startPostgres } from '../../src/platform/embedded-postgres.ts';
import { makeLog } from '../../src/platform/log.ts';
import { migrate } from '../../src/platform/migrate.ts';

/**
 * One real PostgreSQL for the whole run; each test takes its own database, copied from a migrated template. And one
 * place for what Node.js has compiled, so that each process of the product that a test starts does not do it again.
 */
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
    // a file instead of a port: most of what tests do is to ask small questions
    unix_socket_directories: path.join(folder, 'postgres'),
  });
  const url = new URL(server.url);
  url.hostname = encodeURIComponent(path.join(folder, 'postgres'));
  const pool = openPool(url.href);
  await migrate(pool, path.resolve('migrations'), log);
  await pool.end();
  globalThis.__dulyPostgres = { server, folder };
  process.env.DULY_TEST_DATABASE_URL = url.href;
  process.env.NODE_COMPILE_CACHE = path.join(folder, 'compiled');
}
