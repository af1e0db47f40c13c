import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { businessCalendar } from '../../src/domain/calendar.ts';
import { addDays, type Day, day, daysBetween } from '../../src/domain/day.ts';
import { holidayData } from '../../src/domain/holidays/data/index.ts';
import { LOOK_BACK_DAYS } from '../../src/dunning/history.ts';
import { MOST_GAP } from '../../src/policies/check/check-settings.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { allRules } from '../../src/policies/law/law-for.ts';
import { owes } from '../delivery/support.ts';
import { withSettings } from '../policies/check-support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
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
});

const afterThat = async (instant: string): Promise<number> => {
  shop.at(instant);
  await shop.morning();
  await shop.deliver();
  return (await shop.touches()).filter((touch) => touch.state === 'sent').length;
};

test('S3: a gap of thirty business days is kept, over Thanksgiving and Christmas too', async () => {
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    const document = withSettings({ minGapBusinessDays: MOST_GAP });
    await saveDocument(tx, shop.companyId, { expectedVersion, document }, 'Maria Lopez', shop.now());
  });
  owes(shop);
  expect(await afterThat('2026-11-10T18:00:00Z')).toBe(1);
  // thirty business days after 10 November, without 11 and 26 November: 24 December
  expect(await afterThat('2026-12-21T19:00:00Z')).toBe(1);
  expect(await afterThat('2026-12-23T19:00:00Z')).toBe(1);
  expect(await afterThat('2026-12-28T18:00:00Z')).toBe(2);
});

test('S3, R12: who begins to bill with a parent was written to as the parent: no second message that day, and the gap holds', async () => {
  const emails = ['ap@quayside.example'];
  const child = (billsWithParent: boolean) =>
    customerRow('C1', { parentId: 'P', billsWithParent, emails, changedAt: shop.now().toISOString() });
  shop.ledger.put({
    customers: [customerRow('P', { emails }), child(false)],
    invoices: [invoiceRow('I1', { customerId: 'C1' })],
  });
  expect(await afterThat('2026-11-10T18:00:00Z')).toBe(1);
  shop.passMinutes(60);
  const changedAt = shop.now().toISOString();
  shop.ledger.put({
    customers: [child(true)],
    invoices: [invoiceRow('I2', { customerId: 'P', changedAt })],
  });
  expect(await afterThat('2026-11-10T19:01:00Z')).toBe(1);
  // a holiday on the 11th: three business days after the 10th is the 16th
  expect(await afterThat('2026-11-13T18:00:00Z')).toBe(1);
  expect(await afterThat('2026-11-16T18:00:00Z')).toBe(2);
  expect((await shop.touches()).filter(({ state }) => state === 'sent').map((t) => t.customer_id)).toEqual([
    'C1',
    'P',
  ]);
});

describe('what was said is looked back on', () => {
  /** The most days of the calendar that the longest gap takes, whenever it begins. */
  function longest(country: string, region: string | null, until: Day): number {
    const calendar = businessCalendar(country, region, 'UTC');
    const business: Day[] = [];
    for (let on = day('2026-01-01'); on < until; on = addDays(on, 1))
      if (calendar.isBusinessDay(on)) business.push(on);
    const spans = business.slice(MOST_GAP).map((on, at) => daysBetween(business[at] ?? on, on));
    return Math.max(...spans);
  }

  test('S3: at least as far as the longest gap that may be set reaches, in any country and region', () => {
    const reach = Object.entries(holidayData).flatMap(([country, { regions }]) => [
      longest(country, null, day('2030-12-31')),
      ...Object.keys(regions ?? {}).map((region) => longest(country, region, day('2027-06-30'))),
    ]);
    // a day of the company's zone may begin a day before the debtor's
    expect(Math.max(...reach) + 2).toBeLessThanOrEqual(LOOK_BACK_DAYS);
  });

  test('S3: at least as far as every rolling cap of policy and law', () => {
    const caps = allRules().flatMap(({ effect }) => (effect.kind === 'cap' ? [effect.days] : []));
    expect(caps.length).toBeGreaterThan(5);
    expect(Math.max(...caps, 30) + 2).toBeLessThanOrEqual(LOOK_BACK_DAYS);
    const gaps = allRules().flatMap(({ effect }) => (effect.kind === 'gap' ? [effect.businessDays] : []));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(MOST_GAP);
  });
});
