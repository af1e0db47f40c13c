import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { record } from '../../src/activity/activity.store.ts';
import { inCompany, inSystem } from '../../src/platform/db.ts';
import { newId } from '../../src/platform/ids.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const now = new Date('2026-11-20T10:00:00Z');

describe('row-level security', () => {
  it('TEN-02 a company sees its own rows and nobody else’s, whatever the query forgets to say', async () => {
    const a = await addCompany(database.db, { name: 'A' });
    const b = await addCompany(database.db, { name: 'B' });
    await inCompany(database.db, a, (tx) =>
      record(tx, a, now, [{ kind: 'connected', actor: 'Duly', summary: 'A' }]),
    );
    await inCompany(database.db, b, (tx) =>
      record(tx, b, now, [{ kind: 'connected', actor: 'Duly', summary: 'B' }]),
    );
    const seen = await inCompany(database.db, a, (tx) =>
      tx.selectFrom('activity').select('summary').execute(),
    );
    expect(seen).toEqual([{ summary: 'A' }]);
  });

  it('a row cannot be written into another company', async () => {
    const a = await addCompany(database.db, { name: 'A' });
    const b = await addCompany(database.db, { name: 'B' });
    const write = inCompany(database.db, a, (tx) =>
      record(tx, b, now, [{ kind: 'connected', actor: 'x', summary: 'x' }]),
    );
    await expect(write).rejects.toThrow(/row-level security/);
  });

  it('the catalogue role cannot read any book', async () => {
    await expect(
      inSystem(database.db, (tx) => tx.selectFrom('invoice').selectAll().execute()),
    ).rejects.toThrow(/permission denied/);
  });

  it('TEN-03 activity can be neither changed nor deleted, not even by the owner of the database', async () => {
    const a = await addCompany(database.db, { name: 'A' });
    await inCompany(database.db, a, (tx) =>
      record(tx, a, now, [{ kind: 'connected', actor: 'Duly', summary: 'A' }]),
    );
    await expect(
      inCompany(database.db, a, (tx) => tx.deleteFrom('activity').where('company_id', '=', a).execute()),
    ).rejects.toThrow(/permission denied/);
    await expect(sql`update activity set summary = 'changed'`.execute(database.db)).rejects.toThrow(
      /append-only/,
    );
  });

  it('every tenant table forces row-level security and has company_id first in every key', async () => {
    const { rows } = await sql<{ name: string; forced: boolean; keys: string[] }>`
      select c.relname as name, c.relforcerowsecurity as forced,
        array(select pg_get_indexdef(i.indexrelid, 1, true) from pg_index i
              where i.indrelid = c.oid and i.indisunique) as keys
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        and c.relname not in ('api_key', 'sign_in_attempt')`.execute(database.db);
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !row.forced).map((row) => row.name)).toEqual([]);
    const misplaced = rows.filter((row) =>
      row.keys.some((key) => key !== 'company_id' && row.name !== 'connection'),
    );
    expect(misplaced.map((row) => row.name)).toEqual([]);
  });

  it('ids sort by time', () => {
    expect(newId(new Date(1)) < newId(new Date(2))).toBe(true);
  });
});
