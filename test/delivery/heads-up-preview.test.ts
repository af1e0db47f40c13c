import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createApiKey } from '../../src/companies/api-key.store.ts';
import { day } from '../../src/domain/day.ts';
import { explain } from '../../src/dunning/explain.store.ts';
import { inSystem } from '../../src/platform/db.ts';
import { reconcileCompany } from '../../src/receivables/reconcile.job.ts';
import { buildServer } from '../../src/web/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import type { Workshop } from '../support/workshop.ts';
import { informing, told } from './heads-up-support.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** The instants that the API's preview names for the next so many days. */
async function previewed(shop: Workshop, days = 3): Promise<readonly string[]> {
  const key = await inSystem(shop.duly.db, (tx) => createApiKey(tx, shop.companyId, 'test', shop.now()));
  const app = await buildServer(shop.duly);
  const answer = await app.inject({
    url: `/api/v1/companies/${shop.companyId}/preview?days=${days}`,
    headers: { authorization: `Bearer ${key}` },
  });
  await app.close();
  return answer.json<{ items: { at: string }[] }>().items.map((item) => item.at);
}

/** Minute by minute from here on, the instants at which messages to the customer left. */
async function lived(shop: Workshop, minutes: readonly number[]): Promise<readonly string[]> {
  for (const passed of minutes) {
    shop.passMinutes(passed);
    await shop.reconcileAndPlan();
    await shop.deliver();
    await told(shop);
  }
  return (await shop.touches()).flatMap(({ sent_at: at }) => (at === null ? [] : [at.toISOString()]));
}

describe('S7, P9: the preview knows that whoever owns the relationship hears of a step an hour before it', () => {
  test('it names the instant at which the message then leaves, before and after they were told', async () => {
    const shop = await informing(database, 'autopilot');
    await shop.reconcileAndPlan();
    expect(await previewed(shop)).toEqual(['2026-11-10T19:00:00.000Z']);
    await lived(shop, [0, 25]);
    expect(await previewed(shop)).toEqual(['2026-11-10T19:00:00.000Z']);
    expect(await lived(shop, [34, 1])).toEqual(['2026-11-10T19:00:00.000Z']);
  });

  test('of a dry run before anything was planned the same', async () => {
    const shop = await informing(database, 'autopilot');
    await reconcileCompany(shop.duly, { companyId: shop.companyId });
    expect(await previewed(shop)).toEqual(['2026-11-10T19:00:00.000Z']);
    expect(await lived(shop, [0, 59, 1])).toEqual(['2026-11-10T19:00:00.000Z']);
  });

  test('where the hour ends after the window, the next day’s beginning; they are told on that day', async () => {
    const shop = await informing(database, 'autopilot');
    shop.at('2026-11-11T00:30:00Z');
    await shop.reconcileAndPlan();
    const morning = '2026-11-12T17:00:00.000Z';
    // Wednesday is Veterans Day
    expect(await previewed(shop)).toEqual([morning]);
    expect(await lived(shop, [0, 60])).toEqual([]);
    expect(await told(shop)).toEqual([]);
    shop.at('2026-11-12T08:00:00Z');
    expect(await lived(shop, [0, 539])).toEqual([]);
    expect(await lived(shop, [1])).toEqual([morning]);
    expect(await told(shop)).toHaveLength(1);
  });

  test('what waits for a person, and is released, does not wait for that hour', async () => {
    const shop = await informing(database, 'approve');
    await shop.reconcileAndPlan();
    expect(await previewed(shop)).toEqual(['2026-11-10T18:00:00.000Z']);
  });

  test('“why?” says what it waits for', async () => {
    const shop = await informing(database, 'autopilot');
    await shop.reconcileAndPlan();
    const [why] = await shop.within((tx) =>
      explain(tx, shop.companyId, { customerId: 'C1', day: day('2026-11-10') }, shop.now()),
    );
    expect(why?.nextAt?.toISOString()).toBe('2026-11-10T19:00:00.000Z');
    expect(why?.branches.find(({ question }) => question === 'time')?.answers).toEqual([
      { rule: 'P9', words: 'Sam hears of it an hour before it leaves.' },
    ]);
  });
});
