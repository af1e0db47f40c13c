import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { day } from '../../src/domain/day.ts';
import { setDebtorType } from '../../src/receivables/debtor-type.store.ts';
import { liftHold, type NewHold, setHold } from '../../src/receivables/hold.store.ts';
import { readPositions } from '../../src/receivables/read-positions.store.ts';
import { changeInLedger, owes } from '../delivery/support.ts';
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
/** C1 owes two invoices and C2 one, all past due. */
beforeEach(async () => {
  shop = await Workshop.open(database);
  owes(shop);
  shop.ledger.put({
    customers: [customerRow('C2')],
    invoices: [invoiceRow('I2', { openMinor: 2_500 }), invoiceRow('I3', { customerId: 'C2' })],
  });
  await shop.morning();
});

const pause: NewHold = {
  kind: 'pause',
  scope: 'customer',
  customerId: 'C1',
  reason: 'a week',
  setBy: 'Maria Lopez',
  startsOn: day('2026-11-10'),
};
const hold = (more: Partial<NewHold> = {}): Promise<string> =>
  shop.within((tx) => setHold(tx, shop.companyId, { ...pause, ...more }, shop.now()));
/** What may be asked of whom after the positions were computed anew; a held customer is asked for nothing. */
const asked = async (): Promise<Record<string, number>> => {
  await shop.reconcileAndPlan();
  const positions = await shop.within(async (tx) =>
    readPositions(tx, await getCompany(tx, shop.companyId), shop.now(), { customerIds: ['C1', 'C2'] }),
  );
  return Object.fromEntries(
    positions.map((row) => [row.customerId, row.holds.length > 0 ? 0 : row.askMinor]),
  );
};

test('EXC-01: a customer who is held is asked for nothing, the others go on', async () => {
  await hold({ kind: 'do_not_contact', reason: 'in the hands of a lawyer' });
  expect(await asked()).toEqual({ C1: 0, C2: 10_000 });
  expect((await shop.touches()).map((row) => [row.customer_id, row.state])).toEqual([
    ['C1', 'cancelled'],
    ['C2', 'approved'],
  ]);
});

test('EXC-04, PAR-15: a single invoice that is disputed leaves the customer’s others', async () => {
  await hold({ kind: 'dispute', scope: 'invoice', invoiceId: 'I1', reason: 'wrong quantity' });
  expect(await asked()).toEqual({ C1: 2_500, C2: 10_000 });
});

test('EXC-02: a hold set between planning and sending is seen by the read before sending', async () => {
  await hold();
  await shop.deliver();
  expect(shop.mailer.mails.map((mail) => mail.to.email)).toEqual(['ap@c2.example']);
});

test('EXC-07: a dated hold ends by itself after its last day, an open one never; lifting ends it at once', async () => {
  await hold({ endsOn: day('2026-11-12') });
  const open = await hold({ customerId: 'C2' });
  shop.at('2026-11-12T18:00:00Z');
  expect(await asked()).toEqual({ C1: 0, C2: 0 });
  shop.at('2026-11-13T18:00:00Z');
  expect(await asked()).toEqual({ C1: 12_500, C2: 0 });
  shop.at('2027-11-15T18:00:00Z');
  expect(await asked()).toEqual({ C1: 12_500, C2: 0 });
  await shop.within((tx) => liftHold(tx, shop.companyId, open, 'Maria Lopez', shop.now()));
  expect(await asked()).toEqual({ C1: 12_500, C2: 10_000 });
});

test('a hold of the whole company holds everybody', async () => {
  await hold({ scope: 'company', customerId: null, reason: 'we move' });
  expect(await asked()).toEqual({ C1: 0, C2: 0 });
});

test('EXC-06: a hold whose days make no sense holds, whatever day it is', async () => {
  await hold({ endsOn: day('2026-11-12') });
  await shop.within((tx) => tx.updateTable('hold').set({ ends_on: '-infinity' }).execute());
  shop.at('2026-11-20T18:00:00Z');
  changeInLedger(shop, 'I1', {});
  await shop.morning();
  expect(await asked()).toEqual({ C1: 0, C2: 10_000 });
});

test('what makes no sense is refused in words, and nothing is stored', async () => {
  await expect(hold({ reason: '  ' })).rejects.toMatchObject({ code: 'bad_input' });
  await expect(hold({ endsOn: day('2026-11-09') })).rejects.toMatchObject({ code: 'bad_input' });
  await expect(hold({ endsOn: day('9999-12-31') })).rejects.toMatchObject({ code: 'bad_input' });
  await expect(hold({ customerId: 'C9' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(hold({ scope: 'invoice', invoiceId: 'I9' })).rejects.toMatchObject({ code: 'not_found' });
  expect(await shop.within((tx) => tx.selectFrom('hold').selectAll().execute())).toEqual([]);
});

test('a hold can be lifted once, by a person whose name is kept', async () => {
  const holdId = await hold();
  const lift = () => shop.within((tx) => liftHold(tx, shop.companyId, holdId, 'Sam Okoro', shop.now()));
  await lift();
  await expect(lift()).rejects.toMatchObject({ code: 'not_found' });
  const said = await shop.within((tx) =>
    tx
      .selectFrom('activity')
      .select(['kind', 'actor'])
      .where('kind', 'in', ['hold_set', 'hold_lifted'])
      .orderBy('activity_id')
      .execute(),
  );
  expect(said).toEqual([
    { kind: 'hold_set', actor: 'Maria Lopez' },
    { kind: 'hold_lifted', actor: 'Sam Okoro' },
  ]);
});

test('a debtor’s type that a person stated survives the next read of the ledger', async () => {
  await shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'consumer', 'Maria Lopez', shop.now()));
  shop.ledger.put({
    customers: [customerRow('C1', { name: 'Ridgeway', changedAt: shop.now().toISOString() })],
  });
  await shop.morning();
  const row = await shop.within((tx) =>
    tx
      .selectFrom('customer')
      .select(['name', 'debtor_type'])
      .where('customer_id', '=', 'C1')
      .executeTakeFirst(),
  );
  expect(row).toEqual({ name: 'Ridgeway', debtor_type: 'consumer' });
  await expect(
    shop.within((tx) => setDebtorType(tx, shop.companyId, 'C9', 'business', 'Maria Lopez', shop.now())),
  ).rejects.toMatchObject({ code: 'not_found' });
});
