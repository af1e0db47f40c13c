import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { runMigrations } from 'graphile-worker';
import { sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import type pg from 'pg';
import { openDb } from './db.ts';
import { queueLogger } from './jobs.ts';
import type { Log } from './log.ts';

/** Numbered SQL files, forward only, one transaction; Kysely's Migrator keeps the order and the lock. */
class SqlFiles implements MigrationProvider {
  readonly #folder: string;
  constructor(folder: string) {
    this.#folder = folder;
  }

  async getMigrations(): Promise<Record<string, Migration>> {
    const names = (await readdir(this.#folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name));
    const entries = names.map(async (name): Promise<[string, Migration]> => {
      const text = await readFile(path.join(this.#folder, name), 'utf8');
      return [name.replace(/\.sql$/, ''), { up: async (db) => void (await sql.raw(text).execute(db)) }];
    });
    return Object.fromEntries(await Promise.all(entries));
  }
}

/** Brings the database up to date, the job queue's schema included. Throws when a migration fails: do not start. */
export async function migrate(pool: pg.Pool, folder: string, log: Log): Promise<void> {
  // the queue first: our own door to it (0006) names its functions only when called
  await runMigrations({ pgPool: pool, logger: queueLogger(log) });
  const migrator = new Migrator({ db: openDb(pool), provider: new SqlFiles(folder) });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
