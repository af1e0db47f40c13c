import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PolicyBody, PolicyDocument } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { step } from '../../src/policies/step.ts';
import { mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';
import { Books, idAt, pass } from './syn-support.ts';

interface Case {
  readonly nextStep: string | null;
  readonly nextAt: string | null;
  readonly decision: { verdict: string; reasons: { rule: string; words: string }[] } | null;
}

interface Touch {
  readonly touchId: string;
  readonly state: string;
  readonly stepKey: string;
}

/** Everybody has the four e-mails; who is put into a group by hand hears later, and one customer later still. */
const policy: PolicyBody = {
  ...emailBody,
  sequences: [
    ...emailBody.sequences,
    {
      key: 'soft',
      name: 'Soft',
      paused: false,
      steps: [step({ key: 'soft', name: 'soft reminder', offsetDays: 7, stage: 'first' })],
    },
    {
      key: 'rare',
      name: 'Rare',
      paused: false,
      steps: [step({ key: 'rare', name: 'rare reminder', offsetDays: 12, stage: 'first' })],
    },
  ],
  segments: [
    {
      key: 'friends',
      name: 'Friends',
      when: { byHandOnly: true },
      settings: { sequence: 'soft' },
      paused: false,
    },
  ],
};

const TWO = 'two@example.com';

let world: World;
beforeAll(async () => {
  // Monday; 10:00 in New York, 15:00 in London
  world = await World.start({ now: '2026-11-16T15:00:00Z' });
});
afterAll(() => world.stop());

describe.each(['quickbooks', 'xero'] as const)('whose policy it is: %s', (key) => {
  const ids = new Map<string, string>();
  let books: Books;
  let zone = '';

  const idOf = (name: string): string => encodeURIComponent(idAt(key, ids.get(name) ?? ''));
  async function caseOf(name: string): Promise<Case> {
    const { items } = await books.api.get<{ items: Case[] }>(`/cases?customerId=${idOf(name)}`);
    expect(items).toHaveLength(1);
    return items[0] ?? { nextStep: null, nextAt: null, decision: null };
  }
  /** `soft 2026-11-20 09:00` in the company's zone. */
  async function nextOf(name: string): Promise<string> {
    const { nextStep, nextAt } = await caseOf(name);
    if (nextAt === null) return `${nextStep} never`;
    const at = Temporal.Instant.from(nextAt).toZonedDateTimeISO(zone);
    return `${nextStep} ${at.toPlainDate()} ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`;
  }
  async function ruleOf(name: string): Promise<string> {
    const { decision } = await caseOf(name);
    return `${decision?.verdict} ${decision?.reasons[0]?.rule}: ${decision?.reasons[0]?.words}`;
  }
  const touches = async (name: string): Promise<readonly Touch[]> =>
    (await books.api.get<{ items: Touch[] }>(`/touches?customerId=${idOf(name)}`)).items;
  const ownPolicy = (name: string, own: object): Promise<unknown> =>
    books.api.call('PUT', `/customers/${idOf(name)}/policy`, {
      segment: null,
      settings: {},
      paused: false,
      by: 'Dana Whitfield',
      ...own,
    });
  /** Changes the policy in force, and plans as the next minute's work does. */
  async function change(edit: (now: PolicyBody) => PolicyBody): Promise<void> {
    const { version, ...document } = await books.api.get<PolicyDocument>('/policy');
    await books.api.call('PUT', '/policy', {
      expectedVersion: version,
      document: edit(document),
      by: 'Dana',
    });
    await books.workOff();
  }
  const settle = async (work: () => Promise<unknown>): Promise<void> => {
    await work();
    await books.workOff();
  };

  beforeAll(async () => {
    books = await Books.connect(world, key, async (make) => {
      for (const name of ['plain', 'friend', 'own', 'nothing']) {
        const id = await make.customer(name, { email: `${name}@example.com` });
        ids.set(name, id);
        await make.invoice(id, 10_000, { date: '2026-10-14', dueDate: '2026-11-13' });
      }
      // a customer of QuickBooks has one currency for good
      if (key === 'quickbooks') return;
      const id = await make.customer('two', { email: TWO });
      ids.set('two', id);
      for (const currency of ['GBP', 'EUR'])
        await make.invoice(id, 10_000, { currency, date: '2026-10-14', dueDate: '2026-11-13' });
    });
    zone = (await books.api.get<{ timeZone: string }>('')).timeZone;
    await books.tick();
    await change(() => policy);
    await ownPolicy('friend', { expectedVersion: 0, segment: 'friends' });
    await ownPolicy('own', { expectedVersion: 0, segment: 'friends', settings: { sequence: 'rare' } });
    await ownPolicy('nothing', { expectedVersion: 0, settings: { sequence: null } });
    await books.api.call('PATCH', '', { mode: 'approve' });
    await pass(world, 0.1);
    await books.tick();
  });

  it('SEQ-15: a customer’s own sequence goes before its segment’s, and that before the company’s', async () => {
    expect(await nextOf('plain')).toMatch(/^first 2026-11-16 /);
    expect(await nextOf('friend')).toBe('soft 2026-11-20 09:00');
    expect(await nextOf('own')).toBe('rare 2026-11-25 09:00');
    expect((await touches('plain')).map(({ stepKey, state }) => [stepKey, state])).toEqual([
      ['first', 'awaiting_approval'],
    ]);
  });

  it('SEQ-16: “do nothing” is nothing, and the decision says so', async () => {
    expect(await ruleOf('nothing')).toMatch(/^nothing_due SEQ-16: /);
    expect(await nextOf('nothing')).toBe('null never');
    // what was previewed before is taken back
    expect((await touches('nothing')).map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('SEQ-18: a change of settings recalculates the next send at once, and leaves alone what stands', async () => {
    const standing = await touches('plain');
    await change((now) => ({
      ...now,
      settings: { ...now.settings, window: { from: '13:00', to: '16:00' }, sendDays: [2, 4] },
    }));
    expect(await nextOf('friend')).toBe('soft 2026-11-24 13:00');
    expect(await nextOf('own')).toBe(key === 'xero' ? 'rare 2026-11-26 13:00' : 'rare 2026-12-01 13:00');
    const later = (days: number) => (now: PolicyBody) => ({
      ...now,
      sequences: now.sequences.map((one) =>
        one.key === 'soft'
          ? { ...one, steps: one.steps.map((each) => ({ ...each, offsetDays: days })) }
          : one,
      ),
    });
    await change(later(18));
    expect(await nextOf('friend')).toBe('soft 2026-12-01 13:00');
    await change((now) => ({ ...later(7)(now), settings: policy.settings }));
    expect(await nextOf('friend')).toBe('soft 2026-11-20 09:00');
    expect((await touches('plain')).map(({ touchId }) => touchId)).toEqual(
      standing.map(({ touchId }) => touchId),
    );
  });

  it('D11, SEQ-22: what is paused sends nothing and falls through to nobody else’s; resumed, it goes on', async () => {
    await settle(() => books.api.call('POST', '/policy/sequences/soft/pause', { by: 'Dana' }));
    expect(await ruleOf('friend')).toBe('held S6: The sequence “Soft” is paused.');
    expect(await nextOf('own')).toBe('rare 2026-11-25 09:00');
    await settle(() => books.api.call('POST', '/policy/sequences/soft/resume', { by: 'Dana' }));
    expect(await nextOf('friend')).toBe('soft 2026-11-20 09:00');
    await settle(() => books.api.call('POST', '/policy/segments/friends/pause', { by: 'Dana' }));
    expect(await ruleOf('own')).toBe('held S6: Reminders to “Friends” are paused.');
    await settle(() => books.api.call('POST', '/policy/segments/friends/resume', { by: 'Dana' }));
    await settle(() =>
      ownPolicy('own', { expectedVersion: 1, settings: { sequence: 'rare' }, paused: true }),
    );
    expect(await ruleOf('own')).toBe('held S6: Reminders to this customer are paused.');
  });

  it('a customer that has nothing for itself any more is treated like everybody', async () => {
    await settle(() => books.api.call('DELETE', `/customers/${idOf('own')}/policy?by=Dana`));
    expect(await nextOf('own')).toMatch(/^first 2026-11-16 /);
    await settle(() => books.api.call('DELETE', `/customers/${idOf('nothing')}/policy?by=Dana`));
    expect(await nextOf('nothing')).toMatch(/^first 2026-11-16 /);
  });

  it('SEQ-12: an impossible calendar is refused over the wire, and everything stays as it was', async () => {
    const before = await books.api.get<PolicyDocument>('/policy');
    const { version, ...document } = before;
    const impossible = { ...document, settings: { ...document.settings, sendDays: [6, 7] } };
    await expect(
      books.api.call('PUT', '/policy', { expectedVersion: version, document: impossible }),
    ).rejects.toThrow(/400.*Choose at least one day from Monday to Friday/);
    expect(await books.api.get('/policy')).toEqual(before);
  });

  if (key === 'xero')
    it('SEQ-10: the gap in one currency does not delay the other; both never leave on one day', async () => {
      const release = async (): Promise<void> => {
        const waiting = (await touches('two')).filter(({ state }) => state === 'awaiting_approval');
        await books.api.call('POST', '/approvals', { touchIds: waiting.map(({ touchId }) => touchId) });
        await books.tick();
      };
      const sentOn = async (): Promise<readonly string[]> =>
        (await mailsOf(world)).filter((mail) => mail.to.includes(TWO)).map((mail) => mail.at.slice(0, 10));
      // the hours that had moved it to the next day were undone above, and it moved back with them
      await release();
      expect(await sentOn()).toEqual(['2026-11-16']);
      await books.tick();
      expect(await touches('two')).toHaveLength(1);
      await world.setNow('2026-11-17T15:00:00Z');
      await books.tick();
      await release();
      // S3: three business days lie between two messages in one currency, a day between two messages to one customer
      expect(await sentOn()).toEqual(['2026-11-16', '2026-11-17']);
      expect((await touches('two')).map(({ stepKey, state }) => [stepKey, state])).toEqual([
        ['first', 'sent'],
        ['first', 'sent'],
      ]);
    });
});
