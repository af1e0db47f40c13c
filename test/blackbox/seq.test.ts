import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PolicyBody, PolicyDocument } from '../../src/policies/document.ts';
import { emailSteps } from '../../src/policies/policy.ts';
import { step } from '../../src/policies/step.ts';
import { type Mail, mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';
import { Books } from './syn-support.ts';

interface Case {
  readonly nextStep: string | null;
  readonly nextAt: string | null;
  readonly decision: { readonly verdict: string; readonly reasons: { rule: string; words: string }[] } | null;
}

interface Touch {
  readonly touchId: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly stepKey: string;
}

/** Due dates by customer. The first work is done on Monday, 16 November 2026; the 26th is Thanksgiving. */
const debtors = {
  plain: '2026-11-13',
  later: '2026-11-16',
  old: '2026-04-30',
  again: '2026-11-13',
  waits: '2026-11-13',
  paused: '2026-11-13',
  today: '2026-11-18',
  holiday: '2026-11-23',
  courtesy: '2026-12-02',
} as const;
type Name = keyof typeof debtors;

const [first, second] = emailSteps as [(typeof emailSteps)[number], (typeof emailSteps)[number]];
const sequences = {
  again: [
    step({
      key: 'again',
      name: 'one reminder',
      offsetDays: 3,
      stage: 'first',
      repeat: { everyDays: 7, most: 1 },
    }),
  ],
  waits: [first, second],
  today: [step({ key: 'today', name: 'note of the day', offsetDays: 0, stage: 'courtesy' }), first],
  courtesy: [step({ key: 'courtesy', name: 'courtesy note', offsetDays: -5, stage: 'courtesy' }), first],
} as const;
/** What `waits` becomes while a touch of it stands: its first step is gone, another stands in its place. */
const edited = [
  { ...first, key: 'hello', name: 'hello', offsetDays: 5 },
  { ...second, key: 'other', name: 'other reminder' },
];

describe('SEQ: the sequence over the wire, in New York', () => {
  const ids = new Map<string, string>();
  let world: World;
  let books: Books;

  const idOf = (name: Name): string => ids.get(name) ?? '';
  const at = async (instant: string): Promise<void> => {
    await world.setNow(instant);
    await books.tick();
  };
  const mails = async (name: Name): Promise<readonly Mail[]> =>
    (await mailsOf(world)).filter((mail) => mail.to.includes(`${name}@debtors.example`));
  const daysOf = async (name: Name): Promise<readonly string[]> =>
    (await mails(name)).map((mail) => mail.at.slice(0, 10));
  const touches = async (name: Name): Promise<readonly Touch[]> =>
    (await books.api.get<{ items: Touch[] }>(`/touches?customerId=${idOf(name)}`)).items;
  const steps = async (name: Name): Promise<readonly string[]> =>
    (await touches(name)).map(({ stepKey, state }) => `${stepKey} ${state}`).sort();
  const caseOf = async (name: Name): Promise<Case> => {
    const { items } = await books.api.get<{ items: Case[] }>(`/cases?customerId=${idOf(name)}`);
    return items[0] ?? { nextStep: null, nextAt: null, decision: null };
  };
  /** `second 2026-11-23T14:00:00.000Z`. */
  const nextOf = async (name: Name): Promise<string> => {
    const { nextStep, nextAt } = await caseOf(name);
    return `${nextStep} ${nextAt}`;
  };
  const edit = async (change: (now: PolicyBody) => PolicyBody): Promise<void> => {
    const { version, ...document } = await books.api.get<PolicyDocument>('/policy');
    await books.api.call('PUT', '/policy', {
      expectedVersion: version,
      document: change(document),
      by: 'Dana',
    });
  };
  const own = async (name: Name, expectedVersion: number, more: object): Promise<void> => {
    const body = { expectedVersion, segment: null, settings: {}, paused: false, by: 'Dana', ...more };
    await books.api.call('PUT', `/customers/${idOf(name)}/policy`, body);
  };

  beforeAll(async () => {
    // ten in the morning
    world = await World.start({ now: '2026-11-16T15:00:00Z' });
    books = await Books.connect(world, 'quickbooks', async (make) => {
      for (const [name, dueDate] of Object.entries(debtors)) {
        const id = await make.customer(name, { email: `${name}@debtors.example` });
        ids.set(name, id);
        await make.invoice(id, 10_000, { number: `N-${name}`, date: '2026-04-01', dueDate });
      }
    });
    await books.tick();
    await edit((now) => ({
      ...now,
      sequences: [
        ...now.sequences,
        ...Object.entries(sequences).map(([key, own]) => ({
          key,
          name: `Sequence ${key}`,
          paused: false,
          steps: own,
        })),
      ],
    }));
    for (const name of ['again', 'waits', 'today', 'courtesy'] as const)
      await own(name, 0, { settings: { sequence: name } });
    await books.api.call('PATCH', '', { mode: 'approve' });
    await at('2026-11-16T15:05:00Z');
  });
  afterAll(() => world.stop());

  it('SEQ-06: a debt of 200 days begins with the first step, once, and a person releases the first batch', async () => {
    expect(await steps('old')).toEqual(['first awaiting_approval']);
    expect(await mailsOf(world)).toEqual([]);
    const release = (['plain', 'old', 'again'] as const).map(
      async (name) => (await touches(name)).find(({ state }) => state === 'awaiting_approval')?.touchId,
    );
    await books.api.call('POST', '/approvals', { touchIds: await Promise.all(release), by: 'Dana' });
    await books.api.call('PATCH', '', { mode: 'autopilot' });
    await at('2026-11-16T15:10:00Z');
    expect(await daysOf('old')).toEqual(['2026-11-16']);
    expect(await nextOf('old')).toBe('second 2026-11-23T14:00:00.000Z');
  });

  it('SEQ-20, SEQ-21: a clock that steps back, by an hour or by days, sends nothing again and says why', async () => {
    const before = (await mailsOf(world)).length;
    await at('2026-11-16T14:30:00Z');
    expect(await mailsOf(world)).toHaveLength(before);
    await at('2026-11-13T15:00:00Z');
    expect(await mailsOf(world)).toHaveLength(before);
    expect(await steps('plain')).toEqual(['first sent']);
    // planned anew on that day, by a change of no effect
    const { settings } = await books.api.get<PolicyDocument>('/policy');
    await own('plain', 0, { settings: { sequence: settings.sequence } });
    await books.workOff();
    const { items } = await books.api.get<{ items: Case['decision'][] }>(
      `/decisions?customerId=${idOf('plain')}&day=2026-11-13`,
    );
    expect(items).toMatchObject([{ verdict: 'held' }]);
    expect(items[0]?.reasons[0]?.words).toMatch(/^The clock says 2026-11-13T15:00.* before the last message/);
    await at('2026-11-16T15:15:00Z');
    expect(await mailsOf(world)).toHaveLength(before);
    expect(await nextOf('plain')).toBe('second 2026-11-23T14:00:00.000Z');
  });

  it('D11, SEQ-22: who is paused is not written to, and what stood for them is taken back', async () => {
    await own('paused', 0, { paused: true });
    await books.workOff();
    expect(await steps('paused')).toEqual(['first cancelled']);
    expect((await caseOf('paused')).decision).toMatchObject({
      verdict: 'held',
      reasons: [{ rule: 'S6' }, {}],
    });
  });

  it('SEQ-03: the step of the due date goes out on that day', async () => {
    await at('2026-11-17T15:00:00Z');
    expect(await mails('today')).toEqual([]);
    await at('2026-11-18T15:00:00Z');
    expect(await daysOf('today')).toEqual(['2026-11-18']);
  });

  it('SEQ-01, SEQ-13: the first step goes out at due date plus its days, from the first minute of the window on', async () => {
    expect(await mails('later')).toEqual([]);
    expect(await nextOf('later')).toBe('first 2026-11-19T14:00:00.000Z');
    await at('2026-11-19T13:59:00Z');
    expect(await mails('later')).toEqual([]);
    await at('2026-11-19T14:00:00Z');
    expect((await mails('later')).map((mail) => mail.at.slice(0, 16))).toEqual(['2026-11-19T14:00']);
    await own('later', 0, { paused: true });
    await books.workOff();
  });

  it('SEQ-17: a sequence that is edited leaves alone what stands in it; what follows is of the new one', async () => {
    const [standing] = await touches('waits');
    expect(standing).toMatchObject({ state: 'awaiting_approval', stepKey: 'first' });
    await edit((now) => ({
      ...now,
      sequences: now.sequences.map((one) => (one.key === 'waits' ? { ...one, steps: edited } : one)),
    }));
    expect(await touches('waits')).toMatchObject([
      { touchId: standing?.touchId, state: 'awaiting_approval' },
    ]);
    await books.api.call('POST', '/approvals', { touchIds: [standing?.touchId], by: 'Dana' });
    await at('2026-11-19T14:05:00Z');
    expect(await steps('waits')).toEqual(['first sent']);
    expect(await nextOf('waits')).toMatch(/^other 2026-11-2/);
  });

  it('SEQ-11: nothing leaves on a public holiday; the next working day does', async () => {
    const before = (await mailsOf(world)).length;
    await at('2026-11-26T15:00:00Z');
    expect(await mailsOf(world)).toHaveLength(before);
    expect(await nextOf('holiday')).toBe('first 2026-11-27T14:00:00.000Z');
  });

  it('SEQ-04, SEQ-05: after a week of silence one step is sent each, none is left out, and what follows is pushed', async () => {
    await at('2026-11-27T15:00:00Z');
    expect(await daysOf('plain')).toEqual(['2026-11-16', '2026-11-27']);
    expect(await steps('plain')).toEqual(['first sent', 'second sent']);
    expect(await daysOf('old')).toEqual(['2026-11-16', '2026-11-27']);
    // thirteen days lie between the second and the third
    expect(await nextOf('plain')).toBe('third 2026-12-10T14:00:00.000Z');
    expect(await daysOf('holiday')).toEqual(['2026-11-27']);
  });

  it('SEQ-02: the courtesy step goes out its days before the due date, not after it', async () => {
    expect(await daysOf('courtesy')).toEqual(['2026-11-27']);
    expect(await steps('courtesy')).toEqual(['courtesy sent']);
  });

  it('SEQ-07, SEQ-08: the last step repeats at its interval as often as it may; then the sequence is finished', async () => {
    expect(await daysOf('again')).toEqual(['2026-11-16', '2026-11-27']);
    await at('2026-12-04T15:00:00Z');
    await at('2026-12-11T15:00:00Z');
    expect(await daysOf('again')).toEqual(['2026-11-16', '2026-11-27']);
    const { decision, nextAt } = await caseOf('again');
    expect([decision?.verdict, nextAt]).toEqual(['nothing_due', null]);
    expect(decision?.reasons[0]?.words).toContain('has been through all its steps');
  });

  it('SEQ-22, SEQ-23: resumed, it goes on where it was, an hour later at the earliest and inside the hours', async () => {
    // Monday, half past four in the afternoon: an hour later it is closed
    await world.setNow('2026-12-14T21:30:00Z');
    await own('paused', 1, {});
    await books.workOff();
    expect(await nextOf('paused')).toBe('first 2026-12-15T14:00:00.000Z');
    await world.setNow('2026-12-15T15:00:00Z');
    await own('later', 1, {});
    await books.workOff();
    expect(await nextOf('later')).toBe('second 2026-12-15T16:00:00.000Z');
    await books.tick();
    expect(await daysOf('later')).toEqual(['2026-11-19']);
    await at('2026-12-15T16:00:00Z');
    expect(await daysOf('later')).toEqual(['2026-11-19', '2026-12-15']);
    expect(await daysOf('paused')).toEqual(['2026-12-15']);
  });

  it('P9, S7: who owns the relationship hears of a step an hour before it leaves, and the preview knows that', async () => {
    const informing = { contacts: false, escalation: false, informSales: true };
    await edit((now) => ({
      ...now,
      sequences: now.sequences.map((one) => ({
        ...one,
        steps: one.steps.map((each) => (each.key === 'first' ? { ...each, recipients: informing } : each)),
      })),
    }));
    const id = await books.make.customer('told', { email: 'told@debtors.example' });
    await at('2026-12-16T14:50:00Z');
    const sales = { name: 'Sam', email: 'sam@larkspur.example' };
    const people = { escalation: null, sales, emailConsent: null, by: 'Dana' };
    await books.api.call('PUT', `/customers/${id}/people`, people);
    await books.make.invoice(id, 10_000, { number: 'N-told', date: '2026-11-01', dueDate: '2026-12-01' });
    await at('2026-12-16T15:00:00Z');
    const { items } = await books.api.get<{ items: { at: string }[] }>(`/preview?days=1&customerId=${id}`);
    expect(items.map((touch) => touch.at)).toEqual(['2026-12-16T16:00:00.000Z']);
    await at('2026-12-16T15:59:00Z');
    await at('2026-12-16T16:00:00Z');
    const to = async (email: string): Promise<readonly string[]> =>
      (await mailsOf(world)).filter((mail) => mail.to.includes(email)).map((mail) => mail.at);
    expect(await to('told@debtors.example')).toEqual(['2026-12-16T16:00:00.000Z']);
    expect(await to('sam@larkspur.example')).toEqual(['2026-12-16T15:00:00.000Z']);
  });
});
