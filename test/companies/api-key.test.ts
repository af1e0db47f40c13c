import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  companyOfApiKey,
  createApiKey,
  listApiKeys,
  revokeApiKey,
} from '../../src/companies/api-key.store.ts';
import { inSystem, type Tx } from '../../src/platform/db.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const now = new Date('2026-12-02T18:00:00Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => await database.drop());

const system = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inSystem(database.db, work);

test('a revoked key opens nothing any more; the others go on, and those of another company are out of reach', async () => {
  const [mine, theirs] = [await addCompany(database.db), await addCompany(database.db, { name: 'Tideline' })];
  const [first, second] = [
    await system((tx) => createApiKey(tx, mine, 'for the till', now)),
    await system((tx) => createApiKey(tx, mine, 'for the shop', new Date(now.getTime() + 1))),
  ];
  const opens = (key: string): Promise<string | null> => system((tx) => companyOfApiKey(tx, key));
  const revoke = (companyId: string, wanted: string): Promise<boolean> =>
    system((tx) => revokeApiKey(tx, companyId, wanted, now));

  expect(await revoke(theirs, first)).toBe(false);
  expect(await opens(first)).toBe(mine);
  expect(await revoke(mine, first)).toBe(true);
  expect([await opens(first), await opens(second)]).toEqual([null, mine]);
  expect(await revoke(mine, first)).toBe(false);

  const listed = await system((tx) => listApiKeys(tx, mine));
  expect(listed.map(({ label, revokedAt }) => [label, revokedAt])).toEqual([
    ['for the till', now],
    ['for the shop', null],
  ]);
  expect(JSON.stringify(listed)).not.toContain(second);
  // whoever lost the key names it as the list does
  expect(await revoke(mine, listed[1]?.name ?? '')).toBe(true);
  expect(await opens(second)).toBeNull();
});
