import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import type { Browser } from '../support/browser.ts';
import { composeIn } from '../support/in-process.ts';
import { World } from '../support/world.ts';
import { Firm, type Name, type Reason, tick } from './exc-support.ts';

/** Afternoon in Portland, the next morning in Wellington: inside the hours of both. */
const HOUR = '22:00:00Z';

describe('EXC: exclusions and pauses, in both ledgers', () => {
  let world: World;
  let duly: Duly;
  let browser: Browser;
  const firms: Firm[] = [];

  const each = async (work: (firm: Firm) => Promise<unknown>): Promise<void> => {
    for (const firm of firms) await work(firm);
  };
  const on = async (day: string): Promise<void> => {
    await world.setNow(`${day}T${HOUR}`);
    await tick(duly);
  };
  /** A few minutes later, by when no ledger's limit of a minute is in the way. */
  const later = async (): Promise<void> => {
    await world.setNow(new Date((await world.now()).getTime() + 120_000).toISOString());
    await tick(duly);
  };

  beforeAll(async () => {
    world = await World.start({ now: `2026-11-16T${HOUR}` });
    duly = composeIn(world);
    browser = world.browser();
    for (const provider of ['quickbooks', 'xero'] as const)
      firms.push(await Firm.open(world, browser, provider, '2026-11-02'));
    await tick(duly);
    await each((firm) => firm.api.call('PATCH', '', { mode: 'approve' }));
    await later();
  });
  afterAll(() => world.stop());

  it('EXC-13: do-not-contact refuses what is released by hand, before any plan has seen it', async () => {
    await each(async (firm) => {
      expect(await firm.touches('silent', 'awaiting_approval')).toHaveLength(1);
      await firm.hold('silent', { kind: 'do_not_contact' });
      await expect(firm.release('silent')).rejects.toThrow(/409.*Not to be contacted.*Dana/s);
    });
  });

  it('EXC-02: a customer excluded between planning and sending gets nothing', async () => {
    await each(async (firm) => {
      await firm.release('between');
      await firm.hold('between', { kind: 'pause' });
    });
  });

  it('EXC-04: one disputed invoice rests, the other goes on; it is not disputed twice, nor above its balance', async () => {
    await each(async (firm) => {
      const [first] = firm.who('single').invoices;
      const dispute = {
        invoiceId: first?.id,
        category: 'wrong_amount',
        reason: 'ten, not twelve',
        by: 'Dana',
      };
      const { currency } = (
        await firm.api.get<{ items: { currency: string }[] }>(
          `/positions?customerId=${firm.who('single').id}`,
        )
      ).items[0] ?? { currency: '' };
      const amount = (minor: number) => ({ ...dispute, amount: { minor, currency } });
      await expect(firm.api.call('POST', '/disputes', amount(40_001))).rejects.toThrow(/400.*still open/s);
      const wrong = { ...dispute, amount: { minor: 1, currency: 'JPY' } };
      await expect(firm.api.call('POST', '/disputes', wrong)).rejects.toThrow(/400.*JPY/s);
      const set = await firm.api.call<object>('POST', '/disputes', amount(10_000));
      expect(set).toMatchObject({
        category: 'wrong_amount',
        amount: { minor: 10_000, currency },
        setBy: 'Dana',
      });
      await expect(firm.api.call('POST', '/disputes', dispute)).rejects.toThrow(
        /409.*disputed already.*Lift/s,
      );
    });
  });

  it('EXC-01: an excluded customer gets nothing for any invoice, the others go on', async () => {
    await each(async (firm) => {
      await firm.hold('excluded', { kind: 'pause' });
      await firm.hold('agency', { kind: 'legal', category: 'collection', reason: 'with Miller & Sons' });
      await firm.hold('dated', { kind: 'pause', endsOn: '2026-11-20' });
      await firm.hold('open', { kind: 'pause' });
      await firm.hold('broken', { kind: 'pause', endsOn: '2026-11-20' });
      for (const kind of ['reply', 'stopped'])
        await expect(firm.hold('replied', { kind, endsOn: '2026-11-20' })).rejects.toThrow(/400.*reviewOn/s);
      await firm.hold('replied', { kind: 'reply', reason: 'asked for a copy' });
      await firm.hold('review', { kind: 'pause', reviewOn: '2026-11-23', reason: 'call them then' });
      const [taken] = await firm.touches('stopped', 'awaiting_approval');
      await firm.api.call('POST', `/touches/${taken?.touchId}/cancel`, { reason: 'they called', by: 'Dana' });
    });
    await world.database.pool.query(
      `update hold set ends_on = '-infinity' where customer_id = any($1) and lifted_at is null`,
      [firms.map((firm) => firm.who('broken').id)],
    );
    await later();
    await each(async (firm) => {
      for (const name of ['free', 'late', 'single'] as const) await firm.release(name);
      expect(await firm.touches('excluded', 'awaiting_approval')).toEqual([]);
      const [taken] = await firm.touches('excluded', 'cancelled');
      expect(taken?.stateReason).toBe('Paused until it is lifted: they asked for it (Dana).');
    });
    await later();
    await each(async (firm) => {
      expect(await firm.mails('free')).toHaveLength(1);
      for (const name of ['excluded', 'between', 'silent', 'agency', 'dated', 'open'] as const)
        expect([name, (await firm.mails(name)).length]).toEqual([name, 0]);
      const [between] = await firm.touches('between', 'cancelled');
      expect(between?.stateReason).toContain('Paused');
      const [mail] = await firm.mails('single');
      const [disputed, other] = firm.who('single').invoices;
      expect(mail?.text).toContain(other?.number);
      expect(mail?.text).not.toContain(disputed?.number);
    });
  });

  it('EXC-14: what is handed to a collection agency is not chased, and every hold says who, since when and why', async () => {
    await each(async (firm) => {
      expect(await firm.touches('agency', 'awaiting_approval')).toEqual([]);
      const [reason] = await firm.reasons('agency');
      expect(reason).toMatchObject({ kind: 'legal', scope: 'customer', by: 'Dana', category: 'collection' });
      expect(reason?.words).toContain('with a collection agency');
      expect(reason?.since).toMatch(/^2026-11-1[67]$/);
    });
  });

  it('EXC-15: a reply holds the case and is shown to the owner', async () => {
    await each(async (firm) => {
      expect(await firm.touches('replied', 'awaiting_approval')).toEqual([]);
      expect(await firm.needsAttention('replied')).toBe(true);
      const list = await browser.get(`/companies/${firm.companyId}/receivables?show=attention`);
      expect(list.html).toContain(`replied ${firm.provider}`);
    });
  });

  it('EXC-16: whoever is put off until a day is out of the list until then', async () => {
    await each(async (firm) => {
      expect(await firm.needsAttention('review')).toBe(false);
      const list = await browser.get(`/companies/${firm.companyId}/receivables?show=attention`);
      expect(list.html).not.toContain(`review ${firm.provider}`);
    });
  });

  it('EXC-07: a dated pause ends by itself, an open-ended one never does, nor a reply that nobody answered', async () => {
    await on('2026-11-23');
    await each(async (firm) => {
      expect(await firm.touches('dated', 'awaiting_approval')).toHaveLength(1);
      expect(await firm.touches('open', 'awaiting_approval')).toEqual([]);
      expect(await firm.touches('replied', 'awaiting_approval')).toEqual([]);
      expect(await firm.needsAttention('replied')).toBe(true);
    });
  });

  it('EXC-06: a hold that cannot be read counts as a hold', async () => {
    await each(async (firm) => {
      expect(await firm.touches('broken', 'awaiting_approval')).toEqual([]);
      expect(await firm.holds('broken')).toMatchObject([{ kind: 'pause', inForce: true }]);
    });
  });

  it('EXC-16: on the day it is back in the list, still held', async () => {
    await each(async (firm) => {
      expect(await firm.needsAttention('review')).toBe(true);
      const list = await browser.get(`/companies/${firm.companyId}/receivables?show=attention`);
      expect(list.html).toContain(`review ${firm.provider}`);
      expect(list.html).toContain('call them then');
      expect(await firm.touches('review', 'awaiting_approval')).toEqual([]);
    });
  });

  it('EXC-11: what a person stopped is not started again by itself, though its next step is long due', async () => {
    await each(async (firm) => expect(await firm.touches('stopped', 'awaiting_approval')).toEqual([]));
  });

  it('EXC-03: an exclusion in a late stage takes the planned step back; lifted, it goes on where it was', async () => {
    const caseOf = async (firm: Firm) =>
      (
        await firm.api.get<{
          items: { state: string; nextAt: string | null; decision: { verdict: string } }[];
        }>(`/cases?customerId=${firm.who('late').id}`)
      ).items[0];
    const holds = new Map<Firm, string>();
    await each(async (firm) => {
      const [second] = await firm.touches('late', 'awaiting_approval');
      expect(second?.stepKey).toBe('second');
      holds.set(firm, (await firm.hold('late', { kind: 'legal', category: 'solicitor' })).holdId);
    });
    await later();
    await each(async (firm) => {
      expect(await firm.touches('late', 'awaiting_approval')).toEqual([]);
      expect(await caseOf(firm)).toMatchObject({
        state: 'open',
        nextAt: null,
        decision: { verdict: 'held' },
      });
      await firm.api.call('DELETE', `/holds/${holds.get(firm)}?by=Dana`);
    });
    await later();
    await each(async (firm) => {
      const [again] = await firm.touches('late', 'awaiting_approval');
      expect(again?.stepKey).toBe('second');
    });
  });

  it('R10: the whole company is paused on Settings, every page says so, and nothing is planned until it goes on', async () => {
    await each(async (firm) => {
      const at = `/companies/${firm.companyId}`;
      const paused = await browser.submit(await browser.get(`${at}/settings`), '/settings/pause', {
        end: 'open',
        reason: 'we are moving house',
      });
      expect(paused.html).toContain('All reminders rest until somebody lets them go on.');
      expect((await browser.get(`${at}/receivables`)).html).toContain('we are moving house');
      expect((await browser.get(`${at}/receivables?show=held`)).html).toContain(`free ${firm.provider}`);
      const { items } = await firm.api.get<{ items: Reason[] }>('/company-holds');
      expect(items).toMatchObject([{ kind: 'pause', scope: 'company', rule: 'R10' }]);
    });
    await later();
    await each(async (firm) => {
      expect(await firm.touches('late', 'awaiting_approval')).toEqual([]);
      expect((await firm.reasons('free')).map((hold) => [hold.kind, hold.scope])).toEqual([
        ['pause', 'company'],
      ]);
      const settings = await browser.get(`/companies/${firm.companyId}/settings`);
      await browser.submit(settings, '/settings/resume');
    });
    await later();
    await each(async (firm) => {
      expect(await firm.touches('late', 'awaiting_approval')).toHaveLength(1);
      expect((await browser.get(`/companies/${firm.companyId}/receivables`)).html).not.toContain(
        'moving house',
      );
    });
  });

  it('R10: sales may pause a customer and take that back, and is refused with words what only others may', async () => {
    const role = (name: string) => world.database.pool.query('update membership set role = $1', [name]);
    await role('sales');
    const [firm] = firms;
    if (firm === undefined) throw new Error('no firm');
    const at = `/companies/${firm.companyId}`;
    const page = (name: Name) => browser.get(`${at}/customers/${firm.who(name).id}`);
    const free = await page('free');
    for (const path of ['/hold', '/dispute', '/reply', '/stop']) expect(free.html).toContain(`${path}"`);
    for (const path of ['/no-contact', '/legal', '/lift']) expect(free.html).not.toContain(`${path}"`);
    const posted = (action: string) =>
      browser.submit({ ...free, html: free.html.replaceAll('/stop"', `${action}"`) }, action, {
        reason: 'x',
      });
    const refused = await posted('/no-contact');
    expect(refused.status).toBe(403);
    expect(refused.html).toContain('Ask the owner, the accountant or the bookkeeper');
    const held = await browser.submit(free, '/hold', { end: 'open', reason: 'I see them on Friday' });
    expect(held.html).toContain('Reminders for this customer rest');
    const other = (await firm.holds('excluded'))[0]?.holdId ?? '';
    const lift = await browser.submit(held, '/lift', { hold: other });
    expect(lift.status).toBe(403);
    expect(lift.html).toContain('You may lift what you set yourself');
    expect((await page('excluded')).html).not.toContain('/lift"');
    expect((await browser.submit(held, '/lift')).html).toContain('The hold is lifted');
    expect((await browser.get(`${at}/settings`)).html).not.toContain('/settings/pause"');
    await role('bookkeeper');
    const agency = await page('agency');
    expect(agency.html).toContain('Ask the owner or the accountant of the account to lift it.');
    await role('owner');
    expect((await page('agency')).html).toContain('Lift this hold');
  });
});
