import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openLedger } from '../../src/companies/ledger-access.store.ts';
import type { Duly } from '../../src/platform/context.ts';
import { inSystem } from '../../src/platform/db.ts';
import { addJob } from '../../src/platform/jobs.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { formOf, Visitor, wordsOf } from '../companies/visitor.ts';
import { World } from '../support/world.ts';
import {
  companyIn,
  composeWith,
  fault,
  heldTokenAddress,
  later,
  newBooks,
  Person,
  seen,
  staffMails,
  tokensOf,
  vendors,
} from './auth-support.ts';

let world: World;
let duly: Duly;
/** Everything secret that a vendor gave out, or that is in an address. */
const secrets = new Set<string>();

beforeAll(async () => {
  world = await World.start({ now: '2026-11-16T18:00:00Z', logLevel: 'trace' });
  duly = composeWith(world);
});
afterAll(() => world.stop());
afterEach(async () => {
  await world.control('DELETE', '/faults');
});

async function count(table: string): Promise<number> {
  return (await world.database.pool.query(`select count(*)::int as count from ${table}`)).rows[0].count;
}

async function keepSecrets(companyId: string): Promise<void> {
  const { access, refresh } = await tokensOf(world, companyId);
  secrets.add(access).add(refresh);
}

describe.each([vendors.quickbooks, vendors.xero])('$label', (vendor) => {
  let person: Person;
  let books: string;
  let companyId: string;
  const state = async (): Promise<string> =>
    (await world.database.pool.query('select state from connection where company_id = $1', [companyId]))
      .rows[0].state;
  const readAt = async (): Promise<number> =>
    (
      await world.database.pool.query('select books_read_at from company where company_id = $1', [companyId])
    ).rows[0].books_read_at?.getTime() ?? 0;
  const expireTokens = (): Promise<unknown> =>
    world.control('POST', '/faults', { vendor: vendor.vendor, kind: 'expire_tokens', companyId: books });
  const forget = (): Promise<unknown> => world.control('DELETE', '/requests');
  /** A read that must end well, some minutes on. */
  const readsWell = async (): Promise<void> => {
    await world.control('DELETE', '/faults');
    await later(world, 20);
    await tickOnce(duly);
    expect(await state()).toBe('healthy');
    expect(await readAt()).toBe((await world.now()).getTime());
  };

  beforeAll(async () => {
    person = new Person(world, vendor);
    books = await newBooks(world, vendor, 'Quill & Lantern');
  });
  afterAll(() => {
    for (const secret of person.secrets) secrets.add(secret);
  });

  it('AUTH-19: asks for exactly the scopes it needs, the granular ones at Xero', async () => {
    const left = await new Visitor().once(`${world.duly}/connect/${vendor.key}`);
    const scopes = new URL(left.location ?? '').searchParams.get('scope')?.split(' ');
    expect(scopes?.toSorted()).toEqual(
      (vendor.key === 'xero'
        ? 'accounting.contacts.read accounting.invoices accounting.payments.read accounting.settings.read email offline_access openid profile'
        : 'com.intuit.quickbooks.accounting email openid profile'
      ).split(' '),
    );
  });

  it('AUTH-13: a refusal and a failure are said in words on an address without a code, and nothing is stored', async () => {
    const before = await count('company');
    const refused = await person.visitor.once(
      `${world.duly}/connect/${vendor.key}/callback?error=access_denied&state=${await stateOf(person)}`,
    );
    expect([refused.status, refused.location]).toEqual([303, `${world.duly}/told`]);
    const told = await person.visitor.once(refused.location ?? '');
    expect([told.status, wordsOf(told)]).toEqual([400, expect.stringContaining('Nothing was connected')]);
    const back = await person.consent(books);
    await fault(world, vendor, { match: vendor.token, kind: 'status', status: 500, times: 1 });
    const failed = await person.visitor.go(back);
    expect([failed.status, failed.url]).toEqual([502, `${world.duly}/told`]);
    expect(wordsOf(failed)).toContain('nothing is half done');
    expect(await count('company')).toBe(before);
  });

  it('AUTH-13: success leads to the company’s own page', async () => {
    companyId = await person.connect(books);
    expect(await person.words(`/companies/${companyId}/connection`)).toContain('Connected. Duly reads Quill');
    await keepSecrets(companyId);
    await tickOnce(duly);
    expect(await readAt()).toBe((await world.now()).getTime());
  });

  it('AUTH-01: a state that is missing, invented, used, too old, of another browser or for the other ledger is refused', async () => {
    const callback = `${world.duly}/connect/${vendor.key}/callback`;
    const used = await person.consent(books);
    await person.visitor.go(used, undefined, /\/companies/);
    await forget();
    const other = vendor.key === 'xero' ? 'quickbooks' : 'xero';
    const good = await person.consent(books);
    const tries: [Visitor, string][] = [
      [person.visitor, `${callback}?code=abc&realmId=1`],
      [person.visitor, `${callback}?code=abc&state=invented&realmId=1`],
      [person.visitor, used],
      [person.visitor, good.replace(`/connect/${vendor.key}/`, `/connect/${other}/`)],
      [new Visitor(), good],
    ];
    for (const [visitor, address] of tries) {
      const page = await visitor.go(address);
      expect([page.status, wordsOf(page)]).toEqual([400, expect.stringMatching(/not valid/)]);
    }
    await later(world, 11);
    expect((await person.visitor.go(good)).status).toBe(400);
    // the same code was never taken to the vendor a second time: that would poison what it gave
    expect(await seen(world, vendor, vendor.token)).toEqual([]);
    await readsWell();
  });

  it('AUTH-03: a token that ends within five minutes is renewed before the call, so no call is refused', async () => {
    await expireAndRead();
    const { access } = await tokensOf(world, companyId);
    await later(world, vendor.lifeMinutes - 4);
    await forget();
    await tickOnce(duly);
    const requests = await seen(world, vendor);
    expect(requests[0]?.path).toContain(vendor.token);
    expect(requests.filter(({ path }) => path.includes(vendor.token))).toHaveLength(1);
    expect(requests.filter(({ status }) => status === 401)).toEqual([]);
    expect((await tokensOf(world, companyId)).access).not.toBe(access);
    await keepSecrets(companyId);
  });

  it('AUTH-04: ten callers find the token refused at once: one refresh, ten successes', async () => {
    await expireTokens();
    await forget();
    await fault(world, vendor, { match: vendor.token, kind: 'delay', ms: 300, times: 1 });
    const [one, two] = [composeWith(world), composeWith(world)];
    const answers = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const { ledger } = await openLedger(index % 2 === 0 ? one : two, companyId, 'send');
        return (await ledger.profile()).name;
      }),
    );
    expect(new Set(answers)).toEqual(new Set(['Quill & Lantern']));
    expect(await seen(world, vendor, vendor.token)).toHaveLength(1);
  });

  it('AUTH-05: a refresh that loses against a newer authorisation uses that one, and the connection stays healthy', async () => {
    const held = await heldTokenAddress();
    const name = vendor.key === 'xero' ? 'XERO_TOKEN_URL' : 'INTUIT_TOKEN_URL';
    await expireTokens();
    const losing = tickOnce(composeWith(world, { [name]: held.url }));
    await held.asked;
    expect(companyIn(await person.reconnect(companyId, books))).toBe(companyId);
    held.refuse();
    await losing;
    held.close();
    expect(await state()).toBe('healthy');
    expect(await readAt()).toBe((await world.now()).getTime());
    await keepSecrets(companyId);
  });

  const body = (error: string): string => JSON.stringify({ error });
  it.each([
    ['AUTH-07: a 500', { kind: 'status', status: 500 }],
    ['AUTH-07: no answer', { kind: 'drop' }],
    ['AUTH-08: a 429', { kind: 'status', status: 429 }],
    ['AUTH-15: a 429 that names invalid_grant', { kind: 'status', status: 429, body: body('invalid_grant') }],
    ['AUTH-16: a 500 that names invalid_grant', { kind: 'status', status: 500, body: body('invalid_grant') }],
    ['AUTH-16: a 401 invalid_client', { kind: 'token_invalid_client' }],
    [
      'AUTH-17: a 200 without a refresh token',
      { kind: 'status', status: 200, body: { access_token: 'half', expires_in: 3600 } },
    ],
    ['AUTH-17: a 200 that is no JSON', { kind: 'html', status: 200 }],
  ])('%s of the token address leaves the connection as it is; the next read renews', async (_, order) => {
    // another minute: ours counts calls by the minute
    await later(world, 2);
    const before = await tokensOf(world, companyId);
    await expireTokens();
    await fault(world, vendor, { match: vendor.token, ...order });
    await forget();
    const { failedJobs } = await tickOnce(duly);
    expect(failedJobs).toBe(0);
    // one try; a connection that was cut leaves no line in the vendor's log
    expect(await seen(world, vendor, vendor.token)).toHaveLength(order.kind === 'drop' ? 0 : 1);
    expect(await state()).toBe('healthy');
    expect(await tokensOf(world, companyId)).toEqual(before);
    expect(await person.words(`/companies/${companyId}/problems`)).toMatch(/could not be read/);
    await readsWell();
  });

  it('AUTH-09: a 401 on a call: renewed once, repeated once; a second 401 stops', async () => {
    await forget();
    await fault(world, vendor, { match: vendor.api, kind: 'api_401', times: 1 });
    await readsWell1();
    await forget();
    await fault(world, vendor, { match: vendor.api, kind: 'api_401' });
    await later(world, 5);
    await tickOnce(duly);
    expect(await seen(world, vendor, vendor.token)).toHaveLength(1);
    expect((await seen(world, vendor, vendor.api)).map(({ status }) => status)).toEqual([401, 401]);
    expect(await state()).toBe('healthy');
    await readsWell();
  });

  it('AUTH-14: the rotated refresh token is kept although the call after it failed', async () => {
    await later(world, 25 * 60);
    const before = await tokensOf(world, companyId);
    await fault(world, vendor, { match: vendor.api, kind: 'status', status: 500 });
    await tickOnce(duly);
    const after = await tokensOf(world, companyId);
    expect(after.refresh).not.toBe(before.refresh);
    await keepSecrets(companyId);
    // beyond the vendor's patience with the token before
    await later(world, 90);
    await readsWell();
  });

  it('AUTH-06: a refused refresh ends the connection: said on the page and once by e-mail, nothing is read any more; reconnecting keeps everything', async () => {
    const history = await activities();
    await world.control('POST', '/faults', {
      vendor: vendor.vendor,
      kind: 'expire_refresh',
      companyId: books,
    });
    await expireTokens();
    await forget();
    await tickOnce(duly);
    expect(await state()).toBe('reconnect_needed');
    // invalid_grant is not asked again (AUTH-08)
    expect(await seen(world, vendor, vendor.token)).toHaveLength(1);
    expect(await person.words(`/companies/${companyId}/connection`)).toContain('The connection is lost.');
    expect(await person.words('/companies')).toContain('Connection lost');
    await forget();
    await later(world, 60);
    await tickOnce(duly);
    expect(await seen(world, vendor)).toEqual([]);
    const mails = await staffMails(world, vendor.owner);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.TextBody).toContain('No reminder goes out until');
    expect(mails[0]?.TextBody).toContain(`${world.duly}/companies/${companyId}/connection`);
    expect(companyIn(await person.reconnect(companyId, books))).toBe(companyId);
    await readsWell();
    expect(await activities()).toBeGreaterThan(history);
    expect(await person.words(`/companies/${companyId}/problems`)).not.toContain('The connection');
  });

  it('another set of books on reconnect: nothing is mixed, the owner is asked', async () => {
    const other = await newBooks(world, vendor, 'Harrow Glass');
    const before = [await count('company'), await tokensOf(world, companyId)];
    const page = await person.reconnect(companyId, other);
    expect([page.status, wordsOf(page)]).toEqual([409, expect.stringContaining('were not mixed')]);
    expect(wordsOf(page)).toMatch(/Connect another (company|organisation)/);
    expect(await count('company')).toBe(before[0]);
    // one token set for all of a person's organisations: the newest serves this one too
    if (vendor.key === 'quickbooks') expect(await tokensOf(world, companyId)).toEqual(before[1]);
    await readsWell();
  });

  it('books that another account has are refused with an explanation that names nobody, until it lets them go', async () => {
    const stranger = new Person(world, vendor, vendor.other);
    const accounts = await count('account');
    const page = await stranger.visitor.go(await stranger.consent(books));
    expect([page.status, wordsOf(page)]).toEqual([409, expect.stringContaining('by another account')]);
    expect(wordsOf(page)).not.toMatch(/dana|aroha|larkspur/i);
    expect(await count('account')).toBe(accounts);
    expect(await state()).toBe('healthy');
  });

  it('a user disconnects inside the ledger: it is noticed without a call from there, and said', async () => {
    await world.control('POST', '/disconnect', { vendor: vendor.vendor, companyId: books });
    const mails = (await staffMails(world, vendor.owner)).length;
    if (vendor.key === 'quickbooks') {
      const landed = await new Visitor().go(`${world.duly}/disconnected/quickbooks?realmId=${books}`);
      expect([landed.status, wordsOf(landed)]).toEqual([
        200,
        expect.stringContaining('no longer gives Duly'),
      ]);
      await later(world, 1);
    } else await later(world, 24 * 60);
    await tickOnce(duly);
    expect(await state()).toBe('reconnect_needed');
    expect(await staffMails(world, vendor.owner)).toHaveLength(mails + 1);
    const back = await person.reconnect(companyId, books);
    expect(companyIn(back)).toBe(companyId);
    await readsWell();
  });

  it('AUTH-11: disconnecting here ends it at once and is told the vendor; a vendor that fails does not keep anybody', async () => {
    await fault(world, vendor, { match: vendor.revoke, kind: 'status', status: 500 });
    await fault(world, vendor, { match: '/xero/connections', kind: 'status', status: 500 });
    await forget();
    expect((await person.press(companyId, 'disconnect')).status).toBe(303);
    expect(await state()).toBe('disconnected');
    expect(await person.words(`/companies/${companyId}/connection`)).toContain('disconnected');
    const told = (await seen(world, vendor)).filter(({ status }) => status === 500);
    expect(told.length).toBeGreaterThan(0);
    await world.control('DELETE', '/faults');
    await forget();
    await tickOnce(duly);
    expect(await seen(world, vendor, vendor.api)).toEqual([]);
  });

  it('what one account has disconnected another may connect; the first keeps its history', async () => {
    const stranger = new Person(world, vendor, vendor.other);
    const theirs = await stranger.connect(books);
    expect(theirs).not.toBe(companyId);
    const refused = await person.reconnect(companyId, books);
    expect([refused.status, wordsOf(refused)]).toEqual([409, expect.stringContaining('another account')]);
    await stranger.press(theirs, 'disconnect');
    expect(companyIn(await person.reconnect(companyId, books))).toBe(companyId);
    await readsWell();
  });

  it('AUTH-20: disconnecting when the vendor has no link any more succeeds, and the tokens are forgotten', async () => {
    await world.control('POST', '/disconnect', { vendor: vendor.vendor, companyId: books });
    await forget();
    expect((await person.press(companyId, 'disconnect')).status).toBe(303);
    expect(await state()).toBe('disconnected');
    const { rows } = await world.database.pool.query(
      'select token_set_id from connection where company_id = $1',
      [companyId],
    );
    expect(rows[0].token_set_id).toBeNull();
  });

  it('reconnecting from the ledger’s own list of apps signs in, and finds the company with its history', async () => {
    const known = new Person(world, vendor);
    const landed = await known.visitor.go(await known.consent(books, `/launch/${vendor.key}`));
    expect(landed.status).toBe(200);
    expect(wordsOf(landed)).toMatch(/disconnected/i);
    expect(await known.connect(books)).toBe(companyId);
    await readsWell();
  });

  async function activities(): Promise<number> {
    const { rows } = await world.database.pool.query(
      'select count(*)::int as count from activity where company_id = $1',
      [companyId],
    );
    return rows[0].count;
  }
  /** Renewed just now, so that the clock's way to the end is known. */
  async function expireAndRead(): Promise<void> {
    await expireTokens();
    await readsWell();
  }
  /** A read that ends well with the faults that were ordered. */
  async function readsWell1(): Promise<void> {
    await later(world, 5);
    await tickOnce(duly);
    expect(await readAt()).toBe((await world.now()).getTime());
    expect(await seen(world, vendor, vendor.token)).toHaveLength(1);
  }
});

async function stateOf(person: Person): Promise<string> {
  const left = await person.visitor.once(`${world.duly}/connect/${person.vendor.key}`);
  return new URL(left.location ?? '').searchParams.get('state') ?? '';
}

it('AUTH-10: the shipped processes renew a token, and are refused one, while they log all they can', async () => {
  await later(world, 61);
  await world.tick(true);
  for (const vendor of ['intuit', 'xero'])
    await world.control('POST', '/faults', { vendor, match: 'token', kind: 'token_invalid_grant', times: 1 });
  await later(world, 61);
  await world.tick(true);
  expect(world.output).toContain('outgoing call');
});

describe('the fixed end of a QuickBooks connection', () => {
  const vendor = vendors.quickbooks;

  it('is shown and told the owner once 30 days and once 7 days before, and a reconnect ends it', async () => {
    const person = new Person(world, vendor);
    const books = await newBooks(world, vendor, 'Saltmarsh Boats');
    const companyId = await person.connect(books);
    await tickOnce(duly);
    const endsIn = async (days: number): Promise<void> => {
      const { access, refresh } = await tokensOf(world, companyId);
      const answer = {
        access_token: access,
        refresh_token: refresh,
        expires_in: 3600,
        x_refresh_token_expires_in: 8_726_400,
        x_refresh_token_hard_expires_in: days * 86_400,
      };
      await later(world, 57);
      const order = { match: vendor.token, kind: 'status', status: 200, body: answer, companyId: books };
      await fault(world, vendor, { ...order, times: 1 });
      await tickOnce(duly);
      await world.control('DELETE', '/faults');
    };
    const subjects = async (): Promise<readonly string[]> =>
      (await staffMails(world, vendor.owner))
        .map((mail) => mail.Subject)
        .filter((subject) => subject.startsWith('Saltmarsh Boats'));
    const connection = `/companies/${companyId}/connection`;
    expect(await person.words(connection)).not.toContain('ends on');
    await endsIn(29.5);
    expect(await subjects()).toEqual([expect.stringContaining('ends the connection on')]);
    expect(await person.words(connection)).toMatch(/ends on .* in 30 days/);
    expect(await person.words('/companies')).toMatch(/ends on/);
    expect(await person.words(`/companies/${companyId}/problems`)).toContain('Reconnect the company before');
    await tickOnce(duly);
    expect(await subjects()).toHaveLength(1);
    // the sandbox itself gives five years: what was ordered is said again for a day that is nearer
    await world.control('POST', '/faults', { vendor: 'intuit', kind: 'expire_tokens', companyId: books });
    await later(world, 60);
    await tickOnce(duly);
    expect(await person.words(`/companies/${companyId}/problems`)).not.toContain('Reconnect the company');
    await endsIn(6.5);
    expect(await subjects()).toHaveLength(2);
    expect(companyIn(await person.reconnect(companyId, books))).toBe(companyId);
    expect(await person.words(connection)).not.toContain('ends on');
    expect(await person.words(`/companies/${companyId}/problems`)).not.toContain('Reconnect the company');
  });
});

describe('a person with several Xero organisations', () => {
  const vendor = vendors.xero;
  const names = Array.from({ length: 10 }, (_, index) => `Branch ${index + 1}`);
  let person: Person;
  let tenants: string[];
  let companies: string[];

  beforeAll(async () => {
    person = new Person(world, vendor);
    tenants = [];
    for (const name of names) tenants.push(await newBooks(world, vendor, name));
  });

  it('AUTH-12: chooses among those of this authorisation alone; nothing is connected unasked', async () => {
    const before = await count('company');
    const chooser = await person.visitor.go(await person.consent(tenants));
    expect(chooser.url).toBe(`${world.duly}/connect/xero/choose`);
    expect(wordsOf(chooser)).toContain('Which organisation?');
    for (const name of names) expect(wordsOf(chooser)).toContain(name);
    expect(wordsOf(chooser)).not.toContain('Quill');
    expect(chooser.html).not.toMatch(/checkbox"[^>]*checked/);
    expect(await count('company')).toBe(before);
    const form = formOf(chooser);
    for (const index of names.keys()) form.fields.append('books', String(index));
    await person.visitor.go(form.action, form.fields);
    expect(await count('company')).toBe(before + 10);
    const { rows } = await world.database.pool.query(
      "select c.company_id, n.token_set_id from company c join connection n using (company_id) where c.name like 'Branch %' order by length(c.name), c.name",
    );
    companies = rows.map((row: { company_id: string }) => row.company_id);
    expect(new Set(rows.map((row: { token_set_id: string }) => row.token_set_id)).size).toBe(1);
    await tickOnce(duly);
  });

  it('AUTH-04: ten jobs in two processes find the shared token ended: one refresh, ten successes', async () => {
    await later(world, 31);
    await world.control('DELETE', '/requests');
    await fault(world, vendor, { match: vendor.token, kind: 'delay', ms: 700, times: 1 });
    const workers = await Promise.all([1, 2].map(() => world.startWorker()));
    await inSystem(duly.db, async (tx) => {
      for (const companyId of companies) await addJob(tx, 'sync', { companyId, read: true });
    });
    const now = await world.now();
    const read = async (): Promise<number> =>
      (
        await world.database.pool.query(
          'select count(*)::int as count from company where company_id = any($1) and books_read_at = $2',
          [companies, now],
        )
      ).rows[0].count;
    const deadline = Date.now() + 30_000;
    while ((await read()) < 10 && Date.now() < deadline) await new Promise((go) => setTimeout(go, 50));
    expect(await read()).toBe(10);
    expect((await seen(world, vendor, vendor.token)).map(({ status }) => status)).toEqual([200]);
    await Promise.all(
      workers.map((worker) => {
        const gone = new Promise((resolve) => worker.once('exit', resolve));
        worker.kill('SIGTERM');
        return gone;
      }),
    );
    await keepSecrets(companies[0] ?? '');
  });

  it('one disconnects without the others losing theirs', async () => {
    await world.control('DELETE', '/requests');
    const [first = '', second = ''] = companies;
    await person.press(first, 'disconnect');
    const requests = await seen(world, vendor);
    expect(requests.filter(({ method }) => method === 'DELETE').map(({ status }) => status)).toEqual([204]);
    expect(requests.filter(({ path }) => path.includes(vendor.revoke))).toEqual([]);
    await later(world, 10);
    await tickOnce(duly);
    const { rows } = await world.database.pool.query(
      'select company_id, books_read_at from company where company_id = any($1)',
      [[first, second]],
    );
    const read = new Map(
      rows.map((row: { company_id: string; books_read_at: Date }) => [row.company_id, row.books_read_at]),
    );
    const now = await world.now();
    expect(read.get(second)).toEqual(now);
    expect(read.get(first)).not.toEqual(now);
  });

  it('all lose their tokens at once, one new authorisation brings all back, and each owner was told once', async () => {
    const rest = companies.slice(1);
    const mails = (await staffMails(world, vendor.owner)).length;
    const healthy = async (): Promise<number> =>
      (
        await world.database.pool.query(
          "select count(*)::int as count from connection where company_id = any($1) and state = 'healthy'",
          [rest],
        )
      ).rows[0].count;
    for (const kind of ['expire_refresh', 'expire_tokens'])
      await world.control('POST', '/faults', { vendor: 'xero', kind, companyId: tenants[1] });
    await later(world, 40);
    await tickOnce(duly);
    expect(await healthy()).toBe(0);
    await tickOnce(duly);
    const told = await staffMails(world, vendor.owner);
    const about = told.slice(mails).map((mail) => mail.Subject);
    for (const name of names.slice(1))
      expect(about.filter((subject) => subject.startsWith(`${name}:`))).toHaveLength(1);
    await person.reconnect(rest[0] ?? '', tenants[1] ?? '');
    expect(await healthy()).toBe(rest.length);
    await later(world, 10);
    await tickOnce(duly);
    expect(await healthy()).toBe(rest.length);
  });
});

it('AUTH-10: no code, state or token is in any line that the product wrote, or readable in any row', async () => {
  const known = [...secrets].filter((secret) => secret.length >= 16);
  expect(known.length).toBeGreaterThan(20);
  const rows = await allRows();
  const hex = (secret: string): string => Buffer.from(secret).toString('hex');
  expect(known.filter((secret) => world.output.includes(secret))).toEqual([]);
  expect(known.filter((secret) => rows.includes(secret) || rows.includes(hex(secret)))).toEqual([]);
}, 60_000);

async function allRows(): Promise<string> {
  const { pool } = world.database;
  const { rows: tables } = await pool.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'duly', 'graphile_worker')",
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ all: string | null }>(
      `select string_agg(t::text, ' ') as all from ${name} t`,
    );
    parts.push(rows[0]?.all ?? '');
  }
  return parts.join('\n');
}
