import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from './db-types.ts';
import { preparing } from './prepared.ts';

/** The pool. It has no rights by itself: take `inCompany` or `inSystem` before the first statement. */
export type Db = Kysely<DB>;
/** A transaction in one of the two roles; what every store function takes first. */
export type Tx = Transaction<DB>;

const INT8 = 20;
const DATE = 1082;
const INT8_ARRAY = 1016;

const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return exactInteger;
    // a calendar day stays text: a Date would bring a time zone into it
    if (oid === DATE) return (text: string) => text;
    if (oid === INT8_ARRAY)
      return (text: string) => text.slice(1, -1).split(',').filter(Boolean).map(exactInteger);
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  },
} as pg.CustomTypesConfig;

function exactInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError('an integer of the database is too large to be exact');
  return value;
}

export function openPool(url: string, max = 10): pg.Pool {
  // keepAlive: a connection whose other end is gone without a word is noticed
  const pool = new pg.Pool({ connectionString: url, max, types, application_name: 'duly', keepAlive: true });
  // an idle connection that breaks is replaced by the pool; without a listener it would end the process
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

export function openDb(pool: pg.Pool): Db {
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

/** The same database through connections that keep the plans of statements (`prepared.ts`). */
export function openPreparedDb(pool: pg.Pool): Db {
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
}

/** Runs `work` in one transaction that sees the rows of this company and of no other (forced row-level security). */
export function inCompany<T>(db: Db, companyId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'duly_app', true), set_config('app.company_id', ${companyId}, true)`.execute(
      tx,
    );
    return await work(tx);
  });
}

/** Runs `work` in one transaction on the catalogue: accounts, people, connections; no row of any book. */
export function inSystem<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'duly_system', true)`.execute(tx);
    return await work(tx);
  });
}
