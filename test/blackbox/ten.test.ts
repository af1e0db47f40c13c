import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { inCompany, inSystem, type Tx } from '../../src/platform/db.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { Api } from '../support/api.ts';
import { emailOnly } from '../support/email-only.ts';
import { composeIn, work } from '../support/in-process.ts';
import { World } from '../support/world.ts';
import { Person, vendors } from './auth-support.ts';
import { crawl, type Found, tokenOf } from './ten-support.ts';

let world: World;
let dana: Person;
let aroha: Person;
/** Dana's company and Aroha's: of different accounts, each with books, touches and a history. */
let mine: string;
let theirs: string;
let keys: { readonly mine: string; readonly theirs: string };
/** Names that only Dana's pages may show. */
let names: readonly string[];
let pages: Found;

beforeAll(async () => {
  world = await World.start({ now: '2026-11-16T18:00:00Z' });
  const books = await world.control<{ id: string; vendor: string; name: string }[]>('GET', '/companies');
  const booksOf = (vendor: string) => books.find((each) => each.vendor === vendor)?.id ?? '';
  dana = new Person(world, vendors.quickbooks);
  aroha = new Person(world, vendors.xero);
  mine = await dana.connect(booksOf('intuit'));
  theirs = await aroha.connect(booksOf('xero'));
  const duly = composeIn(world);
  for (const companyId of [mine, theirs]) await emailOnly(await Api.of(world, companyId));
  await tickOnce(duly);
  for (const companyId of [mine, theirs]) {
    const api = await Api.of(world, companyId);
    await api.call('PATCH', '', { mode: 'approve' });
  }
  await tickOnce(duly);
  for (const companyId of [mine, theirs]) {
    const api = await Api.of(world, companyId);
    const waiting = await api.get<{ items: { touchId: string }[] }>(
      '/touches?state=awaiting_approval&limit=500',
    );
    const [first] = waiting.items;
    if (first !== undefined) await api.call('POST', '/approvals', { touchIds: [first.touchId] });
  }
  await work(world, duly);
  keys = { mine: await world.apiKey(mine), theirs: await world.apiKey(theirs) };
  const customers = await world.control<{ name: string }[]>(
    'GET',
    `/companies/${booksOf('intuit')}/customers`,
  );
  names = customers.map((row) => row.name).filter((name) => name.length > 6);
  pages = await crawl(dana, `${world.duly}/companies/${mine}`);
});
afterAll(() => world.stop());

const leaks = (text: string) => names.filter((name) => text.includes(name));

describe('TEN-02: a member reads the own company only', () => {
  it('there is something to read: pages, forms and names', () => {
    expect(pages.addresses.length).toBeGreaterThan(15);
    expect(pages.forms.length).toBeGreaterThan(5);
    expect(leaks(pages.text).length).toBeGreaterThan(5);
  });

  it('on pages: every address of another account’s company is not found for a stranger, and asks a visitor to sign in', async () => {
    const stranger = new Person(world, vendors.quickbooks, 'nobody').visitor;
    for (const address of pages.addresses) {
      const seen = await aroha.visitor.once(address);
      expect([address, seen.status, leaks(seen.html)]).toEqual([address, 404, []]);
      const visitor = await stranger.once(address);
      expect([address, [302, 303, 401].includes(visitor.status), leaks(visitor.html)]).toEqual([
        address,
        true,
        [],
      ]);
    }
  });

  it('in forms: what a stranger sends to another’s company changes nothing, also with a good token of their own', async () => {
    const before = await world.database.pool.query('select count(*) from activity where company_id = $1', [
      mine,
    ]);
    const token = await tokenOf(aroha, `${world.duly}/companies/${theirs}/settings`);
    for (const form of pages.forms) {
      const fields = new URLSearchParams(form.fields);
      fields.set('_csrf', token);
      const seen = await aroha.visitor.once(form.action, fields);
      expect([form.action, seen.status]).toEqual([form.action, 404]);
    }
    const after = await world.database.pool.query('select count(*) from activity where company_id = $1', [
      mine,
    ]);
    expect(after.rows).toEqual(before.rows);
  });

  it('in the API: the key of one company opens no address of another, whatever the method', async () => {
    const spec = (await (await fetch(`${world.duly}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const list = Object.entries(spec.paths).flatMap(([template, methods]) =>
      Object.keys(methods).map((method) => ({ template, method: method.toUpperCase() })),
    );
    const inCompanies = list.filter(({ template }) => template.includes('{companyId}'));
    expect(inCompanies.length).toBeGreaterThan(15);
    const call = async (key: string, companyId: string, { template, method }: (typeof list)[number]) => {
      const path = template
        .replace('{companyId}', companyId)
        // a version is a number, and everybody has the first
        .replace('{version}', '1')
        .replaceAll(/\{\w+\}/g, '01900000-0000-7000-8000-000000000000');
      const response = await fetch(new URL(path, world.duly), {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(method === 'GET' ? {} : { body: '{}' }),
      });
      return { status: response.status, text: await response.text() };
    };
    for (const each of inCompanies) {
      const { status, text } = await call(keys.theirs, mine, each);
      expect([each.method, each.template, status >= 400 && status < 500, leaks(text)]).toEqual([
        each.method,
        each.template,
        true,
        [],
      ]);
      if (each.method !== 'GET') continue;
      const own = await call(keys.mine, mine, each);
      // rows that don't exist are 404; everything else is there for the right key
      expect([each.template, [200, 404].includes(own.status)]).toEqual([each.template, true]);
      expect([each.template, [401, 403, 404].includes(status)]).toEqual([each.template, true]);
    }
  });

  it('in the API: ids of another company’s rows are not found with one’s own key', async () => {
    const api = await Api.of(world, mine);
    const theirApi = await Api.of(world, theirs);
    const [touch] = (await api.get<{ items: { touchId: string }[] }>('/touches?limit=1')).items;
    const [customer] = (await api.get<{ items: { customerId: string }[] }>('/customers?limit=1')).items;
    expect([touch, customer].includes(undefined)).toBe(false);
    await expect(theirApi.get(`/touches/${touch?.touchId}`)).rejects.toThrow(/404/);
    await expect(theirApi.get(`/customers/${customer?.customerId}`)).rejects.toThrow(/404/);
    const states = async () =>
      (await world.database.pool.query('select state from touch where company_id = $1 order by 1', [mine]))
        .rows;
    const before = await states();
    expect(await theirApi.call('POST', '/approvals', { touchIds: [touch?.touchId] })).toEqual({
      released: 0,
    });
    expect(await states()).toEqual(before);
  });

  it('in the database: under the application’s role no table shows or yields a row of another company', async () => {
    const { pool, db } = world.database;
    const { rows: tables } = await pool.query<{ name: string }>(`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`);
    const filled: string[] = [];
    for (const { name } of tables) {
      const table = sql.table(name);
      const own = await pool.query(`select 1 from "${name}" where company_id = $1 limit 1`, [mine]);
      if (own.rows.length > 0) filled.push(name);
      const tryIt = async (as: string | null, act: (tx: Tx) => Promise<number>): Promise<number> => {
        try {
          return as === null
            ? await db.transaction().execute(async (tx) => {
                await sql`select set_config('role', 'duly_app', true)`.execute(tx);
                return await act(tx);
              })
            : await inCompany(db, as, act);
        } catch (error) {
          // no right to it at all
          expect([name, (error as Error).message]).toEqual([
            name,
            expect.stringMatching(
              /permission denied|append-only|violates|generated|app\.company_id|invalid input/,
            ),
          ]);
          return 0;
        }
      };
      const read = (tx: Tx) =>
        sql`select 1 from ${table} where company_id = ${mine}`.execute(tx).then(({ rows }) => rows.length);
      expect([name, await tryIt(theirs, read)]).toEqual([name, 0]);
      expect([name, await tryIt(null, read)]).toEqual([name, 0]);
      const change = (tx: Tx) =>
        sql`update ${table} set company_id = company_id where company_id = ${mine}`
          .execute(tx)
          .then(({ numAffectedRows }) => Number(numAffectedRows ?? 0n));
      expect([name, await tryIt(theirs, change)]).toEqual([name, 0]);
      const remove = (tx: Tx) =>
        sql`delete from ${table} where company_id = ${mine}`
          .execute(tx)
          .then(({ numAffectedRows }) => Number(numAffectedRows ?? 0n));
      expect([name, await tryIt(theirs, remove)]).toEqual([name, 0]);
      const still = await pool.query(`select 1 from "${name}" where company_id = $1 limit 1`, [mine]);
      expect([name, still.rows.length]).toEqual([name, own.rows.length]);
    }
    expect(filled).toEqual(
      expect.arrayContaining(['invoice', 'customer', 'touch', 'activity', 'position', 'note']),
    );
  });
});

describe('TEN-03: the history can be neither edited nor deleted', () => {
  const history = async () =>
    (
      await world.database.pool.query('select * from activity where company_id = $1 order by activity_id', [
        mine,
      ])
    ).rows;

  it('by the API: activities are read, and every other method is refused', async () => {
    const before = await history();
    expect(before.length).toBeGreaterThan(2);
    const api = await Api.of(world, mine);
    const { items } = await api.get<{ items: { activityId: string }[] }>('/activities?limit=5');
    expect(items.length).toBeGreaterThan(1);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      for (const address of ['/activities', `/activities/${items[0]?.activityId}`])
        await expect(api.call(method, address, { summary: 'changed' })).rejects.toThrow(/: (404|405)/);
    expect(await history()).toEqual(before);
  });

  it('by the pages: no form leads there, and one that is made up finds nothing', async () => {
    expect(pages.forms.filter(({ action }) => /activit|history/i.test(action))).toEqual([]);
    const before = await history();
    const _csrf = await tokenOf(dana, `${world.duly}/companies/${mine}/settings`);
    for (const path of [
      'activity',
      'activities',
      'activities/delete',
      `activity/${before[0]?.activity_id}/delete`,
    ]) {
      const seen = await dana.visitor.once(
        `${world.duly}/companies/${mine}/${path}`,
        new URLSearchParams({ _csrf, summary: 'changed' }),
      );
      expect([path, [404, 405].includes(seen.status)]).toEqual([path, true]);
    }
    expect(await history()).toEqual(before);
  });

  it('by the application’s roles in the database, with any statement', async () => {
    const before = await history();
    const statements = [
      `update activity set summary = 'changed'`,
      'delete from activity',
      'truncate activity',
      'truncate activity cascade',
      'alter table activity disable trigger append_only',
      'alter table activity no force row level security',
      'drop trigger append_only on activity',
      'drop table activity',
      `insert into activity select * from activity on conflict (company_id, activity_id) do update set summary = 'x'`,
      `merge into activity a using activity b on a.activity_id = b.activity_id when matched then delete`,
    ];
    for (const statement of statements) {
      const act = (tx: Tx) => sql.raw(statement).execute(tx);
      for (const attempt of [inCompany(world.database.db, mine, act), inSystem(world.database.db, act)])
        await expect(attempt).rejects.toThrow(/permission denied|must be owner/);
    }
    for (const statement of statements.slice(0, 4))
      await expect(world.database.pool.query(statement)).rejects.toThrow(/append-only/);
    expect(await history()).toEqual(before);
  });
});
