import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { Visitor, wordsOf } from '../companies/visitor.ts';
import { World } from '../support/world.ts';
import {
  companyIn,
  composeWith,
  fault,
  later,
  newBooks,
  Person,
  Subject,
  seen,
  staffMails,
  tokensOf,
  vendors,
} from './auth-support.ts';

/** Everything secret that a vendor gave out, or that is in an address. */
const secrets = new Set<string>();
let world: World;
let duly: Duly;

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

/** Every token that is stored now. */
async function keepAllSecrets(): Promise<void> {
  const { rows } = await world.database.pool.query<{ id: string }>(
    'select company_id as id from connection where token_set_id is not null',
  );
  for (const { id } of rows) await keepSecrets(id);
}

async function stateOf(person: Person): Promise<string> {
  const left = await person.visitor.once(`${world.duly}/connect/${person.vendor.key}`);
  return new URL(left.location ?? '').searchParams.get('state') ?? '';
}

describe.each([vendors.quickbooks, vendors.xero])('$label', (vendor) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = new Subject(world, duly, vendor);
    subject.books = await newBooks(world, vendor, 'Quill & Lantern');
  });
  afterAll(() => {
    for (const secret of subject.person.secrets) secrets.add(secret);
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
    const refused = await subject.person.visitor.once(
      `${world.duly}/connect/${vendor.key}/callback?error=access_denied&state=${await stateOf(subject.person)}`,
    );
    expect([refused.status, refused.location]).toEqual([303, `${world.duly}/told`]);
    const told = await subject.person.visitor.once(refused.location ?? '');
    expect([told.status, wordsOf(told)]).toEqual([400, expect.stringContaining('Nothing was connected')]);
    const back = await subject.person.consent(subject.books);
    await fault(world, vendor, { match: vendor.token, kind: 'status', status: 500, times: 1 });
    const failed = await subject.person.visitor.go(back);
    expect([failed.status, failed.url]).toEqual([502, `${world.duly}/told`]);
    expect(wordsOf(failed)).toContain('nothing is half done');
    expect(await count('company')).toBe(before);
  });

  it('AUTH-13: success leads to the company’s own page', async () => {
    subject.companyId = await subject.person.connect(subject.books);
    expect(await subject.person.words(`/companies/${subject.companyId}/connection`)).toContain(
      'Connected. Duly reads Quill',
    );
    await keepSecrets(subject.companyId);
    await tickOnce(duly);
    expect(await subject.readAt()).toBe((await world.now()).getTime());
  });

  it('AUTH-01: a state that is missing, invented, used, too old, of another browser or for the other ledger is refused', async () => {
    const callback = `${world.duly}/connect/${vendor.key}/callback`;
    const used = await subject.person.consent(subject.books);
    await subject.person.visitor.go(used, undefined, /\/companies/);
    await world.control('DELETE', '/requests');
    const other = vendor.key === 'xero' ? 'quickbooks' : 'xero';
    const good = await subject.person.consent(subject.books);
    const tries: [Visitor, string][] = [
      [subject.person.visitor, `${callback}?code=abc&realmId=1`],
      [subject.person.visitor, `${callback}?code=abc&state=invented&realmId=1`],
      [subject.person.visitor, used],
      [subject.person.visitor, good.replace(`/connect/${vendor.key}/`, `/connect/${other}/`)],
      [new Visitor(), good],
    ];
    for (const [visitor, address] of tries) {
      const page = await visitor.go(address);
      expect([page.status, wordsOf(page)]).toEqual([400, expect.stringMatching(/not valid/)]);
    }
    await later(world, 11);
    expect((await subject.person.visitor.go(good)).status).toBe(400);
    // the same code was never taken to the vendor a second time: that would poison what it gave
    expect(await seen(world, vendor, vendor.token)).toEqual([]);
    expect(await subject.readsWell()).toBe(true);
  });

  it('another set of books on reconnect: nothing is mixed, the owner is asked', async () => {
    const other = await newBooks(world, vendor, 'Harrow Glass');
    const before = [await count('company'), await tokensOf(world, subject.companyId)];
    const page = await subject.person.reconnect(subject.companyId, other);
    expect([page.status, wordsOf(page)]).toEqual([409, expect.stringContaining('were not mixed')]);
    expect(wordsOf(page)).toMatch(/Connect another (company|organisation)/);
    expect(await count('company')).toBe(before[0]);
    // one token set for all of a person's organisations: the newest serves this one too
    if (vendor.key === 'quickbooks') expect(await tokensOf(world, subject.companyId)).toEqual(before[1]);
    expect(await subject.readsWell()).toBe(true);
  });

  it('books that another account has are refused with an explanation that names nobody, until it lets them go', async () => {
    const stranger = new Person(world, vendor, vendor.other);
    const accounts = await count('account');
    const page = await stranger.visitor.go(await stranger.consent(subject.books));
    expect([page.status, wordsOf(page)]).toEqual([409, expect.stringContaining('by another account')]);
    expect(wordsOf(page)).not.toMatch(/dana|aroha|larkspur/i);
    expect(await count('account')).toBe(accounts);
    expect(await subject.state()).toBe('healthy');
  });

  it('a user disconnects inside the ledger: it is noticed without a call from there, and said', async () => {
    await world.control('POST', '/disconnect', { vendor: vendor.vendor, companyId: subject.books });
    const mails = (await staffMails(world, vendor.owner)).length;
    if (vendor.key === 'quickbooks') {
      const landed = await new Visitor().go(`${world.duly}/disconnected/quickbooks?realmId=${subject.books}`);
      expect([landed.status, wordsOf(landed)]).toEqual([
        200,
        expect.stringContaining('no longer gives Duly'),
      ]);
      await later(world, 1);
    } else await later(world, 24 * 60);
    await tickOnce(duly);
    expect(await subject.state()).toBe('reconnect_needed');
    expect(await staffMails(world, vendor.owner)).toHaveLength(mails + 1);
    const back = await subject.person.reconnect(subject.companyId, subject.books);
    expect(companyIn(back)).toBe(subject.companyId);
    expect(await subject.readsWell()).toBe(true);
  });

  it('AUTH-11: disconnecting here ends it at once and is told the vendor; a vendor that fails does not keep anybody', async () => {
    await fault(world, vendor, { match: vendor.revoke, kind: 'status', status: 500 });
    await fault(world, vendor, { match: '/xero/connections', kind: 'status', status: 500 });
    await world.control('DELETE', '/requests');
    expect((await subject.person.press(subject.companyId, 'disconnect')).status).toBe(303);
    expect(await subject.state()).toBe('disconnected');
    expect(await subject.person.words(`/companies/${subject.companyId}/connection`)).toContain(
      'disconnected',
    );
    const told = (await seen(world, vendor)).filter(({ status }) => status === 500);
    expect(told.length).toBeGreaterThan(0);
    await world.control('DELETE', '/faults');
    await world.control('DELETE', '/requests');
    await tickOnce(duly);
    expect(await seen(world, vendor, vendor.api)).toEqual([]);
  });

  it('what one account has disconnected another may connect; the first keeps its history', async () => {
    const stranger = new Person(world, vendor, vendor.other);
    const theirs = await stranger.connect(subject.books);
    expect(theirs).not.toBe(subject.companyId);
    const refused = await subject.person.reconnect(subject.companyId, subject.books);
    expect([refused.status, wordsOf(refused)]).toEqual([409, expect.stringContaining('another account')]);
    await stranger.press(theirs, 'disconnect');
    expect(companyIn(await subject.person.reconnect(subject.companyId, subject.books))).toBe(
      subject.companyId,
    );
    expect(await subject.readsWell()).toBe(true);
  });

  it('AUTH-20: disconnecting when the vendor has no link any more succeeds, and the tokens are forgotten', async () => {
    await world.control('POST', '/disconnect', { vendor: vendor.vendor, companyId: subject.books });
    await world.control('DELETE', '/requests');
    expect((await subject.person.press(subject.companyId, 'disconnect')).status).toBe(303);
    expect(await subject.state()).toBe('disconnected');
    expect(await subject.tokenSet()).toBeNull();
  });

  it('reconnecting from the ledger’s own list of apps signs in, and finds the company with its history', async () => {
    const known = new Person(world, vendor);
    const landed = await known.visitor.go(await known.consent(subject.books, `/launch/${vendor.key}`));
    expect(landed.status).toBe(200);
    expect(wordsOf(landed)).toMatch(/disconnected/i);
    expect(await known.connect(subject.books)).toBe(subject.companyId);
    expect(await subject.readsWell()).toBe(true);
  });
});

it('AUTH-10: the shipped processes renew a token, and are refused one, while they log all they can', async () => {
  await keepAllSecrets();
  const before = secrets.size;
  await later(world, 61);
  await world.tick(true);
  await keepAllSecrets();
  // both vendors gave new ones to the shipped process: those are in its logs, or they are not
  expect(secrets.size).toBeGreaterThanOrEqual(before + 3);
  for (const vendor of ['intuit', 'xero'])
    await world.control('POST', '/faults', { vendor, match: 'token', kind: 'token_invalid_grant', times: 1 });
  await later(world, 61);
  await world.tick(true);
  await keepAllSecrets();
  expect(world.output).toContain('outgoing call');
});

it('AUTH-10: no code, state or token is in any line that the product wrote, or readable in any row', async () => {
  const known = [...secrets].filter((secret) => secret.length >= 16);
  expect(known.length).toBeGreaterThan(20);
  const rows = await allRows();
  const hex = (secret: string): string => Buffer.from(secret).toString('hex');
  expect(known.filter((secret) => world.output.includes(secret))).toEqual([]);
  expect(known.filter((secret) => rows.includes(secret) || rows.includes(hex(secret)))).toEqual([]);
});

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
