import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { skipStep } from '../../src/dunning/skip.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { owes } from '../delivery/support.ts';
import { withSettings } from '../policies/check-support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

it('P16: a statement that a person skips does not come back that month; the reminder of its day does, then the next month’s', async () => {
  const shop = await Workshop.open(database);
  const by = 'Maria Lopez';
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    const document = withSettings({ statement: { forWhom: 'everybody', businessDay: 3 } });
    await saveDocument(tx, shop.companyId, { expectedVersion, document }, by, shop.now());
  });
  owes(shop);
  await shop.morning();
  expect(await shop.states()).toEqual(['statement approved']);
  const [statement] = await shop.touches();
  await shop.within((tx) =>
    skipStep(tx, shop.companyId, statement?.touch_id ?? '', 'they have it', by, shop.now()),
  );
  await shop.reconcileAndPlan();
  expect(await shop.states()).toEqual(['statement cancelled', 'first approved']);
  await shop.deliver();
  // the second reminder keeps its place: a statement is no step of the sequence
  shop.at('2026-11-17T18:00:00Z');
  await shop.morning();
  await shop.deliver();
  shop.at('2026-12-03T18:00:00Z');
  await shop.morning();
  expect((await shop.states()).slice(1)).toEqual(['first sent', 'second sent', 'statement approved']);
});
