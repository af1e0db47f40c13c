import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { guid } from '../../sandbox/xero/wire/ids.ts';
import type { Duly } from '../../src/platform/context.ts';
import { composeIn } from '../support/in-process.ts';
import { mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';
import { DEBT, Promisers, release, tick } from './exc-promises-support.ts';

const names = [
  'free',
  'early',
  'part',
  'broken',
  'grown',
  'late-entered',
  'kept-plan',
  'breached-plan',
  'accepts',
  'lapses',
  'withdraws',
  'patient',
];

/**
 * Everybody agrees on Monday, 16 November 2026; promises and offers are for Wednesday, the 18th, so grace ends on
 * Friday, the 20th. Four in the afternoon in England, eleven in the morning in New York.
 */
describe('EXC: promises, plans and offers, in both ledgers', () => {
  let world: World;
  let duly: Duly;
  const firms: Promisers[] = [];

  const each = async (work: (firm: Promisers) => Promise<unknown>): Promise<void> => {
    await Promise.all(firms.map(work));
  };
  /** Somebody with an invoice in each of two currencies, which only a contact of Xero can be. */
  let two = '';
  const TWO = 'two@xero.example';
  const mailedTwo = async (): Promise<readonly string[]> =>
    (await mailsOf(world)).filter(({ to }) => to.includes(TWO)).map(({ text }) => text);
  const heldOf = async (firm: Promisers): Promise<ReadonlyMap<string, readonly string[]>> => {
    const address = `/positions?customerId=${encodeURIComponent(two)}`;
    type Held = { currency: string; holds: { kind: string }[] };
    const { items } = await firm.api.get<{ items: Held[] }>(address);
    return new Map(items.map(({ currency, holds }) => [currency, holds.map(({ kind }) => kind)]));
  };
  const on = async (day: string): Promise<void> => {
    await world.setNow(`${day}T16:00:00Z`);
    await tick(duly);
  };

  beforeAll(async () => {
    world = await World.start({ now: '2026-11-16T16:00:00Z' });
    duly = composeIn(world);
    for (const vendor of ['intuit', 'xero'] as const) firms.push(await Promisers.open(world, vendor, names));
    const [, xero] = firms;
    two = guid((await xero?.addTwo(TWO, ['GBP', 'EUR'])) ?? '');
    await tick(duly);
    const promise = { date: '2026-11-18', saidBy: 'Jo Park', how: 'phone' };
    await xero?.api.call('POST', '/promises', { ...promise, customerId: two, currency: 'GBP', by: 'Dana' });
    await each(async (firm) => {
      await firm.learnCurrency();
      const half = firm.money(DEBT / 2);
      const instalments = [
        { dueOn: '2026-11-18', amount: half },
        { dueOn: '2026-11-25', amount: half },
      ];
      const offer = { reduced: firm.money(30_000), validUntil: '2026-11-18' };
      await firm.api.call('PUT', `/customers/${firm.who('patient').customerId}/policy`, {
        ...{ expectedVersion: 0, segment: null, paused: false, by: 'Dana' },
        settings: { promiseGraceBusinessDays: 5 },
      });
      const promisers = ['early', 'part', 'broken', 'grown', 'late-entered', 'withdraws', 'patient'];
      await Promise.all([
        ...promisers.map((name) => firm.agree(name, '/promises', promise)),
        firm.agree('kept-plan', '/plans', { instalments, saidBy: 'Jo Park' }),
        firm.agree('breached-plan', '/plans', { instalments, saidBy: 'Jo Park' }),
        firm.agree('accepts', '/offers', offer),
        firm.agree('lapses', '/offers', offer),
      ]);
      await firm.api.call('PATCH', '', { mode: 'approve' });
    });
    await tick(duly);
    await release(world, duly, firms);
  });
  afterAll(() => world.stop());

  it('EXC-08: while a promise, plan or offer is open, nothing is sent', async () => {
    await each(async (firm) => {
      expect(await firm.mailed()).toEqual(['free']);
      expect(await firm.stands('broken')).toEqual(['pending', 0]);
      expect(await firm.told('broken')).toEqual(['promise_made']);
    });
  });

  it('R11, R3: a promise in one currency holds what is owed in that one; the other is asked for', async () => {
    const [, xero] = firms;
    if (xero === undefined) throw new Error('no firm');
    const held = await heldOf(xero);
    expect([held.get('GBP'), held.get('EUR')]).toEqual([['promise'], []]);
    const [mail = '', ...more] = await mailedTwo();
    expect(more).toEqual([]);
    expect(mail).toContain('two-EUR');
    expect(mail).not.toMatch(/two-GBP|£/);
  });

  it('a second agreement over the same invoice, and one that makes no sense, is refused with what to do', async () => {
    await each(async (firm) => {
      const second = firm.agree('broken', '/promises', { date: '2026-11-19' });
      await expect(second).rejects.toThrow(/409.*under a promise.*Withdraw/s);
      const tooMuch = firm.agree('free', '/promises', { date: '2026-11-18', amount: firm.money(DEBT + 1) });
      await expect(tooMuch).rejects.toThrow(/400.*more than/s);
      const foreign = firm.agree('free', '/promises', {
        date: '2026-11-18',
        invoiceIds: [firm.who('early').invoiceId],
      });
      await expect(foreign).rejects.toThrow(/400.*another customer/s);
      const instalments = ['2026-11-18', '2026-11-25'].map((dueOn) => ({ dueOn, amount: firm.money(1) }));
      await expect(firm.agree('free', '/plans', { instalments })).rejects.toThrow(/400.*add up to/s);
    });
  });

  it('EXC-09: kept early, a promise ends at once; an offer that is taken up leaves the rest to be credited', async () => {
    await each(async (firm) => {
      await firm.pays('early', '2026-11-17', DEBT);
      await firm.pays('part', '2026-11-17', 10_000);
      await firm.pays('kept-plan', '2026-11-17', DEBT / 2);
      await firm.pays('accepts', '2026-11-17', 30_000);
      const lines = [{ description: 'Work', quantity: 1, unitMinor: 50_000, amountMinor: 50_000 }];
      await firm.control('PATCH', `/invoices/${firm.who('grown').invoiceId}`, { lines, totalMinor: 50_000 });
    });
    await on('2026-11-17');
    await each(async (firm) => {
      expect(await firm.stands('early')).toEqual(['kept', DEBT]);
      expect(await firm.told('early')).toEqual(['promise_made', 'promise_kept']);
      expect(await firm.stands('part')).toEqual(['pending', 10_000]);
      expect(await firm.agreed('kept-plan')).toMatchObject({
        state: 'active',
        instalments: [{ state: 'paid' }, { state: 'upcoming' }],
      });
      expect(await firm.stands('accepts')).toEqual(['accepted', 30_000]);
      expect(await firm.tasks('accepts')).toEqual(['credit_the_rest']);
    });
  });

  it('EXC-10: a balance that grew during the promise counts as nothing received, not less', async () => {
    await each(async (firm) => expect(await firm.stands('grown')).toEqual(['pending', 0]));
  });

  it('EXC-08: on the last day of grace it still holds', async () => {
    await each((firm) => firm.pays('lapses', '2026-11-19', 30_000));
    await on('2026-11-20');
    await each(async (firm) => {
      for (const name of ['part', 'broken', 'grown', 'late-entered'])
        expect((await firm.agreed(name)).state).toBe('pending');
      expect((await firm.agreed('lapses')).state).toBe('open');
      const { agreementId } = await firm.agreed('withdraws');
      const why = { reason: 'they changed their mind', by: 'Dana' };
      await firm.api.call('POST', `/promises/${agreementId}/withdraw`, why);
      // R11: a plan is chased by its instalments; that reminder waits for a person
      expect(await firm.asked()).toEqual(new Set(['free', 'breached-plan']));
    });
  });

  it('EXC-09: after grace it is kept in part or broken, the plan breached, the offer lapsed; all are asked again', async () => {
    await on('2026-11-23');
    await release(world, duly, firms);
    await each(async (firm) => {
      expect(await firm.stands('part')).toEqual(['part_kept', 10_000]);
      expect(await firm.stands('broken')).toEqual(['broken', 0]);
      expect(await firm.stands('grown')).toEqual(['broken', 0]);
      // whose policy gives a promise five business days
      expect(await firm.stands('patient')).toEqual(['pending', 0]);
      expect(await firm.stands('breached-plan')).toEqual(['breached', 0]);
      expect(await firm.stands('lapses')).toEqual(['lapsed', 0]);
      expect(await firm.tasks('broken')).toEqual(['promise_broken']);
      expect(await firm.tasks('breached-plan')).toEqual(['plan_breached']);
      expect(await firm.told('part')).toEqual(['promise_made', 'promise_part_kept']);
      const again = ['part', 'broken', 'grown', 'late-entered', 'breached-plan', 'withdraws'];
      expect(new Set(await firm.mailed())).toEqual(new Set(['free', ...again]));
      expect(await firm.lastWords('broken')).toContain('It was announced for');
      expect(await firm.lastWords('breached-plan')).toContain('and so the plan has ended');
    });
  });

  it('the books go on deciding: entered late but dated in time, bounced after it was kept, credited at last', async () => {
    await each(async (firm) => {
      await firm.pays('late-entered', '2026-11-20', DEBT);
      await firm.pays('kept-plan', '2026-11-24', DEBT / 2);
      const paid = await firm.control<{ id: string; customerId: string }[]>('GET', '/payments');
      const bounced = paid.find((row) => row.customerId === firm.who('early').customerId);
      await firm.control('POST', `/payments/${bounced?.id}/void`);
      const { customerId, invoiceId } = firm.who('accepts');
      const credit = await firm.control<{ id: string }>('POST', '/credits', {
        customerId,
        totalMinor: 10_000,
      });
      await firm.control('POST', '/allocations', {
        sourceKind: 'credit',
        sourceId: credit.id,
        invoiceId,
        amountMinor: 10_000,
      });
    });
    await on('2026-11-25');
    await each(async (firm) => {
      expect(await firm.stands('late-entered')).toEqual(['kept', DEBT]);
      expect(await firm.told('late-entered')).toEqual(['promise_made', 'promise_broken', 'promise_kept']);
      expect(await firm.stands('kept-plan')).toEqual(['completed', DEBT]);
      expect(await firm.told('kept-plan')).toEqual(['plan_agreed', 'plan_completed']);
      expect(await firm.stands('early')).toEqual(['broken', 0]);
      expect(await firm.stands('accepts')).toEqual(['accepted', 30_000]);
      expect([await firm.tasks('accepts'), await firm.tasks('late-entered')]).toEqual([[], []]);
      expect(await firm.asked()).not.toContain('accepts');
      expect(await firm.asked()).toContain('early');
    });
  });

  it('R11, R3: broken, it is asked for in its own currency; on the other one’s day and in its messages it is not', async () => {
    const [, xero] = firms;
    if (xero === undefined) throw new Error('no firm');
    expect((await heldOf(xero)).get('GBP')).toEqual([]);
    const mails = await mailedTwo();
    expect(mails.map((text) => [/two-EUR/.test(text), /two-GBP|£|announced/.test(text)])).toEqual([
      [true, false],
      [true, false],
    ]);
    const address = `/touches?customerId=${encodeURIComponent(two)}&state=awaiting_approval`;
    type Waiting = { currency: string; stepKey: string; invoices: { invoiceId: string }[] };
    const { items } = await xero.api.get<{ items: Waiting[] }>(address);
    expect(items).toMatchObject([{ currency: 'GBP', stepKey: 'first', invoices: [{}] }]);
  });

  it('R11: whom the books showed to have broken a promise can have a segment of their own', async () => {
    await each(async (firm) => {
      const { version, ...document } = await firm.api.get<{ version: number }>('/policy');
      const when = { brokenPromisesAtLeast: 1 };
      const segment = { key: 'word', name: 'Broke their word', when, settings: {}, paused: false };
      const change = { expectedVersion: version, document: { ...document, segments: [segment] }, by: 'Dana' };
      await firm.api.call('PUT', '/policy', change);
      const said = await Promise.all(
        ['broken', 'early', 'part', 'free'].map((name) => firm.policyOn(name, '2026-11-26')),
      );
      expect(said.map((words) => words.includes('In the segment “Broke their word”.'))).toEqual([
        true,
        true,
        false,
        false,
      ]);
    });
  });
});
