import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Currency } from '../../src/domain/currency.ts';
import { formatMoney } from '../../src/domain/money.ts';
import type { Duly } from '../../src/platform/context.ts';
import type { PolicyBody } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { composeIn } from '../support/in-process.ts';
import { type Mail, mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';
import { Office } from './approvals-support.ts';
import { tick } from './exc-support.ts';

interface Announcement {
  readonly announcementId: string;
  readonly customerId: string;
  readonly clause: string;
  readonly announcedOn: string;
  readonly actOn: string;
  readonly state: string;
  readonly ownerName: string;
}

interface Interest {
  readonly items: readonly { readonly interest: { readonly minor: number; readonly currency: string } }[];
  readonly paidLate: { readonly items: readonly unknown[] };
}

/** Every customer has a sequence of its own: a first message, then a final one that announces a stop of supply, or interest. */
const plans = {
  early: [3, 8],
  told: [3, 10],
  posted: [3, 10],
  other: [33, 40],
  again: [33, 43],
  charged: [33, 43],
} as const;
type Name = keyof typeof plans;
const names = Object.keys(plans) as Name[];

function stepsOf(name: Name): readonly Step[] {
  const [first, last] = plans[name];
  const letter = name === 'posted' ? ({ channel: 'letter', template: 'last_chance' } as const) : {};
  return [
    step({ key: 'first', name: 'first reminder', offsetDays: first, stage: 'first' }),
    step({
      key: 'final',
      name: 'final notice',
      offsetDays: last,
      stage: 'final',
      consequence: name === 'charged' ? 'interest' : 'stop_supply',
      ...letter,
    }),
  ];
}

const policy: PolicyBody = {
  ...emailBody,
  sequences: names.map((key) => ({ key, name: key, paused: false, steps: stepsOf(key) })),
  settings: {
    ...emailBody.settings,
    sequence: null,
    lateFee: {
      ...{ kind: 'contract', yearlyRateBp: 1_200, graceDays: 0 },
      ...{ attestedBy: 'Dana Whitfield', attestedOn: '2026-11-02' },
    },
  },
};

const CLAUSE = 'we make no further deliveries until the account is settled';

describe('P8: what is announced is done or withdrawn', () => {
  let world: World;
  let duly: Duly;
  let office: Office;

  /** Eleven in the morning in Wellington, on this day of theirs. */
  const on = async (day: string): Promise<void> => {
    const before = new Date(new Date(`${day}T22:00:00Z`).getTime() - 86_400_000);
    await world.setNow(before.toISOString());
    await tick(duly);
  };
  const mailsTo = async (name: Name): Promise<readonly Mail[]> =>
    (await mailsOf(world)).filter((mail) => mail.to.includes(office.who(name).email));
  const announcements = async (name?: Name): Promise<readonly Announcement[]> => {
    const query = name === undefined ? '' : `?customerId=${office.who(name).id}`;
    return (await office.api.get<{ items: Announcement[] }>(`/announcements${query}`)).items;
  };
  const settle = async (name: Name, how: string, note: string): Promise<Announcement> => {
    const id = (await announcements(name))[0]?.announcementId;
    return await office.api.call('POST', `/announcements/${id}/${how}`, { note, by: 'Dana' });
  };
  const reasons = async (name: Name): Promise<string> => {
    const { items } = await office.api.get<{ items: { decision: { reasons: unknown } }[] }>(
      `/cases?customerId=${office.who(name).id}`,
    );
    return JSON.stringify(items.map(({ decision }) => decision.reasons));
  };
  /** Another invoice of theirs of 400.00, due on 12 October, half paid eight days later and the rest on 1 November. */
  const paidLate = async (name: Name): Promise<void> => {
    const books = `/companies/${office.booksId}`;
    const [invoice] = await world.control<{ id: string }[]>('POST', `${books}/invoices`, [
      {
        ...{
          customerId: office.who(name).id,
          number: 'PAID-LATE',
          date: '2026-09-12',
          dueDate: '2026-10-12',
        },
        lines: [{ description: 'Work', quantity: 1, unitMinor: 40_000, amountMinor: 40_000 }],
      },
    ]);
    for (const date of ['2026-10-20', '2026-11-01'])
      await world.control('POST', `${books}/payments`, {
        ...{ date, applyTo: [{ invoiceId: invoice?.id, amountMinor: 20_000 }] },
      });
  };
  const problems = async (): Promise<readonly string[]> =>
    (await office.api.get<{ items: { kind: string }[] }>('/problems')).items.map(({ kind }) => kind);

  beforeAll(async () => {
    world = await World.start({ now: '2026-11-16T22:00:00Z' });
    duly = composeIn(world);
    office = await Office.open(world, world.browser(), names);
    await paidLate('charged');
    await office.api.call('PATCH', '', { allBusinesses: true, by: 'Dana' });
    await office.api.call('PUT', '/policy', { expectedVersion: 2, document: policy, by: 'Dana' });
    await tick(duly);
    for (const name of names) await office.sequence(name, name);
    await office.api.call('PATCH', '', { mode: 'autopilot', by: 'Dana' });
    await tick(duly);
    for (const name of ['early', 'told', 'posted'] as const) await office.release(name);
    await on('2026-11-17');
  });
  afterAll(() => world.stop());

  it('announces nothing that nobody approved, and the decision says so', async () => {
    await on('2026-11-23');
    expect(await reasons('early')).toContain('“stop supply” is not an approved entry of the catalogue');
    expect(await office.touch('early')).toMatchObject({ stepKey: 'final', state: 'awaiting_approval' });
    await office.release('early');
    await tick(duly);
    expect((await mailsTo('early')).at(-1)?.text).not.toContain('no further deliveries');
    expect(await announcements()).toEqual([]);
  });

  it('approved: autopilot waits for a person all the same; the mail says it, and it stands with its day', async () => {
    for (const [kind, doing] of [
      ['stop_supply', 'Put the account on stop.'],
      ['interest', 'Enter the interest as an invoice of its own.'],
    ])
      await office.api.call('PUT', `/consequences/${kind}`, {
        ...{ ownerName: 'Dana Whitfield', ownerEmail: null, leadDays: 3, doing, active: true, by: 'Dana' },
      });
    await on('2026-11-24');
    expect(await office.touch('told')).toMatchObject({ stepKey: 'final', state: 'awaiting_approval' });
    expect(await announcements()).toEqual([]);
    await office.release('told');
    await tick(duly);
    expect((await mailsTo('told')).at(-1)?.text).toMatch(/from [^.]*4 December 2026|from [^.]*4 Dec 2026/);
    expect((await mailsTo('told')).at(-1)?.text).toContain(CLAUSE);
    expect(await announcements('told')).toMatchObject([
      {
        clause: CLAUSE,
        announcedOn: '2026-11-24',
        actOn: '2026-12-04',
        state: 'announced',
        ownerName: 'Dana Whitfield',
      },
    ]);
  });

  it('a letter announces it once it is posted', async () => {
    await office.release('posted');
    await tick(duly);
    expect(await announcements('posted')).toEqual([]);
    await office.change('posted', 'done', { postedOn: '2026-11-24' });
    expect(await announcements('posted')).toMatchObject([{ actOn: '2026-12-04', state: 'announced' }]);
    await expect(settle('posted', 'done', 'Too soon.')).rejects.toThrow(/409.*given until then/);
  });

  it('its day comes and it is a problem; done or while it is disputed, it is none; five business days later it is broken', async () => {
    await on('2026-12-04');
    expect((await problems()).filter((kind) => kind === 'consequence_due')).toHaveLength(2);
    expect(await settle('posted', 'done', 'The account is on stop.')).toMatchObject({ state: 'done' });
    expect((await problems()).filter((kind) => kind === 'consequence_due')).toHaveLength(1);
    // R10, R11: the invoice alone is held, and nobody is asked to act upon it
    const { holdId } = await office.api.call<{ holdId: string }>('POST', '/disputes', {
      ...{ invoiceId: office.who('told').invoiceId, category: 'goods_or_service' },
      ...{ reason: 'Two boxes were broken', by: 'Dana' },
    });
    await tick(duly);
    expect(await problems()).not.toContain('consequence_due');
    await office.api.call('DELETE', `/holds/${holdId}?by=Dana`);
    await on('2026-12-07');
    expect(await problems()).toContain('consequence_due');
    // the five business days count from the end of the hold
    await on('2026-12-11');
    expect(await announcements('told')).toMatchObject([{ state: 'announced' }]);
    await on('2026-12-14');
    expect(await announcements('told')).toMatchObject([{ state: 'broken' }]);
    expect(await problems()).toContain('consequence_broken');
  });

  it('while it is broken nobody is told of any consequence', async () => {
    await on('2026-12-14');
    expect(await reasons('other')).toContain('one that was announced is neither done nor withdrawn');
    await office.release('other');
    await tick(duly);
    expect((await mailsTo('other')).at(-1)?.subject).not.toBe('');
    expect((await mailsTo('other')).at(-1)?.text).not.toContain('no further deliveries');
    expect(await announcements('other')).toEqual([]);
  });

  it('withdrawn, the customer hears it, and announcing works again', async () => {
    expect(await settle('told', 'withdraw', 'They have agreed to a plan.')).toMatchObject({
      state: 'withdrawn',
    });
    await on('2026-12-15');
    const mail = (await mailsTo('told')).at(-1);
    expect(mail?.subject).toContain('what we announced is withdrawn');
    expect(mail?.text).toMatch(/We take that back: it will\s+not happen/);
    expect(await problems()).not.toContain('consequence_broken');
    await on('2026-12-17');
    expect(await reasons('again')).not.toContain('P8');
    await office.release('again');
    await tick(duly);
    expect((await mailsTo('again')).at(-1)?.text).toContain(CLAUSE);
    expect(await announcements('again')).toMatchObject([{ state: 'announced' }]);
  });

  it('D10: interest is announced with its terms and what it comes to by the day of the mail, as the API has it', async () => {
    const { items, paidLate: late } = await office.api.get<Interest>(
      `/customers/${office.who('charged').id}/interest?day=2026-12-17`,
    );
    // 12 %: 8 days on 400.00 and 12 on 200.00, in no sum of the mail below
    expect(late.items).toMatchObject([
      { number: 'PAID-LATE', paidOn: '2026-11-01', daysLate: 20, kind: 'sum', interest: { minor: 184 } },
    ]);
    const { touchId } = await office.touch('charged');
    const preview = await office.api.get<{ text: string }>(`/touches/${touchId}/preview`);
    await office.release('charged');
    await tick(duly);
    const text = (await mailsTo('charged')).at(-1)?.text ?? '';
    const said = text.split('\n').find((line) => line.startsWith('If we have neither'));
    expect(said).toContain('we charge interest at 12 % a year under our terms with you');
    const [one] = items;
    const sum = formatMoney(one?.interest.minor ?? 0, one?.interest.currency as Currency, 'en-NZ');
    expect(said?.endsWith(`By 17 Dec 2026 this comes to ${sum} interest.`)).toBe(true);
    expect(items).toHaveLength(1);
    expect(preview.text).toBe(text);
    expect(await announcements('charged')).toMatchObject([
      { state: 'announced', ownerName: 'Dana Whitfield' },
    ]);
  });
});
