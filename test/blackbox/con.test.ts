import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, type Day } from '../../src/domain/day.ts';
import type { PolicyDocument } from '../../src/policies/document.ts';
import { emailSteps } from '../../src/policies/policy.ts';
import { step } from '../../src/policies/step.ts';
import { formOf } from '../companies/visitor.ts';
import { type Mail, mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';
import { Books, idAt, pass } from './syn-support.ts';

interface Touch {
  readonly touchId: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly stepKey: string;
  readonly ask: { readonly minor: number };
}

interface Decision {
  readonly verdict: string;
  readonly reasons: readonly { readonly rule: string; readonly words: string }[];
}

const names = ['three', 'nobody', 'contacts', 'changed', 'part', 'stage', 'early', 'sender', 'shut'] as const;
type Name = (typeof names)[number];
/** Xero's contact persons: the ledger sends invoices to one of them. */
const persons = [
  { firstName: 'Tom', lastName: 'Reed', email: 'tom@debtors.example', includeInEmails: false },
  { firstName: 'Anna', lastName: 'Berg', email: 'anna@debtors.example', includeInEmails: true },
];
/** A day for each: a Monday, a week after which its second reminders are due. */
const days = { quickbooks: '2026-11-16', xero: '2026-11-30' } as const;
/** Whose invoices are spoken of before they are due. */
const beforehand = {
  key: 'beforehand',
  name: 'Beforehand',
  paused: false,
  steps: [
    step({ key: 'courtesy', name: 'courtesy note', offsetDays: -5, stage: 'courtesy' }),
    ...emailSteps.slice(0, 1),
  ],
};
const nowhere = { line1: '', city: '', region: '', postalCode: '', country: '' };

let world: World;
beforeAll(async () => {
  world = await World.start({ now: '2026-11-16T14:10:00Z' });
});
afterAll(() => world.stop());

describe.each(['quickbooks', 'xero'] as const)('CON: what reaches whom: %s', (key) => {
  const ids = new Map<string, string>();
  const copies = `copies.${key}@firm.example`;
  let books: Books;

  const there = (name: string): string => ids.get(name) ?? '';
  const address = (name: Name): string => `${name}.${key}@debtors.example`;
  const mails = async (to: string): Promise<readonly Mail[]> =>
    (await mailsOf(world)).filter((mail) => mail.to.includes(to));
  const touches = async (name: Name): Promise<readonly Touch[]> => {
    const customerId = encodeURIComponent(idAt(key, there(name)));
    return (await books.api.get<{ items: Touch[] }>(`/touches?customerId=${customerId}`)).items;
  };
  const states = async (name: Name): Promise<readonly unknown[]> =>
    (await touches(name)).map(({ stepKey, state, ask }) => [stepKey, state, ask.minor]);
  const decision = async (name: Name): Promise<Decision | undefined> => {
    const customerId = encodeURIComponent(idAt(key, there(name)));
    const { items } = await books.api.get<{ items: { decision: Decision }[] }>(
      `/cases?customerId=${customerId}`,
    );
    return items[0]?.decision;
  };
  const release = async (name: Name): Promise<void> => {
    const waiting = (await touches(name)).filter(({ state }) => state === 'awaiting_approval');
    await books.api.call('POST', '/approvals', {
      touchIds: waiting.map(({ touchId }) => touchId),
      by: 'Dana',
    });
  };
  const inDays = (count: number): Day => addDays(days[key] as Day, count);
  const later = async (hours: number): Promise<void> => {
    await pass(world, hours);
    await books.tick();
  };

  beforeAll(async () => {
    // ten past nine in New York, ten past two in London
    await world.setNow(`${days[key]}T14:10:00Z`);
    books = await Books.connect(world, key, async (make) => {
      await make.patch('', { address: nowhere });
      for (const name of names) {
        const email = name === 'nobody' || name === 'contacts' ? undefined : address(name);
        const more = name === 'contacts' ? { contacts: persons } : {};
        const id = await make.customer(name, { email, ...more });
        ids.set(name, id);
        const due = name === 'early' ? { dueDate: inDays(4) } : {};
        for (let index = 1; index <= (name === 'three' ? 3 : 1); index += 1) {
          const row = { number: `${name}-${index}`, ...due };
          ids.set(`${name}/${index}`, await make.invoice(id, index * 10_000, row));
        }
      }
    });
    await books.api.call('PATCH', '', { bccEmail: copies, by: 'Dana' });
    await books.tick();
    const { version, ...document } = await books.api.get<PolicyDocument>('/policy');
    const more = { ...document, sequences: [...document.sequences, beforehand] };
    await books.api.call('PUT', '/policy', { expectedVersion: version, document: more, by: 'Dana' });
    const own = { segment: null, settings: { sequence: 'beforehand' }, paused: false };
    await books.api.call('PUT', `/customers/${encodeURIComponent(idAt(key, there('early')))}/policy`, {
      ...{ expectedVersion: 0, by: 'Dana' },
      ...own,
    });
  });

  it('CON-12: without a postal address sending is not switched on, neither by a program nor on the page', async () => {
    const off = books.api.call('PATCH', '', { mode: 'approve' });
    await expect(off).rejects.toThrow(/409.*full postal address.*Brand page/s);
    const { companyId, person } = books;
    const at = `${world.duly}/companies/${companyId}`;
    const post = async (page: string, fields: Record<string, string>) => {
      const { fields: filled } = formOf(await person.page(`${at}/connection`));
      const form = new URLSearchParams({ ...fields, _csrf: filled.get('_csrf') ?? '' });
      return await person.visitor.go(`${at}/${page}`, form);
    };
    expect((await post('settings/mode', { mode: 'autopilot' })).html).toContain(
      'Give the full postal address',
    );
    expect(await books.api.get('')).toMatchObject({ mode: 'preview' });
    const brand = {
      name: 'Books',
      colour: '#0b6b63',
      style: 'own',
      serviceName: 'Books Accounts',
      contactName: 'Maria Lopez',
      contactEmail: 'accounts@books.example',
      postalAddress: '1 Mill Lane\nPortland OR 97201',
    };
    expect((await post('brand', brand)).html).toContain('The brand is saved.');
    expect(await books.api.call('PATCH', '', { mode: 'approve' })).toMatchObject({ mode: 'approve' });
    await later(0.1);
  });

  it('CON-01: three late invoices in one currency are one mail, with one total', async () => {
    await release('three');
    await books.tick();
    const [mail, ...more] = await mails(address('three'));
    expect(more).toEqual([]);
    for (const number of ['three-1', 'three-2', 'three-3']) expect(mail?.text).toContain(number);
    expect(mail?.text).toMatch(/600\.00/);
    expect(mail?.text).toContain('1 Mill Lane');
  });

  it('CON-05: the blind copy that was set gets the same message, once, and is not named in it', async () => {
    const [mail] = await mails(address('three'));
    const copied = await mails(copies);
    expect(copied.map(({ subject, html, text }) => ({ subject, html, text }))).toEqual([
      { subject: mail?.subject, html: mail?.html, text: mail?.text },
    ]);
    expect(`${mail?.to} ${mail?.text} ${mail?.html}`).not.toContain(copies);
    await books.tick();
    expect(await mails(copies)).toHaveLength(1);
  });

  it('CON-03: without an address nothing is sent, the reason is shown, and the step stays open', async () => {
    expect(await touches('nobody')).toEqual([]);
    const held = await decision('nobody');
    expect(held?.verdict).toBe('held');
    expect(held?.reasons.map(({ rule }) => rule)).toContain('S9');
    const { items } = await books.api.get<{ items: { customerId: string }[] }>(
      '/positions?attention=true&limit=500',
    );
    expect(items.map(({ customerId }) => customerId)).toContain(idAt(key, there('nobody')));
    await books.make.patch(`/customers/${there('nobody')}`, { email: address('nobody') });
    await later(0.1);
    expect(await states('nobody')).toEqual([['first', 'awaiting_approval', 10_000]]);
    expect(await mails(address('nobody'))).toEqual([]);
  });

  it('CON-04: of several contacts the one whom the ledger sends invoices gets it, the others nothing', async () => {
    if (key === 'quickbooks') {
      // it has no contact persons: nobody is written to
      expect(await touches('contacts')).toEqual([]);
      expect((await decision('contacts'))?.verdict).toBe('held');
      return;
    }
    await release('contacts');
    await books.tick();
    expect(await mails('anna@debtors.example')).toHaveLength(1);
    expect(await mails('tom@debtors.example')).toEqual([]);
  });

  it('CON-13: an amount that changed since it was released is not sent; the new one waits for a person again', async () => {
    for (const name of ['changed', 'part'] as const) await release(name);
    const lines = [{ description: 'Work', quantity: 1, unitMinor: 15_000, amountMinor: 15_000 }];
    await books.make.patch(`/invoices/${there('changed/1')}`, { lines, totalMinor: 15_000 });
    await books.make.post('/payments', { applyTo: [{ invoiceId: there('part/1'), amountMinor: 4_000 }] });
    await later(0.1);
    expect(await mails(address('changed'))).toEqual([]);
    expect(await states('changed')).toEqual([
      ['first', 'cancelled', 10_000],
      ['first', 'awaiting_approval', 15_000],
    ]);
    await release('changed');
    await books.tick();
    expect((await mails(address('changed'))).map(({ text }) => /\b150\.00/.test(text))).toEqual([true]);
    // after a payment the case rests (R5), so there is nothing to release yet
    expect(await mails(address('part'))).toEqual([]);
    expect(await states('part')).toEqual([['first', 'cancelled', 10_000]]);
    expect((await decision('part'))?.reasons.map(({ rule }) => rule)).toContain('R5');
  });

  it('CON-13: a stage that changed since it was released is not sent: what is not late any more is not reminded of', async () => {
    await release('stage');
    const dueOn = (dueDate: string) => books.make.patch(`/invoices/${there('stage/1')}`, { dueDate });
    await dueOn(inDays(4));
    await later(0.1);
    expect(await mails(address('stage'))).toEqual([]);
    expect(await states('stage')).toEqual([['first', 'cancelled', 10_000]]);
    // late again, by another date: nobody has released that
    await dueOn(inDays(-14));
    await later(0.1);
    expect(await mails(address('stage'))).toEqual([]);
    expect(await states('stage')).toEqual([
      ['first', 'cancelled', 10_000],
      ['first', 'awaiting_approval', 10_000],
    ]);
  });

  it('CON-13: a stage that became another one since it was released is not sent: the other one waits for a person', async () => {
    expect(await states('early')).toEqual([['courtesy', 'awaiting_approval', 10_000]]);
    await release('early');
    // the ledger says now that it has been late for two weeks: a note that it falls due soon would be untrue
    await books.make.patch(`/invoices/${there('early/1')}`, { dueDate: inDays(-14) });
    await later(0.1);
    expect(await mails(address('early'))).toEqual([]);
    expect(await states('early')).toEqual([
      ['courtesy', 'cancelled', 10_000],
      ['first', 'awaiting_approval', 10_000],
    ]);
    await release('early');
    await books.tick();
    expect((await mails(address('early'))).map(({ touchId }) => touchId)).toEqual(
      (await touches('early')).filter(({ state }) => state === 'sent').map(({ touchId }) => touchId),
    );
    expect(await mails(address('early'))).toHaveLength(1);
  });

  it('CON-11: from a sender that the provider has not confirmed nothing leaves, and no customer’s address is blamed', async () => {
    const { POSTMARK_FROM: ours = '' } = world.environment;
    const senders = (confirmed: readonly string[]) =>
      world.control('PUT', '/postmark/settings', { senders: confirmed });
    await senders(['somebody-else.example']);
    await release('sender');
    await books.tick();
    expect(await mails(address('sender'))).toEqual([]);
    expect(await states('sender')).toEqual([['first', 'approved', 10_000]]);
    const [problem] = await books.problems('mail_blocked');
    expect(problem?.what).toContain(`(${ours}) is not a Sender Signature`);
    await senders([ours.split('@')[1] ?? '']);
    await later(0.6);
    expect(await mails(address('sender'))).toHaveLength(1);
    expect(await books.problems('mail_blocked')).toEqual([]);
    // what a company says of itself stands beside our own confirmed address, never in its place
    const all = await world.control<{ request: { From: string } }[]>('GET', '/mails');
    expect(new Set(all.map(({ request }) => /<?([^<>\s]+@[^<>\s]+?)>?$/.exec(request.From)?.[1]))).toEqual(
      new Set([ours]),
    );
  });

  it('CON-06: what cannot be looked up right before sending is not sent, and leaves when it can', async () => {
    await release('shut');
    await books.fault({ kind: 'status', status: 503, match: key === 'xero' ? 'Invoices' : 'query' });
    await books.fault({ kind: 'status', status: 503, match: 'cdc' });
    await later(0.4);
    expect(await mails(address('shut'))).toEqual([]);
    expect(await states('shut')).toEqual([['first', 'approved', 10_000]]);
    expect(await books.problems('sync_failed')).toHaveLength(1);
    await books.withdraw();
    await later(1.2);
    expect(await mails(address('shut'))).toHaveLength(1);
  });

  it('CON-13: when what made it stricter is gone from the ledger, the milder one waits for a person anew', async () => {
    await books.make.invoice(there('three'), 40_000, { number: 'three-4', dueDate: inDays(1) });
    await world.setNow(`${inDays(7)}T14:10:00Z`);
    await books.tick();
    expect((await states('three')).slice(1)).toEqual([['second', 'awaiting_approval', 100_000]]);
    await release('three');
    for (const index of [1, 2, 3]) await books.make.post(`/invoices/${there(`three/${index}`)}/void`);
    await later(0.1);
    expect(await mails(address('three'))).toHaveLength(1);
    expect((await states('three')).slice(1)).toEqual([
      ['second', 'cancelled', 100_000],
      ['first', 'awaiting_approval', 40_000],
    ]);
    await release('three');
    await books.tick();
    const { subject = '', text = '' } = (await mails(address('three'))).at(-1) ?? {};
    expect(text).toContain('three-4');
    expect(`${subject} ${text}`).not.toMatch(/three-1|second reminder/i);
  });
});
