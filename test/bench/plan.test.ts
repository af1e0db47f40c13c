import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeCompanies } from '../../bench/support/many-companies.ts';
import { tickOf } from '../../bench/support/plan-ticks.ts';
import { composeAlone } from '../../bench/support/reconcile-ticks.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/* The bench measures something that runs: how fast it is, only a quiet machine can say. */

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

test('plan: whose day has come is found over all companies and decided for, nobody else is', async () => {
  const book = { companies: 12, customersEach: 10, now: new Date('2026-11-10T15:00:00Z') };
  const duly = { ...composeAlone(database.url), clock: { now: () => book.now } };
  try {
    await writeCompanies(duly.pool, book);
    // throws when somebody who is due is left
    const tick = await tickOf({ duly, book }, 0, 8);
    expect(tick.companies).toBeLessThanOrEqual(8);
    expect(tick.decisions).toBeGreaterThanOrEqual(7);
    expect(tick.decisions).toBeLessThanOrEqual(9);
    expect(tick.touches).toBeGreaterThan(0);
    expect((await tickOf({ duly, book }, 1, 3)).companies).toBeLessThanOrEqual(3);
  } finally {
    await duly.pool.end();
  }
});
