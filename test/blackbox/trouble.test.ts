import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import { Api } from '../support/api.ts';
import { connect } from '../support/connect.ts';
import { emailOnly } from '../support/email-only.ts';
import { composeIn, work } from '../support/in-process.ts';
import { mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';

const START = '2026-11-16T18:00:00Z';

interface Touch {
  readonly touchId: string;
  readonly customerId: string;
  readonly state: string;
}

describe('trouble while connecting', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ now: START });
  });
  afterAll(() => world.stop());

  const companies = async (): Promise<number> =>
    Number((await world.database.pool.query('select count(*)::int as count from company')).rows[0].count);

  it.each(['quickbooks', 'xero'])(
    'AUTH-13 a refused consent at %s is said in words and nothing is connected',
    async (provider) => {
      const browser = world.browser();
      const consent = await browser.get(`/connect/${provider}`);
      const page = await browser.submit(consent, '', { decision: provider === 'xero' ? 'cancel' : 'refuse' });
      expect(page.html).toMatch(/nothing was connected/i);
      expect(await companies()).toBe(0);
    },
  );

  it.each(['quickbooks', 'xero'])(
    'AUTH-01 a state at %s that is wrong, missing or of another browser is refused in words',
    async (provider) => {
      for (const query of ['?code=abc&state=never-given&realmId=1', '?code=abc', '?state=x', '']) {
        const page = await world.browser().get(`/connect/${provider}/callback${query}`);
        expect(page.status).toBeGreaterThanOrEqual(400);
        expect(page.status).toBeLessThan(500);
        expect(page.html).toMatch(/connect/i);
      }
      expect(await companies()).toBe(0);
    },
  );

  it('a ledger that answers 500 while connecting leaves nothing half done, and the next click works', async () => {
    await world.control('POST', '/faults', {
      vendor: 'intuit',
      match: '/v3/company',
      kind: 'html',
      status: 500,
      times: 10,
    });
    const browser = world.browser();
    await expect(connect(world, browser, 'quickbooks')).rejects.toThrow(/connecting ended/);
    expect(await companies()).toBe(0);
    await world.control('DELETE', '/faults');
    const { companyId } = await connect(world, browser, 'quickbooks');
    expect(companyId).toBeTruthy();
    expect(await companies()).toBe(1);
  });

  it('SYN-05 a first sync that breaks off is said in words and goes on where it stopped', async () => {
    const browser = world.browser();
    const { companyId, booksId } = await connect(world, browser, 'xero');
    await world.control('POST', '/faults', {
      vendor: 'xero',
      match: '/CreditNotes',
      kind: 'status',
      status: 503,
      times: 1,
    });
    await world.tick(true);
    const page = await browser.get(`/companies/${companyId}/sync`);
    expect(page.html).toMatch(/could not be read|try again/i);
    await world.tick();
    const api = await Api.of(world, companyId);
    interface Row {
      readonly customerId: string;
      readonly currency: string;
    }
    const positions = await api.get<{
      items: (Row & { open: { minor: number }; credits: { minor: number } })[];
    }>('/positions?limit=500');
    const aged = await world.control<(Row & { total: number })[]>(
      'GET',
      `/companies/${booksId}/aged-receivables`,
    );
    const sums = new Map<string, number>();
    for (const row of aged) sums.set(row.currency, (sums.get(row.currency) ?? 0) + row.total);
    for (const row of positions.items)
      sums.set(row.currency, (sums.get(row.currency) ?? 0) - row.open.minor + row.credits.minor);
    expect(positions.items.length).toBeGreaterThan(10);
    expect([...sums].filter(([, difference]) => difference !== 0)).toEqual([]);
  });
});

describe('trouble while sending', () => {
  let world: World;
  let duly: Duly;
  let api: Api;
  beforeAll(async () => {
    world = await World.start({ now: START });
    const { companyId } = await connect(world, world.browser(), 'quickbooks');
    api = await Api.of(world, companyId);
    await emailOnly(api);
    duly = composeIn(world);
    await work(world, duly);
    await api.call('PATCH', '', { mode: 'approve' });
    await work(world, duly);
  });
  afterAll(() => world.stop());

  const touches = async (state: string): Promise<readonly Touch[]> =>
    (await api.get<{ items: Touch[] }>(`/touches?state=${state}&limit=500`)).items;
  const release = async (count: number): Promise<readonly string[]> => {
    const ids = (await touches('awaiting_approval')).slice(0, count).map((touch) => touch.touchId);
    await api.call('POST', '/approvals', { touchIds: ids });
    return ids;
  };
  const mailed = async (touchId: string | undefined): Promise<number> =>
    (await mailsOf(world)).filter((mail) => mail.touchId === touchId).length;

  it('R9 IDM-13 a ledger that answers 500 right before sending: nothing leaves, a problem says so, later it does', async () => {
    const [touchId] = await release(1);
    await world.control('POST', '/faults', {
      vendor: 'intuit',
      match: '/v3/company',
      kind: 'status',
      status: 500,
      times: 0,
    });
    await work(world, duly);
    expect(await mailed(touchId)).toBe(0);
    const problems = await api.get<{ items: { kind: string; meaning: string }[] }>('/problems');
    expect(problems.items.find((problem) => problem.kind === 'sync_failed')?.meaning).toMatch(
      /nothing is sent|No reminder/,
    );
    await world.control('DELETE', '/faults');
    await world.setNow('2026-11-16T18:20:00Z');
    await work(world, duly);
    expect(await mailed(touchId)).toBe(1);
    const after = await api.get<{ items: { kind: string }[] }>('/problems');
    expect(after.items.map((problem) => problem.kind)).not.toContain('sync_failed');
  });

  it('IDM-05 a lost answer of the mail provider is looked up, not sent again', async () => {
    const [touchId] = await release(1);
    await world.control('POST', '/faults', {
      vendor: 'postmark',
      match: '/email',
      kind: 'sent_but_500',
      times: 1,
    });
    await work(world, duly);
    expect(await mailed(touchId)).toBe(1);
    await world.setNow('2026-11-16T18:40:00Z');
    await work(world, duly);
    expect((await touches('sent')).map((touch) => touch.touchId)).toContain(touchId);
    expect(await mailed(touchId)).toBe(1);
  });

  it('IDM-06 a mail provider that is surely not reached is tried again and the message leaves once', async () => {
    const [touchId] = await release(1);
    await world.control('POST', '/faults', {
      vendor: 'postmark',
      match: '/email',
      kind: 'status',
      status: 503,
      body: '{"ErrorCode":100,"Message":"Maintenance"}',
      times: 1,
    });
    await work(world, duly);
    await world.setNow('2026-11-16T19:10:00Z');
    await work(world, duly);
    expect(await mailed(touchId)).toBe(1);
    expect((await touches('sent')).map((touch) => touch.touchId)).toContain(touchId);
  });

  it('WB-02 a note whose answer was lost is written once', async () => {
    const [touchId] = await release(1);
    await world.control('POST', '/faults', {
      vendor: 'intuit',
      match: '/attachable',
      kind: 'drop_after_commit',
      times: 1,
    });
    await work(world, duly);
    await world.setNow('2026-11-16T20:00:00Z');
    await work(world, duly);
    const notes = await api.get<{ items: { touchId: string; invoiceId: string; state: string }[] }>(
      '/notes?limit=500',
    );
    expect(
      notes.items.filter((note) => note.touchId === touchId).every((note) => note.state === 'written'),
    ).toBe(true);
    const connected = await world.control<{ id: string; vendor: string }[]>('GET', '/companies');
    const books = connected.find((company) => company.vendor === 'intuit');
    const stored = await world.control<{ text: string }[]>('GET', `/companies/${books?.id}/notes`);
    const markers = stored.flatMap((note) => /\[duly:[^\]]+\]/.exec(note.text)?.[0] ?? []);
    expect(markers.filter((marker) => marker.includes(touchId ?? '-')).length).toBe(
      notes.items.filter((note) => note.touchId === touchId).length,
    );
    expect(new Set(markers).size).toBe(markers.length);
    expect(await mailed(touchId)).toBe(1);
  });
});
