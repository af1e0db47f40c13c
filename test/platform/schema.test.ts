import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { schemaText } from '../../tools/schema-text.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

describe('migrations/schema.sql', () => {
  it('is what the migrations make (after a change: npm run build && npm run db:schema)', async () => {
    expect(await schemaText(database.pool)).toBe(readFileSync('migrations/schema.sql', 'utf8'));
  });

  it('shows a changed column, check, index, policy, right, function and trigger', async () => {
    const before = (await schemaText(database.pool)).split('\n');
    for (const change of [
      'alter table account add column note text not null default 1',
      'alter table account add constraint short check (length(name) < 100)',
      'create index account_name on account (name)',
      'alter table company no force row level security',
      'drop policy one_company on touch',
      'grant delete on activity to duly_app',
      'create or replace function duly.company_id() returns uuid language sql as $$ select null::uuid $$',
      'grant execute on function duly.add_job to public',
      'drop trigger append_only on activity',
    ])
      await sql.raw(change).execute(database.db);
    const after = (await schemaText(database.pool)).split('\n');
    const added = after.filter((line) => !before.includes(line)).join('\n');
    const gone = before.filter((line) => !after.includes(line)).join('\n');
    expect(added).toMatch(/note text default 1 not null/);
    expect(added).toMatch(/constraint short CHECK/);
    expect(added).toMatch(/INDEX account_name/);
    expect(gone).toMatch(/alter table company force row level security/);
    expect(gone).toMatch(/create policy one_company on touch/);
    expect(added).toMatch(/grant delete, insert, select on table activity to duly_app/);
    expect(gone).toMatch(/current_setting\('app.company_id'/);
    expect(added).toMatch(/grant execute on routine duly.add_job\(.*\) to public/);
    expect(gone).toMatch(/CREATE TRIGGER append_only/);
  });
});
