import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sync } from '../../src/books/sync.job.ts';
import { getCompany } from '../../src/companies/company.store.ts';
import { ledgerRefHash } from '../../src/companies/connection.store.ts';
import { takeRings } from '../../src/companies/doorbell.store.ts';
import { inSystem } from '../../src/platform/db.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { owes } from '../delivery/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

test('a ring that comes while the books are read, at the same instant, is answered by the next read', async () => {
  const shop = await Workshop.open(database);
  owes(shop);
  shop.ledger.about = new LedgerError('unavailable', 'no answer');
  const { duly, companyId } = shop;
  const hash = ledgerRefHash(duly.crypto, 'fake', 'books');
  await inSystem(duly.db, (tx) =>
    tx.updateTable('connection').set({ ledger_ref_hash: hash }).where('company_id', '=', companyId).execute(),
  );
  let rings = 0;
  const ring = (): Promise<number> => {
    rings += 1;
    const told = { ledgerRef: 'books', eventId: `ring ${rings}` };
    return inSystem(duly.db, (tx) => takeRings(tx, duly.crypto, 'fake', [told], shop.now()));
  };
  const rungAt = async (): Promise<Date | null> =>
    (await shop.within((tx) => getCompany(tx, companyId))).rung_at;

  const readChanges = shop.ledger.readChanges.bind(shop.ledger);
  shop.ledger.readChanges = async function* (cursor, options) {
    // the ledger's list was made before this ring
    for await (const page of readChanges(cursor, options)) {
      await ring();
      yield page;
    }
  };
  await sync(duly, { companyId, read: true });
  await ring();
  await sync(duly, { companyId, read: true });
  expect(await rungAt()).toEqual(shop.now());
  shop.ledger.readChanges = readChanges;
  await sync(duly, { companyId });
  expect(await rungAt()).toBeNull();
});
