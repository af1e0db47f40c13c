import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Db, openDb, openPool } from '../../src/platform/db.ts';

export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly db: Db;
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

function serverUrl(): URL {
  const url = process.env.DULY_TEST_DATABASE_URL;
  if (url === undefined) throw new Error('the test run has no PostgreSQL: start it through jest.config.js');
  return new URL(url);
}

async function asAdmin(statement: string): Promise<void> {
  const url = serverUrl();
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A migrated database of its own, copied from the run's template. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const url = serverUrl();
  const template = url.pathname.slice(1);
  // a copy needs the template to be unused for a moment; another test file may be copying it too
  for (let attempt = 0; ; attempt += 1) {
    try {
      await asAdmin(`create database ${name} template ${template} strategy file_copy`);
      break;
    } catch (error) {
      if (attempt >= 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  url.pathname = `/${name}`;
  const pool = openPool(url.href, 8);
  const db = openDb(pool);
  return {
    url: url.href,
    pool,
    db,
    async drop() {
      if (!pool.ended) await pool.end();
      await asAdmin(`drop database if exists ${name} with (force)`);
    },
  };
}
