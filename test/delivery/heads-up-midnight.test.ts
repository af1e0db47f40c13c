import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stillTold, type Told } from '../../src/dunning/heads-up.ts';
import { plan } from '../../src/dunning/plan.job.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow } from '../support/values.ts';
import type { Workshop } from '../support/workshop.ts';
import { informing, told } from './heads-up-support.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const zone = 'America/Los_Angeles';
const touchId = 'T1';

describe('P9: what was told in the last hour of the company’s day still holds', () => {
  const late: Told = {
    touchId,
    toldAt: new Date('2026-11-11T07:30:00Z'),
    leavesAt: new Date('2026-11-11T08:30:00Z'),
    waits: false,
  };

  test('the hour of the telling takes what leaves by itself into the next day, as they were told', () => {
    const of = { touchId, leavesAt: new Date('2026-11-11T07:20:00Z'), byPerson: false };
    expect(stillTold(late, of, zone)).toBe(true);
    expect(stillTold(late, { ...of, touchId: null }, zone)).toBe(true);
    expect(stillTold(late, { ...of, leavesAt: new Date('2026-11-12T18:00:00Z') }, zone)).toBe(false);
  });

  test('what a person should have done on an earlier day is told once, when there is somebody to tell', () => {
    const said = {
      ...late,
      toldAt: new Date('2026-11-11T18:00:00Z'),
      leavesAt: new Date('2026-11-11T18:00:00Z'),
    };
    const of = { touchId, leavesAt: new Date('2026-11-10T18:00:00Z'), byPerson: true };
    expect(stillTold(said, of, zone)).toBe(true);
  });

  test('a preview that ends then: told once, and it leaves an hour later, however often it is planned', async () => {
    const shop = await informing(database, 'preview');
    const where = { addressLines: ['1 Raffles Place', 'Singapore 048616'], country: 'SG' } as const;
    shop.ledger.put({ customers: [customerRow('C1', { ...where, changedAt: shop.now().toISOString() })] });
    shop.at('2026-11-11T06:00:00Z');
    await shop.morning();
    // a quarter past eleven in Oregon, a quarter past three in Singapore
    shop.at('2026-11-11T07:15:00Z');
    await shop.setMode('autopilot');
    for (const minutes of [5, 10, 45]) {
      await plan(shop.duly, { companyId: shop.companyId, all: true });
      expect(await told(shop)).toHaveLength(1);
      shop.passMinutes(minutes);
    }
    expect((await shop.touches()).map((touch) => touch.planned_for.toISOString())).toEqual([
      '2026-11-11T08:15:00.000Z',
    ]);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first sent']);
    expect(await told(shop)).toHaveLength(1);
  });

  test('a sales owner who is named while something waits since yesterday is told once', async () => {
    const shop = await informing(database, 'approve');
    await salesOwner(shop, null);
    await shop.reconcileAndPlan();
    shop.at('2026-11-12T19:00:00Z');
    await salesOwner(shop, 'sam@firm.example');
    for (const minutes of [5, 5, 5]) {
      await plan(shop.duly, { companyId: shop.companyId, all: true });
      expect(await told(shop)).toHaveLength(1);
      shop.passMinutes(minutes);
    }
  });
});

async function salesOwner(shop: Workshop, email: string | null): Promise<void> {
  await shop.within((tx) =>
    tx.updateTable('customer').set({ sales_email: email }).where('company_id', '=', shop.companyId).execute(),
  );
}
