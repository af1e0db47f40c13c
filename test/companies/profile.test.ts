import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { saveProfile } from '../../src/companies/profile.store.ts';
import type { CompanyProfile } from '../../src/domain/books.ts';
import { day } from '../../src/domain/day.ts';
import { loadFigures } from '../../src/receivables/position.store.ts';
import { reconcileCompany } from '../../src/receivables/reconcile.job.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { currency, customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

const profile: CompanyProfile = {
  name: 'Larkspur Joinery',
  legalName: 'Larkspur Joinery LLC',
  email: null,
  phone: null,
  country: 'US',
  region: 'OR',
  timeZone: null,
  baseCurrency: currency('USD'),
  postalAddress: '1 Mill Lane, Portland OR 97201',
  lockedUntil: null,
  ownReminders: false,
};

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  shop = await Workshop.open(database);
});

/** What the ledger says of the company, in this zone, and the jobs that wait because of it. */
async function say(timeZone: string): Promise<readonly unknown[]> {
  await database.pool.query('delete from graphile_worker._private_jobs');
  await shop.within((tx) => saveProfile(tx, shop.companyId, { ...profile, timeZone }, shop.now()));
  const jobs = await database.pool.query('select key from graphile_worker.jobs');
  return jobs.rows.map((row: { key: string }) => row.key);
}

test('R1: a time zone that the ledger moves has everybody computed anew; one that it repeats has nobody', async () => {
  // ten in the morning in Oregon is three in the morning of the next day in Tokyo
  shop.ledger.put({
    customers: [customerRow('C1')],
    invoices: [invoiceRow('I1', { dueOn: day('2026-11-10') })],
  });
  const all = `reconcile:${shop.companyId}:all`;
  await say('America/Los_Angeles');
  expect(await say('America/Los_Angeles')).toEqual([]);
  await shop.morning();
  const pastDue = async () =>
    (await shop.within((tx) => loadFigures(tx, shop.companyId))).map((row) => [
      row.pastDueMinor,
      row.nextEventOn,
    ]);
  expect(await pastDue()).toEqual([[0, '2026-11-11']]);
  expect(await say('Asia/Tokyo')).toEqual([all]);
  await reconcileCompany(shop.duly, { companyId: shop.companyId, all: true });
  expect(await pastDue()).toEqual([[10_000, '2026-12-11']]);
  // back again: what was late is due today once more, which no event of the clock would tell
  expect(await say('America/Los_Angeles')).toEqual([all]);
  await reconcileCompany(shop.duly, { companyId: shop.companyId, all: true });
  expect(await pastDue()).toEqual([[0, '2026-11-11']]);
});
