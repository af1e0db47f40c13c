import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sendNow } from '../../src/dunning/send-now.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { Workshop } from '../support/workshop.ts';
import { owes } from './support.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('SEQ-11: what may not leave now names the holiday or weekend that stands in the way', async () => {
  const shop = await Workshop.open(database, 'approve');
  owes(shop);
  await shop.morning();
  const [touch] = await shop.touches();
  const refusedAt = (instant: string): Promise<string> => {
    shop.at(instant);
    return shop
      .within((tx) => sendNow(tx, shop.companyId, touch?.touch_id ?? '', 'Maria Lopez', shop.now()))
      .then(
        () => 'it leaves',
        (error: Error) => error.message,
      );
  };
  expect(await refusedAt('2026-11-11T18:00:00Z')).toBe(
    'It may not leave now. Wed, Nov 11, 2026 is a public holiday where they are: Veterans Day (United States).',
  );
  expect(await refusedAt('2026-11-14T18:00:00Z')).toBe(
    'It may not leave now. Sat, Nov 14, 2026 is a weekend day where they are (United States).',
  );
  expect(await refusedAt('2026-11-12T18:00:00Z')).toBe('it leaves');
});
