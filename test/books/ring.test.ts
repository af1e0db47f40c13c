import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sync } from '../../src/books/sync.job.ts';
import { getCompany } from '../../src/companies/company.store.ts';
import { ledgerRefHash } from '../../src/companies/connection.store.ts';
import { takeRings } from '../../src/companies/doorbell.store.ts';
import { lookAtBooks } from '../../src/companies/reading-wish.store.ts';
import { inSystem } from '../../src/platform/db.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import type { JobPayload } from '../../src/platform/jobs.ts';
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

/** The wishes to read this company that wait in the queue, in the order in which they came; they are taken out. */
async function takeWishes(companyId: string): Promise<readonly JobPayload[]> {
  const { rows } = await database.pool.query<{ payload: JobPayload }>(
    `select j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'sync' and j.payload->>'companyId' = $1 order by j.id`,
    [companyId],
  );
  await database.pool.query(`delete from graphile_worker._private_jobs where payload->>'companyId' = $1`, [
    companyId,
  ]);
  return rows.map((row) => row.payload);
}

test('who opens a page has old books read once: not again when they were read while the wish waited', async () => {
  const shop = await Workshop.open(database);
  owes(shop);
  shop.ledger.about = new LedgerError('unavailable', 'no answer');
  const { duly, companyId } = shop;
  let reads = 0;
  const readChanges = shop.ledger.readChanges.bind(shop.ledger);
  shop.ledger.readChanges = (cursor, options) => {
    reads += 1;
    return readChanges(cursor, options);
  };
  const carryOut = async (wishes: readonly JobPayload[]): Promise<number> => {
    reads = 0;
    for (const wish of wishes) await sync(duly, wish);
    return reads;
  };
  await sync(duly, { companyId, read: true });
  await takeWishes(companyId);
  const look = async (): Promise<readonly JobPayload[]> => {
    shop.passMinutes(16);
    await lookAtBooks(duly, await shop.within((tx) => getCompany(tx, companyId)));
    return await takeWishes(companyId);
  };

  const wishes = await look();
  expect(wishes).toHaveLength(1);
  expect(await carryOut(wishes)).toBe(1);
  // the company's timer, or the read before a batch, came first
  const waited = await look();
  expect(await carryOut([{ companyId, read: true }, ...waited])).toBe(1);
  // no ledger answers for a company that is not connected: nothing is asked of it
  const connected = (state: string) =>
    inSystem(duly.db, (tx) =>
      tx.updateTable('connection').set({ state }).where('company_id', '=', companyId).execute(),
    );
  for (const state of ['disconnected', 'reconnect_needed']) {
    await connected(state);
    expect(await look()).toEqual([]);
  }
  await connected('healthy');
  // what a person asks for in words is read whatever was read before
  const pressed: JobPayload = { companyId, read: true, purpose: 'person' };
  expect(await carryOut([...(await look()), pressed])).toBe(2);
});
