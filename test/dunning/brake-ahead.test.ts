import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { markEverybody } from '../../src/companies/plan-due.store.ts';
import { addDays, type Day, day, dayAt } from '../../src/domain/day.ts';
import { BRAKED } from '../../src/dunning/plan.ts';
import { previewAhead } from '../../src/dunning/preview.store.ts';
import { brakedAhead } from '../../src/dunning/volume.store.ts';
import { brakedDays } from '../../src/dunning/volume.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';
import { weekdays } from './rehearsal.ts';

const zone = 'America/Los_Angeles';
const FIRST_DAY = day('2026-11-10');
const DAYS = 15;
/** How many invoices have their first step on each of the first days; the second one comes a week later. */
const FIRST_STEPS = [4, 0, 12, 0, 0, 0, 8, 14, 0, 0, 0, 0, 0, 8, 14];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function opened(): Promise<Workshop> {
  const shop = await Workshop.open(database);
  const rows = FIRST_STEPS.flatMap((count, passed) =>
    Array.from({ length: count }, (_, place) => ({
      id: `${passed}-${place}`,
      // the first step is three days after the due date
      dueOn: addDays(FIRST_DAY, passed - 3),
    })),
  );
  shop.ledger.put({
    customers: rows.map(({ id }) => customerRow(`C${id}`)),
    invoices: rows.map(({ id, dueOn }) => invoiceRow(`I${id}`, { customerId: `C${id}`, dueOn })),
  });
  shop.at(`${FIRST_DAY}T08:30:00Z`);
  return shop;
}

/** What the preview says of the days from now on: on which the brake engages, and how many touches each has. */
async function ahead(shop: Workshop, days: number) {
  return await shop.within(async (tx) => {
    const company = await getCompany(tx, shop.companyId);
    const touches = await previewAhead(tx, company, shop.now(), { days });
    const counts = new Map<Day, number>();
    for (const touch of touches) counts.set(touch.day, (counts.get(touch.day) ?? 0) + 1);
    return { braked: [...(await brakedAhead(tx, company, shop.now(), touches))].sort(), counts };
  });
}

/** Whether the plan of today left it to a person, as there is so much of it. */
async function isBraked(shop: Workshop): Promise<boolean> {
  const today = dayAt(shop.now(), zone);
  return (await shop.touches()).some(
    (touch) => touch.state_reason === BRAKED && dayAt(touch.created_at, zone) === today,
  );
}

/** A person releases what waits for one, and all of it has left by the evening; how mails are made is not asked here. */
async function sendAll(shop: Workshop, today: Day): Promise<void> {
  shop.at(`${today}T18:00:00Z`);
  await shop.within(async (tx) => {
    await tx
      .updateTable('touch')
      .set({ state: 'sent', sent_at: shop.now() })
      .where('company_id', '=', shop.companyId)
      .where('state', 'in', ['awaiting_approval', 'approved'])
      .execute();
    await markEverybody(tx, shop.companyId);
  });
}

describe('S4, S7: the volume brake', () => {
  it('engages on the days that the preview named weeks before, on each that it names on the day, and on no other', async () => {
    const shop = await opened();
    await shop.morning();
    const told = await ahead(shop, DAYS);
    const lived: Day[] = [];
    for (const today of weekdays(FIRST_DAY, DAYS)) {
      shop.at(`${today}T08:30:00Z`);
      const before = await ahead(shop, 1);
      await shop.morning();
      const braked = await isBraked(shop);
      if (braked) lived.push(today);
      expect([today, before.braked]).toEqual([today, braked ? [today] : []]);
      // and the same while it waits, and when it has left
      if (braked) expect((await ahead(shop, 1)).braked).toEqual([today]);
      await sendAll(shop, today);
      if (braked) expect((await ahead(shop, 1)).braked).toEqual([today]);
    }
    expect(told.braked).toEqual(lived);
    // days are among them that plan more than ten, and on which that is not unusual any more
    const large = [...told.counts].filter(([, count]) => count > 10).map(([on]) => on);
    expect(lived.length).toBeGreaterThan(1);
    expect(large.length).toBeGreaterThan(lived.length);
  });

  it('what stands counts on the day on which it was written down, and as usual once it has left', () => {
    const [today, later] = [day('2026-11-10'), day('2026-11-11')];
    const on = (of: Day, count: number, stands: boolean) =>
      Array.from({ length: count }, () => ({ day: of, stands }));
    const none = { plannedToday: 0, sentOn: new Map<Day, number>() };
    expect([...brakedDays(today, none, on(later, 10, false))]).toEqual([]);
    expect([...brakedDays(today, none, on(later, 11, false))]).toEqual([later]);
    expect([...brakedDays(today, none, on(later, 11, true))]).toEqual([]);
    expect([...brakedDays(today, { ...none, plannedToday: 11 }, on(today, 11, true))]).toEqual([today]);
    // 56 in fourteen days are four a day, so twelve are usual
    const busy = { ...none, sentOn: new Map([[addDays(later, -14), 56]]) };
    expect([...brakedDays(today, busy, on(later, 12, false))]).toEqual([]);
    expect([...brakedDays(today, busy, on(later, 13, false))]).toEqual([later]);
    expect([...brakedDays(today, busy, on(addDays(later, 1), 12, false))]).toEqual([addDays(later, 1)]);
  });
});
