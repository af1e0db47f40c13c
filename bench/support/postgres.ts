import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openPool } from '../../src/platform/db.ts';
import { startPostgres } from '../../src/platform/embedded-postgres.ts';
import { makeLog } from '../../src/platform/log.ts';
import { migrate } from '../../src/platform/migrate.ts';

/**
 * Runs `work` with a PostgreSQL server of its own, set up as the product sets up its own (nothing switched off), and
 * migrated. Server and data are gone afterwards.
 */
export async function withPostgres<T>(work: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'duly-bench-'));
  const log = makeLog('error');
  const server = await startPostgres(folder, log);
  try {
    const pool = openPool(server.url);
    await migrate(pool, path.resolve('migrations'), log);
    await pool.end();
    return await work(server.url);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
