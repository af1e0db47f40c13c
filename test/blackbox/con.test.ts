import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

const names = ['three', 'nobody', 'contacts', 'changed', 'shut'] as const;
type Name = (typeof names)[number];
/** Xero's contact persons: the ledger sends invoices to one of them. */
const persons = [
  { firstName: 'Tom', lastName: 'Reed', email: 'tom@debtors.example', includeInEmails: false },
  { firstName: 'Anna', lastName: 'Berg', email: 'anna@debtors.example', includeInEmails: true },
];

describe.each(['quickbooks', 'xero'] as const)(
  'CON: whom a message reaches and what it asks for: %s',
  (key) => {
    const ids = new Map<string, string>();
    let world: World;
    let books: Books;

    const there = (name: string): string => ids.get(name) ?? '';
    const address = (name: Name): string => `${name}.${key}@debtors.example`;
    const mails = async (to: string): Promise<readonly Mail[]> =>
      (await mailsOf(world)).filter((mail) => mail.to.includes(to));
    const touches = async (name: Name): Promise<readonly Touch[]> => {
      const customerId = encodeURIComponent(idAt(key, there(name)));
      return (await books.api.get<{ items: Touch[] }>(`/touches?customerId=${customerId}`)).items;
    };
    const release = async (name: Name): Promise<void> => {
      const waiting = (await touches(name)).filter(({ state }) => state === 'awaiting_approval');
      await books.api.call('POST', '/approvals', {
        touchIds: waiting.map(({ touchId }) => touchId),
        by: 'Dana',
      });
    };

    beforeAll(async () => {
      // a Monday; ten in New York, three in London
      world = await World.start({ now: '2026-11-16T15:00:00Z' });
      books = await Books.connect(world, key, async (make) => {
        for (const name of names) {
          const email = name === 'nobody' || name === 'contacts' ? undefined : address(name);
          const more = name === 'contacts' ? { contacts: persons } : {};
          const id = await make.customer(name, { email, ...more });
          ids.set(name, id);
          for (let index = 1; index <= (name === 'three' ? 3 : 1); index += 1)
            ids.set(
              `${name}/${index}`,
              await make.invoice(id, index * 10_000, { number: `${name}-${index}` }),
            );
        }
      });
      await books.tick();
      await books.api.call('PATCH', '', { mode: 'approve' });
      await pass(world, 0.1);
      await books.tick();
    });
    afterAll(() => world.stop());

    it('CON-01: three late invoices in one currency are one mail, with one total', async () => {
      await release('three');
      await books.tick();
      const [mail, ...more] = await mails(address('three'));
      expect(more).toEqual([]);
      for (const number of ['three-1', 'three-2', 'three-3']) expect(mail?.text).toContain(number);
      expect(mail?.text).toMatch(/600\.00/);
    });

    it('CON-03: without an address nothing is sent, the reason is shown, and the step stays open', async () => {
      expect(await touches('nobody')).toEqual([]);
      const customerId = encodeURIComponent(idAt(key, there('nobody')));
      const { items } = await books.api.get<{ items: { decision: Decision }[] }>(
        `/cases?customerId=${customerId}`,
      );
      expect(items[0]?.decision).toMatchObject({ verdict: 'held' });
      expect(items[0]?.decision.reasons.map(({ rule }) => rule)).toContain('S9');
      await books.make.patch(`/customers/${there('nobody')}`, { email: address('nobody') });
      await pass(world, 0.1);
      await books.tick();
      expect((await touches('nobody')).map(({ stepKey, state }) => [stepKey, state])).toEqual([
        ['first', 'awaiting_approval'],
      ]);
    });

    it('CON-04: of several contacts the one whom the ledger sends invoices gets it, the others nothing', async () => {
      // QuickBooks has no contact persons: nobody is written to
      await release('contacts');
      await books.tick();
      expect(await mails('anna@debtors.example')).toHaveLength(key === 'xero' ? 1 : 0);
      expect(await mails('tom@debtors.example')).toEqual([]);
    });

    it('CON-13: an amount that changed since it was released is not sent; the new one waits for a person again', async () => {
      await release('changed');
      await books.make.post('/payments', {
        applyTo: [{ invoiceId: there('changed/1'), amountMinor: 4_000 }],
      });
      await pass(world, 0.1);
      await books.tick();
      expect(await mails(address('changed'))).toEqual([]);
      const states = await touches('changed');
      expect(states.find(({ state }) => state === 'cancelled')?.ask.minor).toBe(10_000);
      expect(states.some(({ state }) => state === 'sent')).toBe(false);
    });

    it('CON-06: what cannot be looked up right before sending is not sent, and leaves when it can', async () => {
      await release('shut');
      await books.fault({ kind: 'status', status: 503, match: key === 'xero' ? 'Invoices' : 'query' });
      await books.fault({ kind: 'status', status: 503, match: 'cdc' });
      await pass(world, 0.4);
      await books.tick();
      expect(await mails(address('shut'))).toEqual([]);
      await books.withdraw();
      await pass(world, 1.2);
      await books.tick();
      expect(await mails(address('shut'))).toHaveLength(1);
    });
  },
);
