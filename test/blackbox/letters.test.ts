import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import type { PolicyBody } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { step } from '../../src/policies/step.ts';
import type { Browser } from '../support/browser.ts';
import { composeIn } from '../support/in-process.ts';
import { World } from '../support/world.ts';
import { Office, type TouchWithMessage } from './approvals-support.ts';
import { tick } from './exc-support.ts';

const names = ['late', 'lowered', 'paid', 'again', 'fresh', 'never'] as const;
type Name = (typeof names)[number];

interface Letter extends TouchWithMessage {
  readonly printed: { readonly at: string; readonly by: string; readonly payBy: string } | null;
}

const policy: PolicyBody = {
  ...emailBody,
  sequences: [
    {
      key: 'post',
      name: 'Letters',
      paused: false,
      steps: [
        step({ key: 'first', name: 'first reminder', offsetDays: 3, stage: 'first' }),
        step({
          key: 'final',
          name: 'final notice',
          offsetDays: 8,
          stage: 'final',
          channel: 'letter',
          template: 'last_chance',
          consequence: 'stop_supply',
          waitsBusinessDays: 3,
        }),
      ],
    },
  ],
  settings: { ...emailBody.settings, sequence: 'post' },
};

describe('a printed letter is what was posted, and waits until somebody says so', () => {
  let world: World;
  let duly: Duly;
  let office: Office;
  let browser: Browser;

  /** Eleven in the morning in Wellington, on this day of theirs. */
  const on = async (day: string): Promise<void> => {
    const before = new Date(new Date(`${day}T22:00:00Z`).getTime() - 86_400_000);
    await world.setNow(before.toISOString());
    await tick(duly);
  };
  const letter = async (name: Name): Promise<Letter> => {
    const { touchId } = await office.touch(name);
    return await office.api.get<Letter>(`/touches/${touchId}`);
  };
  const print = async (name: Name): Promise<Letter> => (await office.change(name, 'print')) as Letter;
  const problems = async (name: Name): Promise<readonly string[]> => {
    const { items } = await office.api.get<{ items: { kind: string; customerId: string; what: string }[] }>(
      '/problems?limit=500',
    );
    return items
      .filter((row) => row.kind === 'letter_printed' && row.customerId === office.who(name).id)
      .map((row) => row.what);
  };
  const announced = async (name: Name): Promise<readonly object[]> =>
    (await office.api.get<{ items: object[] }>(`/announcements?customerId=${office.who(name).id}`)).items;

  beforeAll(async () => {
    world = await World.start({ now: '2026-11-16T22:00:00Z' });
    duly = composeIn(world);
    browser = world.browser();
    office = await Office.open(world, browser, names);
    await office.api.call('PATCH', '', { allBusinesses: true, by: 'Dana' });
    await office.api.call('PUT', '/policy', { expectedVersion: 2, document: policy, by: 'Dana' });
    await office.api.call('PUT', '/consequences/stop_supply', {
      ownerName: 'Dana Whitfield',
      ownerEmail: null,
      leadDays: 3,
      doing: 'Put the account on stop.',
      active: true,
      by: 'Dana',
    });
    await office.api.call('PATCH', '', { mode: 'approve', by: 'Dana' });
    await tick(duly);
    for (const name of names) await office.release(name);
    await tick(duly);
    await on('2026-11-24');
    for (const name of names) await office.release(name);
  });
  afterAll(() => world.stop());

  it('is printed on a read of that moment: what was paid meanwhile is not asked for', async () => {
    await office.pay('fresh', 40_000);
    await expect(print('fresh')).rejects.toThrow(/409.*not to be posted any more/s);
    const { touchId } = await office.touch('never');
    const page = await browser.get(`/companies/${office.companyId}/touches/${touchId}`);
    expect(page.html).toContain('Print the letter');
    expect(await letter('fresh')).toMatchObject({ state: 'cancelled', printed: null, message: null });
  });

  it('P20: keeps its page, the day to pay by and what it announces from the moment in which it was printed', async () => {
    const { touchId } = await office.touch('late');
    const at = `/companies/${office.companyId}/touches/${touchId}`;
    expect((await browser.get(`${at}/letter`)).html).toContain('A preview, not to be posted');
    const page = await browser.submit(
      await browser.get(`/companies/${office.companyId}/todo`),
      `${at}/print`,
    );
    expect(page.url).toContain(`${at}/letter`);
    expect(page.html).not.toContain('A preview, not to be posted');
    expect(page.html).toBe((await letter('late')).message?.html);
    expect((await browser.get(`/companies/${office.companyId}/todo`)).html).toContain('Not posted');
    for (const name of ['late', 'lowered', 'paid', 'again'] as const) {
      const printed = await print(name);
      expect(printed).toMatchObject({ state: 'approved', printed: { payBy: '2026-12-01' } });
      expect(printed.message?.text).toContain('no further deliveries');
    }
    expect(await announced('lowered')).toEqual([]);
    const once = await letter('lowered');
    await world.setNow('2026-11-23T22:10:00Z');
    expect((await print('lowered')).printed).toEqual(once.printed);
    await expect(office.change('lowered', 'skip', { reason: 'no' })).rejects.toThrow(/409.*is printed/s);
  });

  it('S8: a part payment takes a printed letter not back: a person is told, and posting it is written down as it was', async () => {
    const before = await letter('lowered');
    await office.pay('lowered', 10_000);
    await office.pay('never', 10_000);
    await on('2026-11-26');
    // nobody printed this one: it is taken back, as ever
    expect((await office.touches('never')).map(({ state }) => state)).toContain('cancelled');
    expect(await letter('lowered')).toMatchObject({ state: 'approved', touchId: before.touchId });
    expect(await problems('lowered')).toEqual([
      expect.stringMatching(/printed on .*24 Nov.* by Dana.*Since then something changed: /s),
    ]);
    await expect(office.change('lowered', 'done', { postedOn: '2026-11-23' })).rejects.toThrow(
      /400.*printed on 2026-11-24/s,
    );
    const posted = await office.change('lowered', 'done', { postedOn: '2026-11-24' });
    expect(posted).toMatchObject({ state: 'sent', outcome: { postedOn: '2026-11-24' } });
    expect(posted.message).toEqual(before.message);
    expect(await announced('lowered')).toMatchObject([
      { announcedOn: '2026-11-24', actOn: '2026-12-04', state: 'announced' },
    ]);
    expect(await problems('lowered')).toEqual([]);
  });

  it('that everything was paid takes it not back either; what was not posted is no contact', async () => {
    await office.pay('paid', 40_000);
    await on('2026-11-27');
    expect(await letter('paid')).toMatchObject({ state: 'approved', channel: 'letter' });
    expect((await problems('paid'))[0]).toContain('everything that was past due is paid');
    await office.change('paid', 'not-posted');
    await tick(duly);
    const touches = await office.touches('paid');
    const was = touches.find((touch) => touch.channel === 'letter');
    expect(was).toMatchObject({ state: 'cancelled' });
    expect(await problems('paid')).toEqual([]);
    expect(await announced('paid')).toEqual([]);
  });

  it('one that was not posted is printed anew, and its days count from then', async () => {
    await office.change('again', 'not-posted');
    await tick(duly);
    expect(await letter('again')).toMatchObject({ state: 'approved', printed: null, message: null });
    expect((await print('again')).printed?.payBy).toBe('2026-12-04');
  });

  it('is not passed over: after its days a person is asked, and weeks later it can be written down', async () => {
    expect(await letter('late')).toMatchObject({ state: 'approved' });
    expect((await problems('late'))[0]).toContain('nobody has said whether it was posted');
    await on('2026-12-16');
    const before = await letter('late');
    expect(before).toMatchObject({ state: 'approved', printed: { payBy: '2026-12-01' } });
    // posted a day after it was printed: its reader has the days that the page gave
    const posted = await office.change('late', 'done', { postedOn: '2026-11-25' });
    expect(posted.message).toEqual(before.message);
    expect(await announced('late')).toMatchObject([{ announcedOn: '2026-11-25', actOn: '2026-12-05' }]);
    await tick(duly);
    expect((await office.notes('late')).at(-1)).toContain('(final notice): posted on 25 Nov 2026');
  });
});
