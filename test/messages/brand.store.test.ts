import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getBrand, logoHash, saveBrand } from '../../src/messages/brand.store.ts';
import { inCompany } from '../../src/platform/db.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { larkspur } from './samples.ts';

let database: TestDatabase;
const now = new Date('2026-12-03T09:00:00Z');
const logo = { type: 'image/png', bytes: 'iVBORw0KGgoAAAA=' } as const;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

test('a brand is kept as it was saved, and every change of it is on record', async () => {
  const companyId = await addCompany(database.db);
  await inCompany(database.db, companyId, async (tx) => {
    expect(await getBrand(tx, companyId)).toBeNull();
    await saveBrand(tx, companyId, larkspur, 'Maria Lopez', now);
    expect(await getBrand(tx, companyId)).toEqual(larkspur);
    await saveBrand(tx, companyId, larkspur, 'Maria Lopez', now);
    const changed = { ...larkspur, colour: '#203040', logo, contactPhone: null } as const;
    await saveBrand(tx, companyId, changed, 'Sam Okoro', now);
    expect(await getBrand(tx, companyId)).toEqual(changed);
    const record = await tx
      .selectFrom('activity')
      .select('summary')
      .where('company_id', '=', companyId)
      .where('kind', '=', 'brand_changed')
      .execute();
    expect(record.map((entry) => entry.summary).sort()).toEqual([
      'Maria Lopez set up the brand Larkspur Joinery.',
      'Sam Okoro changed the brand: colour, logo, contact phone.',
    ]);
  });
});

test("another company's brand can't be seen or changed", async () => {
  const [one, other] = [await addCompany(database.db), await addCompany(database.db)];
  await inCompany(database.db, one, (tx) => saveBrand(tx, one, larkspur, 'Duly', now));
  await inCompany(database.db, other, async (tx) => expect(await getBrand(tx, one)).toBeNull());
  await expect(
    inCompany(database.db, other, (tx) => saveBrand(tx, one, larkspur, 'Mallory', now)),
  ).rejects.toThrow();
});

test("a logo's address changes with its picture and only then", () => {
  expect(logoHash(logo)).toMatch(/^[0-9a-f]{24}$/);
  expect(logoHash(logo)).toBe(logoHash({ ...logo }));
  expect(logoHash(logo)).not.toBe(logoHash({ ...logo, bytes: 'iVBORw0KGgoAAAE=' }));
});
