/** Writes migrations/schema.sql from the migrations, on a database of its own. `npm run db:schema`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openPool } from '../src/platform/db.ts';
import { startPostgres } from '../src/platform/embedded-postgres.ts';
import { makeLog } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import { schemaText } from './schema-text.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'duly-schema-'));
const log = makeLog('warn');
const postgres = await startPostgres(folder, log);
try {
  const pool = openPool(postgres.url);
  await migrate(pool, path.resolve('migrations'), log);
  writeFileSync('migrations/schema.sql', await schemaText(pool));
  await pool.end();
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
