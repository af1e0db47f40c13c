import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseCurrency } from '../../src/domain/currency.ts';
import { inCompany } from '../../src/platform/db.ts';
import { welcome } from '../../src/web/welcome.store.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const now = new Date('2026-11-23T18:00:00Z');
const usd = parseCurrency('USD');
if (usd === null) throw new Error('USD is unknown');

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await database.drop();
});

test.each([
  ['accounts@tideline.test', { contact_name: 'Dana', contact_email: 'accounts@tideline.test' }],
  [null, { contact_name: 'Aroha', contact_email: 'aroha@tideline.test' }],
])(
  'the person customers turn to at first has an address that is theirs (the ledger says %s)',
  async (email, contact) => {
    const companyId = await addCompany(database.db, { name: `Tideline ${email}` });
    const profile = {
      name: 'Tideline Signs',
      legalName: 'Tideline Signs Limited',
      email,
      phone: null,
      country: 'NZ',
      region: null,
      timeZone: null,
      baseCurrency: usd,
      postalAddress: '18 Tory Street, Wellington 6011',
      lockedUntil: null,
      ownReminders: null,
    };
    const person = { personName: 'Dana', identity: { name: 'Aroha', email: 'aroha@tideline.test' } };
    const brand = await inCompany(database.db, companyId, async (tx) => {
      await welcome(tx, { companyId, profile, isNew: true }, person, now);
      return await tx
        .selectFrom('brand')
        .select(['contact_name', 'contact_email'])
        .where('company_id', '=', companyId)
        .executeTakeFirst();
    });
    expect(brand).toEqual(contact);
  },
);
