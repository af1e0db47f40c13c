import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { getCompany } from '../../../src/companies/company.store.ts';
import { day } from '../../../src/domain/day.ts';
import { judgeAgreements } from '../../../src/receivables/agreements/judge.store.ts';
import { setHold } from '../../../src/receivables/hold.store.ts';
import { loadFigures } from '../../../src/receivables/position.store.ts';
import { readPositions } from '../../../src/receivables/read-positions.store.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { creditRow, currency, invoiceRow } from '../../support/values.ts';
import type { Workshop } from '../../support/workshop.ts';
import { type Agreements, openAgreements } from './support.ts';

let database: TestDatabase;
let shop: Workshop;
let agreed: Agreements;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  [shop, agreed] = await openAgreements(database);
});

const last = '2026-11-18T18:00:00Z';
const after = '2026-11-19T18:00:00Z';
const plannedFor = async (): Promise<string[]> => {
  const touches = await shop.touches();
  return touches.filter((row) => row.state === 'approved').map((row) => row.customer_id);
};

describe('a promise', () => {
  test('EXC-08: nothing is asked of its invoice until its day plus two business days, all else goes on', async () => {
    await agreed.promise();
    expect(await agreed.holds()).toEqual(['promise I1 2026-11-18']);
    expect(await agreed.on(last)).toEqual(['pending 0']);
    const lines = (await shop.touches()).filter((row) => row.state === 'approved');
    expect(lines.map((row) => [row.customer_id, row.ask_minor]).sort()).toEqual([
      ['C1', 2_500],
      ['C2', 10_000],
    ]);
  });

  test('EXC-09: kept early, it lets go of its invoices at once', async () => {
    await agreed.promise({ amountMinor: 6_000 });
    agreed.pays('P1', day('2026-11-11'), { I1: 6_000 });
    expect(await agreed.on('2026-11-11T18:00:00Z')).toEqual(['kept 6000']);
    expect(await agreed.holds()).toEqual([]);
    expect(await agreed.told()).toEqual(['promise_made', 'promise_kept']);
    expect(await agreed.tasks()).toEqual([]);
  });

  test('R11: that it broke is said once, however long ago, and not when its invoices were paid since', async () => {
    const wording = async (customerId: string): Promise<unknown> => {
      const { step } = (await shop.touches()).findLast((row) => row.customer_id === customerId) ?? {};
      return (step as { template?: string } | undefined)?.template;
    };
    await agreed.promise();
    await agreed.promise({ customerId: 'C2', invoiceIds: ['I3'] });
    await shop.reconcileAndPlan();
    expect(await agreed.on(after)).toEqual(['broken 0', 'broken 0']);
    agreed.pays('P1', day('2026-11-19'), { I1: 10_000 });
    await shop.morning();
    await shop.deliver();
    expect(await wording('C2')).toBe('promise_broken');
    const pause = {
      kind: 'pause',
      scope: 'customer',
      customerId: 'C2',
      reason: 'away',
      setBy: 'Maria Lopez',
    } as const;
    const until = { startsOn: day('2026-11-20'), endsOn: day('2027-01-10') };
    await shop.within((tx) => setHold(tx, shop.companyId, { ...pause, ...until }, shop.now()));
    await agreed.on('2026-11-24T18:00:00Z');
    expect(await wording('C1')).toBe('first');
    await agreed.on('2027-01-11T18:00:00Z');
    expect(await wording('C2')).toBe('second');
  });

  test('EXC-09: kept in part, and broken, are known when grace is over; a task asks a person to talk', async () => {
    await agreed.promise();
    await agreed.promise({ customerId: 'C2', invoiceIds: ['I3'] });
    agreed.pays('P1', day('2026-11-17'), { I1: 4_000 });
    expect(await agreed.on(last)).toEqual(['pending 4000', 'pending 0']);
    expect(await agreed.on(after)).toEqual(['part_kept 4000', 'broken 0']);
    expect(await agreed.holds()).toEqual([]);
    expect(await agreed.told()).toEqual([
      'promise_made',
      'promise_made',
      'promise_part_kept',
      'promise_broken',
    ]);
    expect(await agreed.tasks()).toEqual(['promise_broken', 'promise_broken']);
    expect(await plannedFor()).toContain('C2');
  });

  test('EXC-10: a balance that grew meanwhile counts as nothing received, never below', async () => {
    await agreed.promise();
    shop.ledger.put({
      invoices: [
        invoiceRow('I1', { openMinor: 15_000, totalMinor: 15_000, changedAt: '2026-11-12T00:00:00Z' }),
      ],
    });
    expect(await agreed.on('2026-11-12T18:00:00Z')).toEqual(['pending 0']);
    expect(await agreed.on(after)).toEqual(['broken 0']);
  });

  test('a payment that is not applied to any invoice keeps it, too; that of an older credit does not', async () => {
    shop.ledger.put({ credits: [creditRow('K1', { remainingMinor: 2_000, totalMinor: 2_000 })] });
    await shop.morning();
    await agreed.promise();
    expect(await agreed.on('2026-11-11T18:00:00Z')).toEqual(['pending 0']);
    agreed.pays('P1', day('2026-11-11'), {}, 10_000);
    expect(await agreed.on('2026-11-11T19:00:00Z')).toEqual(['kept 10000']);
  });

  test('one unapplied payment does not keep two promises', async () => {
    await agreed.promise({ amountMinor: 5_000 });
    await agreed.promise({ invoiceIds: ['I2'] });
    agreed.pays('P1', day('2026-11-11'), {}, 6_000);
    expect(await agreed.on('2026-11-11T18:00:00Z')).toEqual(['kept 5000', 'pending 1000']);
  });

  test('a payment that bounces makes it pending again, and broken when its time is over', async () => {
    await agreed.promise();
    agreed.pays('P1', day('2026-11-11'), { I1: 10_000 });
    expect(await agreed.on('2026-11-11T18:00:00Z')).toEqual(['kept 10000']);
    shop.at('2026-11-12T17:00:00Z');
    agreed.bounces('P1');
    expect(await agreed.on('2026-11-12T18:00:00Z')).toEqual(['pending 0']);
    expect(await agreed.holds()).toEqual(['promise I1 2026-11-18']);
    expect(await agreed.on(after)).toEqual(['broken 0']);
    expect((await agreed.told()).slice(1)).toEqual(['promise_kept', 'promise_reopened', 'promise_broken']);
  });

  test('a payment that bounces weeks after its time breaks it at once', async () => {
    await agreed.promise();
    agreed.pays('P1', day('2026-11-11'), { I1: 10_000 });
    await agreed.on('2026-11-11T18:00:00Z');
    shop.at('2026-12-20T17:00:00Z');
    agreed.bounces('P1');
    expect(await agreed.on('2026-12-20T18:00:00Z')).toEqual(['broken 0']);
  });

  test('one that was entered late and is dated in time still keeps it; one dated later does not', async () => {
    await agreed.promise();
    await agreed.promise({ customerId: 'C2', invoiceIds: ['I3'] });
    expect(await agreed.on(after)).toEqual(['broken 0', 'broken 0']);
    agreed.pays('P1', day('2026-11-18'), { I1: 10_000 });
    agreed.pays('P2', day('2026-11-19'), { I3: 10_000 });
    expect(await agreed.on('2026-11-19T19:00:00Z')).toEqual(['kept 10000', 'broken 0']);
    expect(await agreed.tasks()).toEqual([]);
  });

  test('without invoices it is for everything past due, and the whole customer is held', async () => {
    await agreed.promise({ invoiceIds: null });
    expect(await agreed.holds()).toEqual(['promise C1 2026-11-18']);
    expect((await agreed.rows()).map((row) => [row.amount_minor, row.whole_customer])).toEqual([
      [12_500, true],
    ]);
    await agreed.on('2026-11-16T18:00:00Z');
    expect(await plannedFor()).toEqual(['C2']);
  });

  test('R3, R11: without invoices it is for one currency; what is owed in another goes on, and each is judged for itself', async () => {
    const eur = { currency: currency('EUR'), openMinor: 7_000, totalMinor: 7_000 };
    shop.ledger.put({ invoices: [invoiceRow('E1', eur)] });
    await shop.morning();
    await expect(agreed.promise({ invoiceIds: null })).rejects.toThrow('several currencies');
    await agreed.promise({ invoiceIds: null, currency: currency('USD') });
    const heldIn = () =>
      shop.within(async (tx) => {
        const company = await getCompany(tx, shop.companyId);
        const positions = await readPositions(tx, company, shop.now(), { customerIds: ['C1'] });
        return positions.filter((one) => one.holds.length > 0).map((one) => one.currency);
      });
    expect(await heldIn()).toEqual(['USD']);
    await shop.reconcileAndPlan();
    const planned = async () =>
      (await shop.touches())
        .filter((row) => row.customer_id === 'C1' && row.state === 'approved')
        .map((row) => [row.currency, row.ask_minor]);
    expect(await planned()).toEqual([['EUR', 7_000]]);
    const figures = await shop.within((tx) => loadFigures(tx, shop.companyId, { customerIds: ['C1'] }));
    expect(figures.map((row) => [row.currency, row.holds.map((hold) => hold.kind)])).toEqual([
      ['EUR', []],
      ['USD', ['promise']],
    ]);
    // what falls due in its own currency meanwhile rests with it
    shop.ledger.put({ invoices: [invoiceRow('I9', { dueOn: day('2026-11-11') })] });
    await agreed.promise({ invoiceIds: null, currency: currency('EUR'), date: day('2026-11-23') });
    expect(await agreed.on('2026-11-13T18:00:00Z')).toEqual(['pending 0', 'pending 0']);
    expect(await heldIn()).toEqual(['EUR', 'USD']);
    expect(await planned()).toEqual([]);
    expect(await agreed.on(after)).toEqual(['broken 0', 'pending 0']);
    expect(await heldIn()).toEqual(['EUR']);
  });

  test('withdrawn, it holds nothing any more and is never judged again', async () => {
    const id = await agreed.promise();
    await agreed.withdraw(id);
    expect(await agreed.holds()).toEqual([]);
    expect(await agreed.on(after)).toEqual(['withdrawn 0']);
    expect(await agreed.told()).toEqual(['promise_made', 'promise_withdrawn']);
    await expect(agreed.withdraw(id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(agreed.withdraw(id, ' ')).rejects.toMatchObject({ code: 'bad_input' });
  });

  test('a new one over the same invoice is refused while the first lives, and answers the task of a broken one', async () => {
    const first = await agreed.promise();
    await expect(agreed.promise()).rejects.toMatchObject({ code: 'conflict' });
    await expect(agreed.offer({ invoiceIds: ['I1', 'I2'] })).rejects.toMatchObject({ code: 'conflict' });
    await agreed.on(after);
    expect(await agreed.tasks()).toEqual(['promise_broken']);
    await agreed.promise({ date: day('2026-11-30') });
    expect(await agreed.tasks()).toEqual([]);
    expect(await agreed.holds()).toEqual(['promise I1 2026-12-02']);
    await expect(agreed.withdraw(first)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('what makes no sense', () => {
  const refusals: [string, () => Promise<string>, string][] = [
    ['more than is open', () => agreed.promise({ amountMinor: 10_001 }), 'bad_input'],
    ['nothing', () => agreed.promise({ amountMinor: 0 }), 'bad_input'],
    ['a day that has passed', () => agreed.promise({ date: day('2026-11-09') }), 'bad_input'],
    ['a year with a slip of the pen', () => agreed.promise({ date: day('2062-11-16') }), 'bad_input'],
    ['an unknown invoice', () => agreed.promise({ invoiceIds: ['I9'] }), 'not_found'],
    ['an unknown customer', () => agreed.promise({ customerId: 'C9' }), 'not_found'],
    ['another customer’s invoice', () => agreed.promise({ invoiceIds: ['I1', 'I3'] }), 'bad_input'],
    ['two currencies', () => agreed.promise({ invoiceIds: ['I1', 'E1'] }), 'bad_input'],
    ['another currency', () => agreed.promise({ currency: currency('EUR') }), 'bad_input'],
    ['a paid invoice', () => agreed.promise({ invoiceIds: ['I1', 'PAID'] }), 'conflict'],
    ['nobody who said it', () => agreed.promise({ saidBy: ' ' }), 'bad_input'],
    ['a plan that doesn’t add up', () => agreed.plan({ invoiceIds: ['I1', 'I2'] }), 'bad_input'],
    [
      'a plan whose days fall',
      () =>
        agreed.plan({
          instalments: [
            { on: day('2026-12-14'), amountMinor: 4_000 },
            { on: day('2026-11-16'), amountMinor: 6_000 },
          ],
        }),
      'bad_input',
    ],
    ['half a day of grace', () => agreed.plan({ graceBusinessDays: 0.5 }), 'bad_input'],
    ['an offer of all that is open', () => agreed.offer({ reducedMinor: 10_000 }), 'bad_input'],
  ];

  test('is refused in words, and nothing is stored', async () => {
    shop.ledger.put({
      invoices: [
        invoiceRow('E1', { currency: currency('EUR') }),
        invoiceRow('PAID', { openMinor: 0, status: 'closed' }),
      ],
    });
    await shop.morning();
    for (const [name, make, code] of refusals) {
      const answer = await make().catch((error: unknown) => error);
      expect([name, answer]).toMatchObject([name, { code, action: expect.stringContaining('.') }]);
    }
    expect([await agreed.rows(), await agreed.holds(), await agreed.told()]).toEqual([[], [], []]);
  });
});

describe('the judging', () => {
  test('R9: books that were last read before grace was over find nobody to have failed', async () => {
    await agreed.promise();
    await agreed.offer({ customerId: 'C2', invoiceIds: ['I3'], validUntil: day('2026-11-16') });
    shop.at(after);
    await shop.reconcileAndPlan();
    expect(await agreed.states()).toEqual(['pending 0', 'open 0']);
    expect(await agreed.tasks()).toEqual([]);
    agreed.pays('P1', day('2026-11-18'), { I1: 10_000 });
    expect(await agreed.on('2026-11-19T19:00:00Z')).toEqual(['kept 10000', 'lapsed 0']);
  });

  test('kept in part by a payment that bounces, it is broken', async () => {
    await agreed.promise();
    agreed.pays('P1', day('2026-11-17'), { I1: 4_000 });
    expect(await agreed.on(after)).toEqual(['part_kept 4000']);
    shop.at('2026-11-23T17:00:00Z');
    agreed.bounces('P1');
    expect(await agreed.on('2026-11-23T18:00:00Z')).toEqual(['broken 0']);
    agreed.pays('P1', day('2026-11-17'), { I1: 4_000 });
    expect(await agreed.on('2026-11-23T19:00:00Z')).toEqual(['part_kept 4000']);
  });

  const judgeAll = (): Promise<void> =>
    shop.within(async (tx) => {
      await judgeAgreements(tx, await getCompany(tx, shop.companyId), ['C1', 'C2'], shop.now());
    });

  test('by two jobs at once settles once, and asked again tells nothing more', async () => {
    await agreed.promise();
    shop.at(after);
    await shop.within((tx) => tx.updateTable('company').set({ books_read_at: shop.now() }).execute());
    await Promise.all([judgeAll(), judgeAll(), judgeAll()]);
    await judgeAll();
    expect(await agreed.told()).toEqual(['promise_made', 'promise_broken']);
    expect(await agreed.tasks()).toEqual(['promise_broken']);
  });

  test('two people who agree on one invoice at once are told apart', async () => {
    const both = await Promise.allSettled([agreed.promise(), agreed.promise()]);
    expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((each) => each.status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
    expect([(await agreed.rows()).length, await agreed.holds()]).toEqual([1, ['promise I1 2026-11-18']]);
  });

  test('a kept one that bounced stays settled while a newer one covers its invoice', async () => {
    await agreed.promise();
    agreed.pays('P1', day('2026-11-11'), { I1: 10_000 });
    await agreed.on('2026-11-11T18:00:00Z');
    shop.at('2026-11-12T18:00:00Z');
    agreed.bounces('P1');
    // the bounce is in the mirror, and somebody agrees on something new before anything was judged
    await shop.within((tx) =>
      tx
        .updateTable('invoice')
        .set({ open_minor: 10_000, status: 'open' })
        .where('invoice_id', '=', 'I1')
        .execute(),
    );
    await agreed.promise({ date: day('2026-11-30') });
    expect(await agreed.on('2026-11-12T19:00:00Z')).toEqual(['kept 10000', 'pending 0']);
  });
});
