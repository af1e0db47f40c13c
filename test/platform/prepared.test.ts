import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type pg from 'pg';
import { record } from '../../src/activity/activity.store.ts';
import { type Db, inCompany, inSystem, openPool, openPreparedDb } from '../../src/platform/db.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
/** One connection, so that each statement meets what the one before left. */
let pool: pg.Pool;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  pool = openPool(database.url, 1);
  db = openPreparedDb(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const now = new Date('2026-11-20T10:00:00Z');

const summaries = (companyId: string, kind = 'connected') =>
  inCompany(db, companyId, (tx) =>
    tx.selectFrom('activity').select('summary').where('kind', '=', kind).execute(),
  );

async function kept(text: string): Promise<readonly { readonly plans: number }[]> {
  const { rows } = await pool.query<{ plans: number }>(
    'select generic_plans::int as plans from pg_prepared_statements where statement like $1',
    [`%${text}%`],
  );
  return rows;
}

describe('connections that keep the plans of their statements', () => {
  it('TEN-02 a kept plan shows each company its own rows and nobody else’s', async () => {
    const [a, b] = [
      await addCompany(database.db, { name: 'A' }),
      await addCompany(database.db, { name: 'B' }),
    ];
    for (const [companyId, summary] of [
      [a, 'of A'],
      [b, 'of B'],
    ] as const)
      await inCompany(db, companyId, (tx) =>
        record(tx, companyId, now, [{ kind: 'connected', actor: 'Duly', summary }]),
      );
    for (let round = 0; round < 8; round += 1) {
      expect(await summaries(a)).toEqual([{ summary: 'of A' }]);
      expect(await summaries(b)).toEqual([{ summary: 'of B' }]);
    }
    await expect(inSystem(db, (tx) => tx.selectFrom('activity').select('summary').execute())).rejects.toThrow(
      /permission denied/,
    );
  });

  it('a statement is planned once, whatever its values, and only in such a transaction', async () => {
    const companyId = await addCompany(database.db, {});
    for (const kind of ['connected', 'disconnected', 'mode_changed']) await summaries(companyId, kind);
    expect(await kept('from "activity" where "kind"')).toEqual([{ plans: expect.any(Number) }]);
    const [before] = await kept('from "activity" where "kind"');
    await summaries(companyId);
    const [after] = await kept('from "activity" where "kind"');
    expect(after?.plans).toBe((before?.plans ?? 0) + 1);
    const { rows } = await pool.query<{ plan_cache_mode: string }>('show plan_cache_mode');
    expect(rows).toEqual([{ plan_cache_mode: 'auto' }]);
  });

  it('a column that a newer release adds meanwhile breaks nothing', async () => {
    const companyId = await addCompany(database.db, {});
    const read = () =>
      inCompany(db, companyId, async (tx) => {
        const row = await tx
          .selectFrom('company')
          .selectAll()
          .where('company_id', '=', companyId)
          .executeTakeFirst();
        return [
          row?.company_id,
          await tx.selectFrom('company').select('mode').where('company_id', '=', companyId).execute(),
        ];
      });
    const before = await read();
    await sql`alter table company add column of_a_newer_release text`.execute(database.db);
    expect(await read()).toEqual(before);
    expect(await kept('select *')).toEqual([]);
  });

  it('an error leaves the connection usable', async () => {
    const companyId = await addCompany(database.db, {});
    const broken = inCompany(db, companyId, (tx) =>
      sql`select 1 / ${0}::int as nothing, ${companyId}::text`.execute(tx),
    );
    await expect(broken).rejects.toThrow(/division by zero/);
    expect(await summaries(companyId)).toEqual([]);
  });
});
