import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sync } from '../../src/books/sync.job.ts';
import { type CompanyRow, getCompany, setTimeZone } from '../../src/companies/company.store.ts';
import type { CompanyProfile } from '../../src/domain/books.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { owes } from '../delivery/support.ts';
import { usd } from '../receivables/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { Workshop } from '../support/workshop.ts';

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
  shop.ledger.about = profile;
});

const profile: CompanyProfile = {
  name: 'Larkspur Joinery',
  legalName: 'Larkspur Joinery LLC',
  email: null,
  phone: null,
  country: 'US',
  region: 'OR',
  timeZone: 'America/Los_Angeles',
  baseCurrency: usd,
  postalAddress: '1 Mill Lane, Portland OR 97201',
  lockedUntil: null,
  ownReminders: false,
};
const read = (): Promise<void> => sync(shop.duly, { companyId: shop.companyId, read: true });
const company = (): Promise<CompanyRow> => shop.within((tx) => getCompany(tx, shop.companyId));

describe('what the ledger says of the company itself', () => {
  test('is read once a week, however often the books are read', async () => {
    for (let time = 0; time < 3; time += 1) {
      await read();
      shop.passMinutes(60);
    }
    expect(shop.ledger.calls.profiles).toBe(1);
    shop.passMinutes(7 * 24 * 60);
    shop.ledger.about = { ...profile, name: 'Larkspur & Daughters' };
    await read();
    expect((await company()).name).toBe('Larkspur & Daughters');
  });

  test('keeps its last state when it cannot be read, and the books count as read all the same', async () => {
    shop.ledger.about = new LedgerError('unavailable', 'no answer');
    await read();
    expect(await company()).toMatchObject({ profile_read_at: null, books_read_at: shop.now() });
    expect(await shop.problems()).toEqual([]);
  });

  test('R14: reminders of its own hold autopilot and are a problem until they are off', async () => {
    owes(shop);
    await read();
    await shop.morning();
    expect(await shop.states()).toEqual(['first approved']);
    shop.passMinutes(20 * 60);
    shop.ledger.about = { ...profile, ownReminders: true };
    await read();
    await shop.morning();
    const [touch] = await shop.touches();
    expect(touch?.state).toBe('awaiting_approval');
    expect(touch?.state_reason).toContain('nobody is chased twice');
    expect(await shop.problems()).toEqual(['ledger_reminders_on']);
    shop.passMinutes(20 * 60);
    shop.ledger.about = profile;
    await read();
    expect(await shop.problems()).toEqual([]);
  });

  test('moves the time zone, unless a person set it', async () => {
    shop.ledger.about = { ...profile, timeZone: 'America/Denver' };
    await read();
    expect((await company()).time_zone).toBe('America/Denver');
    await shop.within((tx) => setTimeZone(tx, shop.companyId, 'America/Boise', 'Maria Lopez', shop.now()));
    shop.passMinutes(7 * 24 * 60);
    await read();
    expect(await company()).toMatchObject({ time_zone: 'America/Boise', time_zone_by: 'Maria Lopez' });
  });
});
