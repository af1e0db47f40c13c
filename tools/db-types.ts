/** Regenerates src/platform/db-types.ts from the migrations, on a database of its own. `npm run db:types`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openPool } from '../src/platform/db.ts';
import { startPostgres } from '../src/platform/embedded-postgres.ts';
import { makeLog } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'duly-types-'));
const target = 'src/platform/db-types.ts';
const log = makeLog('warn');
const postgres = await startPostgres(folder, log);
try {
  const pool = openPool(postgres.url);
  await migrate(pool, path.resolve('migrations'), log);
  await pool.end();
  const result = spawnSync(
    'node_modules/.bin/kysely-codegen',
    [
      '--dialect',
      'postgres',
      '--out-file',
      target,
      '--default-schema',
      'public',
      '--include-pattern',
      'public.*',
      '--exclude-pattern',
      'public.kysely_*',
      '--date-parser',
      'string',
      '--type-only-imports',
      '--overrides',
      '{}',
    ],
    { stdio: 'inherit', env: { ...process.env, DATABASE_URL: postgres.url } },
  );
  process.exitCode = result.status ?? 1;
  // our type parser (platform/db.ts) hands out exact numbers for int8
  const generated = readFileSync(target, 'utf8');
  writeFileSync(target, generated.replace(/export type Int8 = .*/, 'export type Int8 = number;'));
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
