import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
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

const parent = customerRow('P', { name: 'Head office' });
const child = (billsWithParent: boolean, more: object = {}) =>
  customerRow('C', { name: 'Branch', parentId: 'P', billsWithParent, ...more });
/** Three days late, the first step; the second step of an older one is due at once. */
const late = (id: string, customerId: string, dueOn = '2026-11-06') =>
  invoiceRow(id, { customerId, dueOn: day(dueOn) });

async function at(instant: string): Promise<void> {
  shop.at(instant);
  await shop.morning();
  await shop.deliver();
}

const said = async (): Promise<readonly string[]> =>
  (await shop.touches())
    .filter(({ state }) => state !== 'cancelled')
    .map(({ customer_id: who, state, sent_at: sent, planned_for: plan }) => {
      return `${who} ${state} ${(sent ?? plan).toISOString().slice(0, 10)}`;
    });

/** A fresh invoice of theirs that nobody has reminded of, three days late. */
const another = (customerId: string) =>
  shop.ledger.put({
    invoices: [{ ...late(`N${customerId}`, customerId), changedAt: shop.now().toISOString() }],
  });

it('S3, R12: who stops billing with their parent hears nothing on the day on which the parent was written to', async () => {
  shop.ledger.put({ customers: [parent, child(true)], invoices: [late('I1', 'C')] });
  await at('2026-11-10T18:00:00Z');
  expect(await said()).toEqual(['P sent 2026-11-10']);
  shop.ledger.put({ customers: [child(false)] });
  another('C');
  await at('2026-11-10T19:00:00Z');
  expect(await said()).toEqual(['P sent 2026-11-10']);
  for (const on of ['2026-11-11', '2026-11-12', '2026-11-13', '2026-11-16']) await at(`${on}T18:00:00Z`);
  expect((await said()).filter((each) => each.startsWith('C sent'))).not.toEqual([]);
});

it('S3, R12: the same when they leave the parent altogether, and for what was only listed', async () => {
  shop.ledger.put({
    customers: [parent, child(true)],
    invoices: [late('I1', 'P'), late('I2', 'C', '2026-11-09')],
  });
  await at('2026-11-10T18:00:00Z');
  expect(await said()).toEqual(['P sent 2026-11-10']);
  shop.ledger.put({ customers: [child(false, { parentId: null })] });
  another('C');
  await at('2026-11-10T19:00:00Z');
  expect(await said()).toEqual(['P sent 2026-11-10']);
});

it('S3, R12: a parent hears nothing on the day on which somebody was written to who bills with it now', async () => {
  shop.ledger.put({ customers: [parent, child(false)], invoices: [late('I1', 'C')] });
  await at('2026-11-10T18:00:00Z');
  expect(await said()).toEqual(['C sent 2026-11-10']);
  shop.ledger.put({ customers: [child(true)] });
  another('P');
  await at('2026-11-10T19:00:00Z');
  expect(await said()).toEqual(['C sent 2026-11-10']);
});

it('the other branches of a parent that was written to about one of them are none of it', async () => {
  const other = customerRow('D', { name: 'Other branch', parentId: 'P', billsWithParent: false });
  shop.ledger.put({ customers: [parent, child(true), other], invoices: [late('I1', 'C'), late('I2', 'D')] });
  await at('2026-11-10T18:00:00Z');
  expect((await said()).toSorted()).toEqual(['D sent 2026-11-10', 'P sent 2026-11-10']);
});
