import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import { Api } from '../support/api.ts';
import type { Browser } from '../support/browser.ts';
import { composeIn, work } from '../support/in-process.ts';
import { mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';
import {
  type Books,
  connectNth,
  readNotes,
  type Seen,
  seenDuring,
  seenOf,
  type Vendor,
} from './rate-support.ts';
import { beat } from './wh-support.ts';

let world: World;
let duly: Duly;
let browser: Browser;
const books: Books[] = [];
const of = (vendor: Vendor, place = 0): Books => {
  const found = books.filter((row) => row.vendor === vendor)[place];
  if (found === undefined) throw new Error('not connected');
  return found;
};

beforeAll(async () => {
  world = await World.start({ now: '2026-11-16T18:00:00Z' });
  duly = composeIn(world);
  browser = world.browser();
  for (const vendor of ['intuit', 'xero'] as const) books.push(await connectNth(world, browser, vendor, 0));
  // RATE-01 happens in the very first reading: a page in the middle of it
  await throttle(
    'intuit',
    { 'retry-after': '1' },
    { match: '/query?', after: 2, companyId: of('intuit').booksId },
  );
  await throttle('xero', { 'retry-after': '1.2' }, { match: '/Invoices?', companyId: of('xero').booksId });
  await work(world, duly);
  await world.control('POST', '/companies', { vendor: 'intuit', name: 'Second Company' });
  books.push(await connectNth(world, browser, 'intuit', 1));
  await work(world, duly);
});
afterAll(() => world.stop());
afterEach(async () => {
  await world.control('DELETE', '/faults');
  await world.control('PUT', '/xero/settings', { concurrent: 5, minute: 60, day: 5_000, appMinute: 10_000 });
  await world.control('PUT', '/intuit/limits', {});
  await minutesPass(181);
});

/** The vendor answers 429 in its own shape. */
async function throttle(vendor: Vendor, headers: Record<string, string>, more: object = {}): Promise<void> {
  await world.control('POST', '/faults', { vendor, kind: 'throttle', headers, ...more });
}

async function minutesPass(minutes: number): Promise<void> {
  await world.setNow(new Date((await world.now()).getTime() + minutes * 60_000).toISOString());
}

async function firstInvoice({ booksId }: Books): Promise<string> {
  const [invoice] = await world.control<{ id: string }[]>('GET', `/companies/${booksId}/invoices`);
  if (invoice === undefined) throw new Error('no invoice');
  return invoice.id;
}

async function problemsOf({ companyId }: Books): Promise<readonly string[]> {
  const api = await Api.of(world, companyId);
  return (await api.get<{ items: { kind: string }[] }>('/problems?limit=500')).items.map((row) => row.kind);
}

async function stateOf({ companyId }: Books): Promise<string> {
  const api = await Api.of(world, companyId);
  return (await api.get<{ connection: { state: string } }>('')).connection.state;
}

const statuses = (seen: readonly Seen[]): readonly number[] => seen.map((request) => request.status);

it('the page tells right after the first reading what it took, beside the month’s budget, which does not count it', async () => {
  const second = of('intuit', 1);
  const reads = (await seenOf(world, second)).filter(({ method }) => method === 'GET').length;
  expect(reads).toBeGreaterThan(2);
  const { html } = await browser.get(`/companies/${second.companyId}/connection`);
  const told = /(\d+) of 120 planned, and (\d+) more for the first reading of the books</.exec(html);
  const [planned, first] = [Number(told?.[1]), Number(told?.[2])];
  expect([planned + first, first > planned]).toEqual([reads, true]);
});

describe.each(['intuit', 'xero'] as const)('the limits of %s', (vendor) => {
  it('RATE-01: a 429 with Retry-After in the middle of a reading is waited for, the same page is asked again, nothing is skipped', async () => {
    const seen = await seenOf(world, of(vendor));
    const at = seen.findIndex((request) => request.status === 429);
    expect(at).toBeGreaterThan(0);
    expect(seen[at + 1]).toMatchObject({ path: seen[at]?.path, status: 200 });
    const api = await Api.of(world, of(vendor).companyId);
    const positions = await api.get<{ items: { tiesOut: boolean }[] }>('/positions?limit=500');
    expect(positions.items.length).toBeGreaterThan(10);
    expect(positions.items.filter((row) => !row.tiesOut)).toEqual([]);
  });

  it('RATE-02, RATE-06: a 429 that persists is given up after three calls; the job comes back later, and no attempt of it was used up', async () => {
    await throttle(vendor, { 'retry-after': '1' }, { times: 0, companyId: of(vendor).booksId });
    const api = await Api.of(world, of(vendor).companyId);
    const seen = await seenDuring(world, of(vendor), async () => {
      await api.call('POST', '/read');
      await beat(duly);
    });
    expect(statuses(seen)).toEqual([429, 429, 429]);
    const jobs = await world.database.pool.query(
      'select task_identifier, attempts, last_error from graphile_worker.jobs where attempts > 0 or last_error is not null',
    );
    expect(jobs.rows).toEqual([]);
    await world.control('DELETE', '/faults');
    const again = await seenDuring(world, of(vendor), async () => {
      await minutesPass(6);
      await beat(duly);
    });
    expect(again.length).toBeGreaterThan(0);
    expect(new Set(statuses(again))).toEqual(new Set([200]));
    expect(await problemsOf(of(vendor))).not.toContain('sync_failed');
  });

  it('RATE-04: a 401 is no rate limit: renewed, asked once more, nobody waits', async () => {
    await world.control('POST', '/faults', { vendor, kind: 'api_401', companyId: of(vendor).booksId });
    const invoice = await firstInvoice(of(vendor));
    const seen = await seenDuring(world, of(vendor), async () => {
      expect(await readNotes(duly, of(vendor), invoice)).toBeNull();
    });
    expect(statuses(seen).slice(0, 2)).toEqual([401, 200]);
  });

  it('RATE-04: a 429 is no refused token, whatever its body says: nothing is renewed, the connection stays', async () => {
    const fault = { vendor, kind: 'status', status: 429, companyId: of(vendor).booksId };
    const body =
      vendor === 'intuit'
        ? { fault: { error: [{ code: '3200', message: 'Token expired' }], type: 'AUTHENTICATION' } }
        : { Title: 'Unauthorized', Status: 401, Detail: 'TokenExpired: token expired' };
    const invoice = await firstInvoice(of(vendor));
    expect(await readNotes(duly, of(vendor), invoice)).toBeNull();
    await world.control('POST', '/faults', { ...fault, body, headers: { 'retry-after': '900' } });
    const before = await tokenCalls(vendor);
    expect(await readNotes(duly, of(vendor), invoice)).toBe('rate_limited');
    expect(await tokenCalls(vendor)).toBe(before);
    expect(await stateOf(of(vendor))).toBe('healthy');
  });

  it('RATE-07: many calls at once from two processes: never more in flight than the vendor allows, and none is refused', async () => {
    const most = vendor === 'intuit' ? 10 : 5;
    await world.control('POST', '/faults', { vendor, kind: 'delay', ms: 60, times: 0 });
    const other = composeIn(world);
    const invoice = await firstInvoice(of(vendor));
    const seen = await seenDuring(world, of(vendor), async () => {
      const calls = Array.from({ length: 3 * most }, (_, index) =>
        readNotes(index % 2 === 0 ? duly : other, of(vendor), invoice),
      );
      expect(new Set(await Promise.all(calls))).toEqual(new Set([null]));
    });
    expect(Math.max(...seen.map((request) => request.inFlight))).toBeLessThanOrEqual(most);
    expect(Math.max(...seen.map((request) => request.inFlight))).toBeGreaterThan(1);
    expect(new Set(statuses(seen))).toEqual(new Set([200]));
  });

  it('RATE-07: a place is free again when the call broke off', async () => {
    await world.control('POST', '/faults', {
      vendor,
      kind: 'drop',
      times: 12,
      companyId: of(vendor).booksId,
    });
    const invoice = await firstInvoice(of(vendor));
    const broken = Array.from({ length: 12 }, () => readNotes(duly, of(vendor), invoice));
    expect(new Set(await Promise.all(broken))).toEqual(new Set(['unavailable']));
    const started = performance.now();
    const fine = Array.from({ length: 6 }, () => readNotes(duly, of(vendor), invoice));
    expect(new Set(await Promise.all(fine))).toEqual(new Set([null]));
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('RATE-10: when the limits can’t be counted, nothing is asked and the read is tried again; it is never unlimited', async () => {
    const { pool } = world.database;
    await pool.query('alter function duly.take_call rename to take_call_gone');
    try {
      const refused = await seenDuring(world, of(vendor), async () => {
        const { problems } = await work(world, duly);
        expect(
          problems.filter((row) => row.companyId === of(vendor).companyId).map((row) => row.kind),
        ).toContain('sync_failed');
      });
      expect(refused).toEqual([]);
    } finally {
      await pool.query('alter function duly.take_call_gone rename to take_call');
    }
    expect(await stateOf(of(vendor))).toBe('healthy');
    const again = await seenDuring(world, of(vendor), () => work(world, duly));
    expect(again.length).toBeGreaterThan(0);
    expect(await problemsOf(of(vendor))).not.toContain('sync_failed');
  });
});

async function tokenCalls(vendor: Vendor): Promise<number> {
  return (await world.control<Seen[]>('GET', `/requests?${new URLSearchParams({ vendor, match: 'token' })}`))
    .length;
}

it('RATE-05: a company that must wait for hours is left alone by every process; another one is read as ever', async () => {
  const [slow, other] = [of('intuit'), of('intuit', 1)];
  await throttle('intuit', { 'retry-after': '7200' }, { times: 0, companyId: slow.booksId });
  expect(statuses(await seenDuring(world, slow, () => world.tick()))).toEqual([429]);
  let atOther: readonly Seen[] = [];
  const atSlow = await seenDuring(world, slow, async () => {
    atOther = await seenDuring(world, other, () => work(world, duly));
  });
  expect(atSlow).toEqual([]);
  expect(atOther.length).toBeGreaterThan(0);
  expect(new Set(statuses(atOther))).toEqual(new Set([200]));
});

it('two processes together stay within Xero’s minute: what is too much is never sent', async () => {
  const other = composeIn(world);
  const invoice = await firstInvoice(of('xero'));
  let refused = 0;
  const seen = await seenDuring(world, of('xero'), async () => {
    const calls = Array.from({ length: 70 }, (_, index) =>
      readNotes(index % 2 === 0 ? duly : other, of('xero'), invoice),
    );
    refused = (await Promise.all(calls)).filter((kind) => kind === 'rate_limited').length;
  });
  expect(seen.length).toBe(60);
  expect(new Set(statuses(seen))).toEqual(new Set([200]));
  expect(refused).toBe(10);
});

it('RATE-08: with a fifth of Xero’s day left background reads wait quietly; a person and a send go on', async () => {
  const xero = of('xero');
  const api = await Api.of(world, xero.companyId);
  const invoice = await firstInvoice(xero);
  await readNotes(duly, xero, invoice);
  // what is left counts, not who used it
  await world.control('PUT', '/xero/settings', { day: 901 });
  await readNotes(duly, xero, invoice);
  await minutesPass(60);
  const daily = await seenDuring(world, xero, async () => {
    await world.database.pool.query(
      "update company set next_run_at = '2026-01-01', books_read_at = books_read_at - interval '2 days' where company_id = $1",
      [xero.companyId],
    );
    await beat(duly);
  });
  expect(daily).toEqual([]);
  expect(await problemsOf(xero)).not.toContain('sync_failed');
  const person = await seenDuring(world, xero, async () => {
    await api.call('POST', '/read');
    await beat(duly);
  });
  expect(person.length).toBeGreaterThan(0);
  expect(await readNotes(duly, xero, invoice, 'background')).toBe('rate_limited');
  expect(await readNotes(duly, xero, invoice, 'send')).toBeNull();
});

it('RATE-08: with QuickBooks’ budget of the month used up, reminders still leave on a fresh read; the page says so', async () => {
  const intuit = of('intuit');
  const api = await Api.of(world, intuit.companyId);
  await world.setNow('2026-11-18T18:00:00Z');
  await api.call('PATCH', '', { mode: 'approve' });
  await work(world, duly);
  const { released } = await api.call<{ released: number }>('POST', '/approvals', { touchIds: 'all' });
  expect(released).toBeGreaterThan(0);
  await world.database.pool.query(
    `update call_meter set month_charged = 121 where provider = 'quickbooks' and octet_length(ledger_ref_hash) > 0`,
  );
  const seen = await seenDuring(world, intuit, () => beat(duly));
  expect(seen.filter((request) => request.path.includes('/cdc?')).length).toBe(1);
  expect((await mailsOf(world)).length).toBe(released);
  expect(await readNotes(duly, intuit, '1', 'person')).toBe('rate_limited');
  expect(await problemsOf(intuit)).not.toContain('sync_failed');
  const { html } = await browser.get(`/companies/${intuit.companyId}/connection`);
  expect(html).toMatch(
    /1\d\d of 120 planned: sending needed more reads than planned\. Reminders still leave on time\./,
  );
});

it('the app’s month of QuickBooks reads, used up, is said in words and ends with the month', async () => {
  const intuit = of('intuit');
  await world.database.pool.query(
    `update call_meter set month_reads = 500000, month = '2026-11-01' where provider = 'quickbooks' and ledger_ref_hash = ''`,
  );
  await world.setNow('2026-11-30T18:00:00Z');
  const seen = await seenDuring(world, intuit, async () => {
    const { problems } = await work(world, duly);
    const words = problems.filter((row) => row.companyId === intuit.companyId && row.kind === 'sync_failed');
    expect(words[0]?.what).toContain('used up until the 1st');
  });
  // notes are written, not read: they go on
  expect(seen.filter((request) => request.method === 'GET')).toEqual([]);
  await world.setNow('2026-12-01T18:00:00Z');
  expect((await seenDuring(world, intuit, () => work(world, duly))).length).toBeGreaterThan(0);
});
