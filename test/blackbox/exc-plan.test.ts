import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import { composeIn } from '../support/in-process.ts';
import { type Mail, mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';
import { DEBT, Promisers, release, tick } from './exc-promises-support.ts';

const names = ['short', 'crossed', 'disputes', 'steady', 'withdraws'];

interface Told {
  readonly at: string;
  readonly customerId: string;
  readonly stepKey: string;
}

/**
 * Everybody agrees on Monday, 16 November 2026, to pay one half by Wednesday, the 18th, and the other by the 25th; the
 * grace of the first half ends on Friday, the 20th. Four in the afternoon in England, eleven in the morning in New York.
 */
describe('R11: a plan is chased by its instalments', () => {
  let world: World;
  let duly: Duly;
  let firm: Promisers;

  const on = async (day: string): Promise<void> => {
    await world.setNow(`${day}T16:00:00Z`);
    await tick(duly);
  };
  const mails = async (name: string): Promise<readonly Mail[]> =>
    (await mailsOf(world)).filter((mail) => mail.to.includes(`${name}@`));
  const words = (mail: Mail | undefined): string => (mail?.text ?? '').replaceAll(/\s+/g, ' ');
  const lastTouch = async (name: string) => {
    const { items } = await firm.api.get<{
      items: { stepKey: string; state: string; stateReason: string | null }[];
    }>(`/touches?customerId=${firm.who(name).customerId}&limit=50`);
    return items.find(({ stepKey }) => stepKey === 'instalment');
  };

  beforeAll(async () => {
    world = await World.start({ now: '2026-11-16T16:00:00Z' });
    duly = composeIn(world);
    firm = await Promisers.open(world, 'intuit', names);
    await tick(duly);
    await firm.learnCurrency();
    const half = firm.money(DEBT / 2);
    const instalments = ['2026-11-18', '2026-11-25'].map((dueOn) => ({ dueOn, amount: half }));
    await Promise.all(names.map((name) => firm.agree(name, '/plans', { instalments, saidBy: 'Jo Park' })));
    await firm.api.call('PATCH', '', { mode: 'approve' });
    await firm.pays('steady', '2026-11-16', DEBT / 2);
    await tick(duly);
  });
  afterAll(() => world.stop());

  it('the preview tells of both: the reminder on the 19th, and the sequence after the plan has ended', async () => {
    const { items } = await firm.api.get<{ items: Told[] }>('/preview?days=30');
    const of = (name: string) =>
      items
        .filter(({ customerId }) => customerId === firm.who(name).customerId)
        .map((each) => `${each.at.slice(0, 10)} ${each.stepKey}`);
    expect(of('short').slice(0, 2)).toEqual(['2026-11-19 instalment', '2026-11-24 first']);
    expect(of('steady').slice(0, 1)).toEqual(['2026-11-27 instalment']);
  });

  it('on the day of an instalment nothing is said; on the next it waits for a person, once released it leaves', async () => {
    await on('2026-11-18');
    expect(await firm.asked()).toEqual(new Set());
    await on('2026-11-19');
    expect(await firm.asked()).toEqual(new Set(['short', 'crossed', 'disputes', 'withdraws']));
    await firm.api.call('POST', '/holds', {
      kind: 'dispute',
      category: 'goods_or_service',
      scope: 'invoice',
      invoiceId: firm.who('disputes').invoiceId,
      reason: 'half of it is missing',
      by: 'Dana',
    });
    const { items } = await firm.api.get<{ items: { agreementId: string; customerId: string }[] }>('/plans');
    const plan = items.find(({ customerId }) => customerId === firm.who('withdraws').customerId);
    await firm.api.call('POST', `/plans/${plan?.agreementId}/withdraw`, {
      reason: 'they pay at once',
      by: 'Dana',
    });
    await firm.releaseAll();
    // paid between its release and the sending
    await firm.pays('crossed', '2026-11-19', DEBT / 2);
    await release(world, duly, [firm]);
    const [mail, ...others] = await mails('short');
    expect(others).toEqual([]);
    expect(mail?.subject).toMatch(/^Instalment 1 of 2 of your plan/);
    expect(words(mail)).toContain(
      'Instalment 1 of 2, $200.00, was due on Nov 18, 2026 and is not in our books yet.',
    );
    expect(words(mail)).toContain('Please pay $200.00 by Fri, Nov 20, 2026');
  });

  it('money that came, a dispute and a withdrawal stop it, each with its reason', async () => {
    expect(await mails('crossed')).toEqual([]);
    expect(await mails('disputes')).toEqual([]);
    expect(await lastTouch('crossed')).toMatchObject({
      state: 'cancelled',
      stateReason: 'what was short of the payment plan has come in.',
    });
    expect((await lastTouch('disputes'))?.stateReason).toContain('half of it is missing');
    expect((await lastTouch('withdraws'))?.stateReason).toBe('the payment plan was withdrawn.');
  });

  it('S10: the plan’s invoice has a note of it in the ledger, and the invoice went through no step', async () => {
    const notes = await firm.control<{ invoiceId: string; text: string }[]>('GET', '/notes');
    const mine = notes.filter(({ invoiceId }) => invoiceId === firm.who('short').invoiceId);
    expect(mine.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^Instalment reminder sent by e-mail on Nov 19, 2026 .*The message asked for \$200\.00 of the payment plan\./,
      ),
    ]);
  });

  it('once only; after the grace the sequence goes on where it stood, and its first message speaks of the plan', async () => {
    for (const day of ['2026-11-20', '2026-11-23']) {
      await on(day);
      await firm.releaseAll();
    }
    expect(await mails('short')).toHaveLength(1);
    expect(await firm.stands('short')).toEqual(['breached', 0]);
    await on('2026-11-24');
    await release(world, duly, [firm]);
    const [, ended, ...others] = await mails('short');
    expect(others).toEqual([]);
    expect(ended?.subject).toMatch(/past due/);
    expect(words(ended)).toContain(
      'Instalment 1 of 2, due on Nov 18, 2026, is not in our books yet, and so the plan has ended.',
    );
    expect(words(ended)).toContain('Please pay $400.00 by');
    // whose plan was withdrawn is chased as if there had been none
    const [withdrawn] = await mails('withdraws');
    expect(words(withdrawn)).toMatch(/A short note about/);
    expect(words(withdrawn)).not.toContain('plan');
    expect([await mails('crossed'), await mails('steady'), await mails('disputes')]).toEqual([[], [], []]);
  });
});
