import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { jobHandlers } from '../../src/app.ts';
import { getConnection } from '../../src/companies/connection.store.ts';
import { endConnection } from '../../src/companies/disconnect.store.ts';
import { finishDisconnect } from '../../src/companies/disconnect-company.store.ts';
import { inCompany, inSystem } from '../../src/platform/db.ts';
import { drainJobs } from '../../src/platform/jobs.ts';
import { openStage, type Stage } from './stage.ts';
import { formOf, type Seen, Visitor } from './visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => await stage.close());
afterEach(async () => {
  await fetch(`${stage.sandboxUrl}/control/faults`, { method: 'DELETE' });
});

const back = /\/connect\/\w+\/callback/;
const landed = /\/companies/;

/** Clicks "Connect", says yes (or no) at the vendor, and stops before the way back is taken. */
async function consent(
  visitor: Visitor,
  key: 'quickbooks' | 'xero',
  fields: Record<string, string | string[]> = {},
  start = `${stage.url}/connect/${key}`,
): Promise<string> {
  const { action, fields: filled } = formOf(await visitor.go(start));
  filled.set('decision', key === 'xero' ? 'allow' : 'connect');
  for (const [name, value] of Object.entries(fields)) {
    filled.delete(name);
    for (const each of [value].flat()) filled.append(name, each);
  }
  const seen = await visitor.go(action, filled, back);
  if (seen.location === null) throw new Error(`no way back: ${seen.html.slice(0, 500)}`);
  return seen.location;
}

async function count(table: 'company' | 'connection' | 'person' | 'account' | 'token_set'): Promise<number> {
  return await inSystem(stage.duly.db, async (tx) => {
    const row = await tx
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return row.count;
  });
}

/** One more company at the vendor; returns the vendor's id of it. */
async function newCompany(vendor: 'intuit' | 'xero', name: string): Promise<string> {
  const answer = await fetch(`${stage.sandboxUrl}/control/companies`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ vendor, name }),
  });
  return ((await answer.json()) as { id: string }).id;
}

/** The organisations that Xero's consent page offers. */
async function offered(visitor: Visitor): Promise<string[]> {
  const { html } = await visitor.go(`${stage.url}/connect/xero`);
  return [...html.matchAll(/name="tenant" value="([^"]*)"/g)].map((match) => match[1] ?? '');
}

async function signOut(visitor: Visitor): Promise<void> {
  const { html } = await visitor.go(`${stage.url}/companies`);
  const _csrf = /action="\/signout"[\s\S]*?name="_csrf" value="([^"]*)"/.exec(html)?.[1] ?? '';
  const out = await visitor.once(`${stage.url}/signout`, new URLSearchParams({ _csrf }));
  expect(out.status).toBe(303);
}

/** The brand that the company at this address started with. */
async function brandOf(address: string | null): Promise<unknown> {
  const companyId = /[0-9a-f-]{36}/.exec(address ?? '')?.[0] ?? '';
  return await inCompany(stage.duly.db, companyId, (tx) =>
    tx.selectFrom('brand').selectAll().where('company_id', '=', companyId).executeTakeFirst(),
  );
}

const words = (seen: Seen): string => seen.html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('connecting QuickBooks', () => {
  const visitor = new Visitor();

  test('a refusal is a page in words and leaves nothing behind', async () => {
    const address = await consent(visitor, 'quickbooks', { decision: 'refuse' });
    const seen = await visitor.go(address);
    expect(seen.status).toBe(400);
    expect(words(seen)).toContain('Nothing was connected');
    expect(await count('company')).toBe(0);
  });

  test('a ledger that answers 500 right after consent leaves nothing half done', async () => {
    await stage.order({ vendor: 'intuit', match: 'companyinfo', kind: 'status', status: 500, times: 20 });
    const seen = await visitor.go(await consent(visitor, 'quickbooks'));
    expect(seen.status).toBe(502);
    expect(words(seen)).toContain('nothing is half done');
    expect(await count('company')).toBe(0);
    expect(await count('token_set')).toBe(0);
    expect(await count('person')).toBe(0);
  });

  test('consent makes account, person, company, sealed tokens and the first job, and signs the person in', async () => {
    const address = await consent(visitor, 'quickbooks');
    const seen = await visitor.go(address, undefined, landed);
    expect(seen.location).toMatch(/\/companies\/[0-9a-f-]{36}$/);
    expect([await count('account'), await count('person'), await count('company')]).toEqual([1, 1, 1]);
    const job = await stage.database.pool.query(
      "select key from graphile_worker.jobs where task_identifier = 'sync'",
    );
    expect(job.rows).toHaveLength(1);
    const stored = await inSystem(stage.duly.db, (tx) =>
      tx.selectFrom('token_set').selectAll().executeTakeFirstOrThrow(),
    );
    const plain = stage.duly.crypto.open(stored.access_token_enc);
    expect(stored.access_token_enc.toString('latin1')).not.toContain(plain);
  });

  test('the same way back a second time is refused in words', async () => {
    const address = await consent(visitor, 'quickbooks');
    await visitor.go(address, undefined, landed);
    const again = await visitor.go(address);
    expect(again.status).toBe(400);
    expect(words(again)).toContain('used already');
    expect(await count('company')).toBe(1);
  });

  test('a state begun in another browser, or for the other ledger, is refused', async () => {
    const address = await consent(visitor, 'quickbooks');
    const stranger = await new Visitor().go(address);
    expect(stranger.status).toBe(400);
    const other = await visitor.go(address.replace('/connect/quickbooks/', '/connect/xero/'));
    expect(other.status).toBe(400);
    const invented = await visitor.go(`${stage.url}/connect/quickbooks/callback?code=x&state=y&realmId=1`);
    expect(invented.status).toBe(400);
    // untouched by the strangers, it still serves the one who began it
    const own = await visitor.go(address, undefined, landed);
    expect(own.location).toMatch(landed);
  });

  test('connecting the same company again keeps its id and its history', async () => {
    const before = await inSystem(stage.duly.db, (tx) =>
      tx.selectFrom('connection').select(['company_id', 'token_set_id']).execute(),
    );
    const seen = await visitor.go(await consent(visitor, 'quickbooks'), undefined, landed);
    expect(seen.location).toContain(before[0]?.company_id);
    expect(await count('connection')).toBe(1);
    expect(await count('token_set')).toBe(1);
  });

  test('another account cannot connect a company that is connected already', async () => {
    const other = new Visitor();
    const user = 'b84e0d3f-9a26-4f57-8c11-70e5d2f3a6b9';
    const refused = await other.go(await consent(other, 'quickbooks', { user }));
    expect(refused.status).toBe(409);
    expect(words(refused)).toContain('already connected to Duly, by another account');
    expect(await count('company')).toBe(1);
    expect(await count('account')).toBe(1);
  });

  test('an unknown person who signs in is told to connect first; a known one is in', async () => {
    const stranger = new Visitor();
    const start = `${stage.url}/signin/intuit`;
    const unknown = await stranger.go(
      await consent(stranger, 'quickbooks', { user: 'b84e0d3f-9a26-4f57-8c11-70e5d2f3a6b9' }, start),
    );
    expect(words(unknown)).toContain('not known here');
    const known = await stranger.once(await consent(stranger, 'quickbooks', {}, start));
    expect(known.location).toBe(`${stage.url}/`);
    expect(stranger.cookie(stage.url, 'duly_session')).toBeDefined();
  });

  test('who has to sign in first is back on the page they wanted, once, and never at another house', async () => {
    const person = new Visitor();
    const start = `${stage.url}/signin/intuit`;
    const wanted = `${stage.url}/companies/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}/approve?state=due`;
    expect((await person.once(wanted)).location).toBe(`${stage.url}/signin`);
    expect((await person.once(await consent(person, 'quickbooks', {}, start))).location).toBe(wanted);
    expect(person.cookie(stage.url, 'duly_wanted')).toBeUndefined();
    await signOut(person);
    expect((await person.once(await consent(person, 'quickbooks', {}, start))).location).toBe(
      `${stage.url}/`,
    );
  });

  test('a reconnect that comes back with another company mixes nothing and asks', async () => {
    const other = await newCompany('intuit', 'Cinder Row Bakery');
    const { company_id: companyId } = await inSystem(stage.duly.db, (tx) =>
      tx.selectFrom('company').select('company_id').executeTakeFirstOrThrow(),
    );
    const _csrf = formOf(await visitor.go(`${stage.url}/companies/${companyId}/connection`)).fields.get(
      '_csrf',
    );
    const left = await visitor.once(
      `${stage.url}/companies/${companyId}/reconnect`,
      new URLSearchParams({ _csrf: _csrf ?? '' }),
    );
    const seen = await visitor.go(
      await consent(visitor, 'quickbooks', { realm: other }, left.location ?? ''),
    );
    expect(seen.status).toBe(409);
    expect(words(seen)).toContain('The two were not mixed');
    expect(await count('company')).toBe(1);
  });

  test('a form without the session’s token changes nothing; with it, disconnecting ends the connection', async () => {
    const { company_id: companyId } = await inSystem(stage.duly.db, (tx) =>
      tx.selectFrom('company').select('company_id').executeTakeFirstOrThrow(),
    );
    const address = `${stage.url}/companies/${companyId}/disconnect`;
    expect((await visitor.once(address, new URLSearchParams())).status).toBe(419);
    const page = await visitor.go(`${stage.url}/companies/${companyId}/connection`);
    const _csrf = formOf(page).fields.get('_csrf') ?? '';
    expect((await visitor.once(address, new URLSearchParams({ _csrf }))).status).toBe(303);
    const connection = await inSystem(stage.duly.db, (tx) =>
      tx.selectFrom('connection').selectAll().executeTakeFirstOrThrow(),
    );
    expect([connection.state, connection.token_set_id]).toEqual(['disconnected', null]);
    expect(await count('token_set')).toBe(0);
  });

  test('a process that dies before the vendor was told leaves that to the queue, once', async () => {
    const { duly } = stage;
    const { pool } = stage.database;
    const address = await visitor.go(await consent(visitor, 'quickbooks'), undefined, landed);
    const companyId = /[0-9a-f-]{36}/.exec(address.location ?? '')?.[0] ?? '';
    await pool.query('delete from graphile_worker._private_jobs');
    await fetch(`${stage.sandboxUrl}/control/requests`, { method: 'DELETE' });
    await inSystem(duly.db, (tx) => endConnection(tx, companyId, 'Dana', new Date()));
    await pool.query('update graphile_worker._private_jobs set run_at = now()');
    await drainJobs(pool, jobHandlers(duly), duly.log);
    const connection = await inSystem(duly.db, (tx) => getConnection(tx, companyId));
    expect([connection?.state, connection?.token_set_id]).toEqual(['disconnected', null]);
    const seen = async (): Promise<number> => {
      const answer = await fetch(`${stage.sandboxUrl}/control/requests?vendor=intuit`);
      const requests = (await answer.json()) as { path: string }[];
      return requests.filter(({ path }) => path.includes('/tokens/revoke')).length;
    };
    expect(await seen()).toBe(1);
    await finishDisconnect(duly, companyId);
    expect(await seen()).toBe(1);
  });
});

describe('connecting Xero', () => {
  test('several organisations in one authorisation are shown to choose from, and only the ticked one is connected', async () => {
    const visitor = new Visitor();
    await newCompany('xero', 'Harbour Lane Dental');
    const tenants = await offered(visitor);
    expect(tenants.length).toBeGreaterThan(1);
    const before = await count('company');
    const seen = await visitor.go(await consent(visitor, 'xero', { tenant: tenants }), undefined, landed);
    expect(words(seen)).toContain('Which organisation?');
    expect(await count('company')).toBe(before);
    const chooser = formOf(seen);
    chooser.fields.append('books', '1');
    const done = await visitor.go(chooser.action, chooser.fields, landed);
    expect(done.location).toMatch(/\/companies\/[0-9a-f-]{36}$/);
    expect(await count('company')).toBe(before + 1);
    // the ledger knows no address of the business: answers to reminders reach who connected it
    expect(await brandOf(done.location)).toMatchObject({ contact_email: 'aroha.ngata@example.com' });
    const replay = await visitor.go(chooser.action, chooser.fields);
    expect(replay.status).toBe(400);
  });

  test('anybody may open the address after a disconnect; the ledger is asked at most once an hour', async () => {
    const [connection] = await inSystem(stage.duly.db, (tx) =>
      tx.selectFrom('connection').selectAll().where('provider', '=', 'xero').execute(),
    );
    if (connection === undefined) throw new Error('nothing is connected');
    const ref = stage.duly.crypto.open(connection.ledger_ref_enc);
    const { pool } = stage.database;
    const reads = async (): Promise<number> => {
      await pool.query('delete from graphile_worker._private_jobs');
      const seen = await new Visitor().go(`${stage.url}/disconnected/xero?realmId=${ref}`);
      expect(seen.status).toBe(200);
      const jobs = await pool.query("select key from graphile_worker.jobs where task_identifier = 'sync'");
      return jobs.rows.length;
    };
    expect([await reads(), await reads(), await reads()]).toEqual([1, 0, 0]);
    await pool.query("update connection set looked_at = looked_at - interval '1 hour'");
    expect(await reads()).toBe(1);
  });

  test('what one person began to choose is nothing to the next one who signs in on this browser', async () => {
    const shared = new Visitor();
    await shared.go(await consent(shared, 'xero', {}, `${stage.url}/signin/xero`));
    const tenants = await offered(shared);
    const chooser = await shared.go(await consent(shared, 'xero', { tenant: tenants }), undefined, landed);
    const choice = /name="choice" value="([^"]*)"/.exec(chooser.html)?.[1] ?? '';
    await signOut(shared);
    await shared.go(await consent(shared, 'quickbooks', { user: 'b84e0d3f-9a26-4f57-8c11-70e5d2f3a6b9' }));
    const before = await count('company');
    const looked = await shared.go(chooser.url);
    expect([looked.status, words(looked)]).toEqual([400, expect.stringContaining('no longer open')]);
    await signOut(shared);
    const pressed = await shared.go(chooser.url, new URLSearchParams({ choice, books: '0' }));
    expect([pressed.status, words(pressed)]).toEqual([400, expect.stringContaining('no longer open')]);
    expect(await count('company')).toBe(before);
    expect(shared.cookie(stage.url, 'duly_session')).toBeUndefined();
  });

  test('AUTH-17: an answer to the code without a refresh token connects nothing and leaves the stored one alone', async () => {
    const visitor = new Visitor();
    const { ledgers } = stage.duly;
    const whole = ledgers.get('xero');
    if (whole === undefined) throw new Error('no Xero');
    const half: typeof whole = {
      ...whole,
      async exchangeCode(exchange) {
        const result = await whole.exchangeCode(exchange);
        return { ...result, grant: { ...result.grant, refreshToken: '' }, books: [] };
      },
    };
    const tokens = (): Promise<unknown> =>
      inSystem(stage.duly.db, (tx) => tx.selectFrom('token_set').selectAll().execute());
    const before = await tokens();
    const back = await consent(visitor, 'xero');
    (ledgers as Map<string, typeof whole>).set('xero', half);
    const seen = await visitor.go(back);
    (ledgers as Map<string, typeof whole>).set('xero', whole);
    expect([seen.status, words(seen)]).toEqual([502, expect.stringContaining('Nothing was connected')]);
    expect(await tokens()).toEqual(before);
  });

  test('a grant that waited for a choice does not take the place of a newer one', async () => {
    const visitor = new Visitor();
    const tenant = await offered(visitor);
    const chooser = formOf(await visitor.go(await consent(visitor, 'xero', { tenant }), undefined, landed));
    chooser.fields.append('books', '1');
    const { crypto, db } = stage.duly;
    await inSystem(db, (tx) =>
      tx
        .updateTable('token_set')
        .set({ refresh_token_enc: crypto.seal('newer'), updated_at: new Date() })
        .where('provider', '=', 'xero')
        .execute(),
    );
    const done = await visitor.go(chooser.action, chooser.fields, landed);
    expect(done.location).toMatch(/\/companies\/[0-9a-f-]{36}$/);
    const sets = await inSystem(db, (tx) =>
      tx.selectFrom('token_set').select('refresh_token_enc').where('provider', '=', 'xero').execute(),
    );
    expect(sets.map((row) => crypto.open(row.refresh_token_enc))).toEqual(['newer']);
  });
});
