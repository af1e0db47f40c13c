import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import { inSystem } from '../../src/platform/db.ts';
import { addJob } from '../../src/platform/jobs.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { formOf, wordsOf } from '../companies/visitor.ts';
import { World } from '../support/world.ts';
import {
  companyIn,
  composeWith,
  fault,
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

beforeAll(async () => {
  world = await World.start({ now: '2026-11-16T18:00:00Z' });
  duly = composeWith(world);
});
afterAll(() => world.stop());
afterEach(async () => {
  await world.control('DELETE', '/faults');
});

async function count(table: string): Promise<number> {
  return (await world.database.pool.query(`select count(*)::int as count from ${table}`)).rows[0].count;
}

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
    const none = await person.visitor.go(form.action, new URLSearchParams(form.fields));
    expect([none.url, wordsOf(none)]).toEqual([
      chooser.url,
      expect.stringContaining('Nothing is ticked yet'),
    ]);
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
    // one cause, one mail, that names them all
    expect(told.slice(mails)).toHaveLength(1);
    for (const name of names.slice(1)) expect(told[mails]?.TextBody).toContain(name);
    await person.reconnect(rest[0] ?? '', tenants[1] ?? '');
    expect(await healthy()).toBe(rest.length);
    await later(world, 10);
    await tickOnce(duly);
    expect(await healthy()).toBe(rest.length);
  });
});
