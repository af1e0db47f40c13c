import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ConsequenceKind } from '../../../src/policies/consequences/consequence.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { invoiceRow } from '../../support/values.ts';
import { Workshop } from '../../support/workshop.ts';
import { announcedTo, by, dayOf, settle } from './support.ts';

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  shop = await Workshop.open(database);
});

/** Done on its day, as if this had been announced; then another invoice of the customer falls due. */
async function done(kind: ConsequenceKind): Promise<void> {
  const id = await announcedTo(shop);
  await shop.within((tx) => tx.updateTable('announcement').set({ kind }).execute());
  await dayOf(shop, '2026-11-27');
  await settle(shop, id, 'done', 'Miller & Sons have it.');
  shop.ledger.put({ invoices: [invoiceRow('I2')] });
  await dayOf(shop, '2026-12-04');
}

const holds = () =>
  shop.within((tx) =>
    tx
      .selectFrom('hold')
      .select(['kind', 'category', 'scope', 'customer_id', 'set_by', 'reason', 'starts_on', 'ends_on'])
      .execute(),
  );

for (const [kind, category] of [
  ['agency', 'collection'],
  ['court', 'court'],
] as const)
  test(`EXC-14: done, and with the ${kind} now: Duly writes no more, by a legal hold that says who and why`, async () => {
    await done(kind);
    expect(await holds()).toEqual([
      {
        kind: 'legal',
        category,
        scope: 'customer',
        customer_id: 'C1',
        set_by: by,
        reason: expect.stringMatching(/^Done as announced: .*\. Miller & Sons have it\.$/),
        starts_on: '2026-11-27',
        ends_on: null,
      },
    ]);
    expect(await shop.states()).toEqual(['first sent', 'final sent']);
    const told = await shop.within((tx) =>
      tx.selectFrom('activity').select(['actor', 'summary']).where('kind', '=', 'hold_set').execute(),
    );
    expect(told).toMatchObject([{ actor: by, summary: expect.stringContaining('Miller & Sons') }]);
  });

test('what the business does itself sets no hold: the next invoice is reminded of', async () => {
  await done('stop_supply');
  expect(await holds()).toEqual([]);
  expect(await shop.states()).toEqual(['first sent', 'final sent', 'first sent']);
});
