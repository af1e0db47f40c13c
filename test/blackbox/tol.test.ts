import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PolicyDocument } from '../../src/policies/document.ts';
import { step } from '../../src/policies/step.ts';
import { World } from '../support/world.ts';
import { Books, idAt, pass } from './syn-support.ts';

interface Position {
  readonly currency: string;
  readonly open: { readonly minor: number };
  readonly pastDue: { readonly minor: number };
}

interface Touch {
  readonly currency: string;
  readonly state: string;
  readonly stepKey: string;
  readonly ask: { readonly minor: number; readonly currency: string };
}

interface Decision {
  readonly currency: string;
  readonly verdict: string;
  readonly reasons: readonly { readonly rule: string; readonly words: string }[];
}

const home = { quickbooks: 'USD', xero: 'GBP' } as const;

let world: World;
beforeAll(async () => {
  // 10:00 in New York, 15:00 in London
  world = await World.start({ now: '2026-11-16T15:00:00Z' });
});
afterAll(() => world.stop());

describe.each(['quickbooks', 'xero'] as const)('what is too little to be reminded of: %s', (key) => {
  const own = home[key];
  const ids = new Map<string, string>();
  let partly = '';
  let books: Books;

  const list = async <T>(what: string, name: string): Promise<readonly T[]> => {
    const customerId = encodeURIComponent(idAt(key, ids.get(name) ?? ''));
    return (await books.api.get<{ items: T[] }>(`/${what}?customerId=${customerId}`)).items;
  };
  const positions = (name: string) => list<Position>('positions', name);
  const decisions = (name: string) => list<Decision>('decisions', name);
  const waiting = async (name: string) =>
    (await list<Touch>('touches', name)).filter((touch) => touch.state === 'awaiting_approval');

  beforeAll(async () => {
    books = await Books.connect(world, key, async (make) => {
      const customer = async (name: string, more: object = {}): Promise<string> => {
        const id = await make.customer(name, { email: `${name}@example.com`, ...more });
        ids.set(name, id);
        return id;
      };
      await make.invoice(await customer('little'), 500);
      await make.invoice(await customer('enough'), 501);
      await make.invoice(await customer('euros', { currency: 'EUR' }), 1, { currency: 'EUR' });
      const both = await customer('both');
      await make.invoice(both, 10_000);
      if (key === 'xero') await make.invoice(both, 20_000, { currency: 'EUR' });
      partly = await make.invoice(await customer('partly'), 10_000);
      const tenth = await make.invoice(await customer('tenths'), 30);
      for (const amountMinor of [10, 20])
        await make.post('/payments', { date: '2026-10-05', applyTo: [{ invoiceId: tenth, amountMinor }] });
      // in three days and in spring: the note before the due date is about the first alone
      for (const [name, soonMinor] of [
        ['soon', 20_000],
        ['sooner', 20_001],
      ] as const) {
        const due = { date: '2026-11-01', dueDate: '2026-11-19' };
        const customerId = await customer(name);
        await make.invoice(customerId, soonMinor, due);
        await make.invoice(customerId, 500_000, { ...due, dueDate: '2027-03-20' });
      }
    });
    await books.tick();
    await books.api.call('PATCH', '', { mode: 'approve' });
    await books.api.call('PUT', '/policies/minimum-balance', {
      amounts: [{ minor: 500, currency: own }],
      by: 'Dana Whitfield',
    });
    await pass(world, 0.1);
    await books.tick();
  });

  it('TOL-01: at the minimum there is no reminder, and the decision says why; a cent more is asked for', async () => {
    expect((await positions('little')).map((row) => row.pastDue.minor)).toEqual([500]);
    expect(await waiting('little')).toEqual([]);
    expect(await decisions('little')).toMatchObject([
      {
        verdict: 'nothing_due',
        reasons: [{ rule: 'TOL-01', words: expect.stringContaining('5.00') }, { rule: 'R2' }],
      },
    ]);
    expect(await waiting('enough')).toMatchObject([{ ask: { minor: 501, currency: own } }]);
  });

  it('TOL-01: the policy has a new version with its author, and the record says so', async () => {
    const { items } = await books.api.get<{
      items: { version: number; inForce: boolean; createdBy: string }[];
    }>('/policies');
    // the one it began with, the four e-mails of these tests, and this one
    expect(items[0]).toMatchObject({ version: 3, inForce: true, createdBy: 'Dana Whitfield' });
    expect(items).toHaveLength(3);
    await expect(
      books.api.call('PUT', '/policies/minimum-balance', { amounts: [{ minor: 5, currency: 'XXY' }] }),
    ).rejects.toThrow('400');
  });

  it('TOL-02: a currency without a minimum is asked for to the last cent; nothing is converted', async () => {
    expect(await waiting('euros')).toMatchObject([{ ask: { minor: 1, currency: 'EUR' } }]);
  });

  it('TOL-03: who owes in two currencies has two sums and two decisions, and no message adds them up', async () => {
    const expected =
      key === 'xero'
        ? [
            ['EUR', 20_000],
            ['GBP', 10_000],
          ]
        : [['USD', 10_000]];
    const sums = (await positions('both')).map((row) => [row.currency, row.pastDue.minor]);
    expect(sums.sort()).toEqual(expected);
    expect((await decisions('both')).map((row) => row.currency).sort()).toEqual(
      expected.map(([code]) => code),
    );
    for (const touch of await waiting('both'))
      expect(expected).toContainEqual([touch.ask.currency, touch.ask.minor]);
    expect((await waiting('both')).length).toBeGreaterThan(0);
  });

  it('TOL-06: 0.10 and 0.20 paid on 0.30 leave nothing, not a phantom of a cent', async () => {
    expect((await positions('tenths')).reduce((sum, row) => sum + row.open.minor, 0)).toBe(0);
    expect(await waiting('tenths')).toEqual([]);
  });

  it('TOL-05: a part payment that leaves the minimum or less takes the waiting reminder back', async () => {
    expect(await waiting('partly')).toMatchObject([{ ask: { minor: 10_000 } }]);
    await books.make.post('/payments', { applyTo: [{ invoiceId: partly, amountMinor: 9_500 }] });
    await pass(world, 0.1);
    await books.tick();
    expect((await positions('partly')).map((row) => row.pastDue.minor)).toEqual([500]);
    expect(await waiting('partly')).toEqual([]);
    expect((await decisions('partly'))[0]?.reasons[0]?.rule).toBe('TOL-01');
  });

  it('a policy that was stored before there were minimums has none', async () => {
    // as it was stored then: settings alone, without sequences; and as a new version of Duly does, everybody is looked at
    await world.database.pool.query(
      `with older as (
         insert into policy (company_id, version, body, created_by, created_at)
         select company_id, 4, (body->'settings') - 'minimumBalance', 'an older version', created_at from policy
         where company_id = $1 and version = 3 returning company_id)
       insert into plan_due (company_id, customer_id, look_at) select company_id, '', '-infinity' from older
       on conflict (company_id, customer_id) do update set look_at = '-infinity'`,
      [books.companyId],
    );
    await pass(world, 0.1);
    await books.tick();
    expect(await waiting('little')).toMatchObject([{ ask: { minor: 500 } }]);
  });

  it('TOL-01: before the due date it is what falls due that counts, not what falls due in spring', async () => {
    const { version, ...document } = await books.api.get<PolicyDocument>('/policy');
    const early = step({ key: 'courtesy', name: 'courtesy note', offsetDays: -5, stage: 'courtesy' });
    await books.api.call('PUT', '/policy', {
      expectedVersion: version,
      document: {
        ...document,
        settings: { ...document.settings, minimumBalance: { [own]: 20_000 } },
        sequences: document.sequences.map((each) => ({ ...each, steps: [early, ...each.steps] })),
      },
      by: 'Dana Whitfield',
    });
    await pass(world, 0.1);
    await books.tick();
    expect(await waiting('sooner')).toMatchObject([{ stepKey: 'courtesy', ask: { minor: 20_001 } }]);
    expect(await waiting('soon')).toEqual([]);
  });
});
