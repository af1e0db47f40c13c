import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import type { Currency } from '../../src/domain/currency.ts';
import { day } from '../../src/domain/day.ts';
import type { UserError } from '../../src/platform/errors.ts';
import { setDebtorType } from '../../src/receivables/debtor-type.store.ts';
import { type NewHold, setHold } from '../../src/receivables/hold.store.ts';
import { liftHold, liftHoldsOf } from '../../src/receivables/hold-lift.store.ts';
import { loadFigures } from '../../src/receivables/position.store.ts';
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

test('R11: an invoice is disputed once at a time, for at most what is open on it, with a category', async () => {
  const dispute = (more: Partial<NewHold> = {}) =>
    hold({ kind: 'dispute', scope: 'invoice', invoiceId: 'I2', reason: 'ten, not twelve', ...more });
  await expect(dispute({ amountMinor: 2_501 })).rejects.toThrow('more than the $25.00 still open');
  await expect(dispute({ amountMinor: 0 })).rejects.toThrow('not above zero');
  await expect(dispute({ amountMinor: 1, currency: 'EUR' as Currency })).rejects.toThrow('balance is in USD');
  await expect(dispute({ category: 'insolvency' })).rejects.toThrow('does not fit');
  await expect(hold({ kind: 'dispute' })).rejects.toThrow('about one invoice');
  const first = await dispute({ amountMinor: 2_500, category: 'wrong_amount', endsOn: day('2026-11-12') });
  const again = await dispute().then(
    () => null,
    (error: UserError) => error,
  );
  expect(again).toMatchObject({
    code: 'conflict',
    action: expect.stringContaining('Lift that dispute first'),
  });
  expect(again?.message).toContain('disputed already, since 10 Nov 2026 (Maria Lopez)');
  await dispute({ startsOn: day('2026-11-13') });
  await shop.within((tx) => liftHold(tx, shop.companyId, first, 'Maria Lopez', shop.now()));
  changeInLedger(shop, 'I2', { openMinor: 0, status: 'closed' });
  await shop.morning();
  await expect(dispute({ startsOn: day('2026-11-30') })).rejects.toThrow('is settled');
});

test('S5, EXC-11: a reply and what a person stopped have no last day: a person ends them, and may be reminded of it', async () => {
  for (const kind of ['reply', 'stopped'] as const) {
    await expect(hold({ kind, endsOn: day('2026-11-20') })).rejects.toMatchObject({
      code: 'bad_input',
      field: 'endsOn',
      action: expect.stringContaining('reviewOn'),
    });
    await hold({ kind, reviewOn: day('2026-11-20') });
  }
});

test('two who dispute the same invoice at the same time are told apart', async () => {
  const dispute = () => hold({ kind: 'dispute', scope: 'invoice', invoiceId: 'I1' });
  const results = await Promise.allSettled([dispute(), dispute()]);
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a legal hold names its category, other kinds have none; what is said of one is not said of all', async () => {
  await expect(hold({ kind: 'legal' })).rejects.toThrow('The category is missing.');
  await expect(hold({ category: 'deceased' })).rejects.toThrow('does not fit');
  await expect(hold({ kind: 'reply', scope: 'company', customerId: null })).rejects.toThrow('whole company');
  await expect(hold({ reviewOn: day('2026-11-10') })).rejects.toThrow('to look again');
  await hold({ kind: 'legal', category: 'deceased' });
  expect(await asked()).toEqual({ C1: 0, C2: 10_000 });
});

test('a derived hold is Duly’s and says since when it stands', async () => {
  changeInLedger(shop, 'I3', {});
  shop.ledger.put({ customers: [customerRow('C2', { emails: [], changedAt: shop.now().toISOString() })] });
  await shop.morning();
  shop.at('2026-11-13T18:00:00Z');
  await hold({ customerId: 'C2' });
  await shop.reconcileAndPlan();
  const rows = await shop.within((tx) => loadFigures(tx, shop.companyId));
  const found = rows.find((row) => row.customerId === 'C2')?.holds ?? [];
  expect(found.map(({ kind, by, since, scope }) => [kind, by, since, scope])).toEqual([
    ['pause', 'Maria Lopez', '2026-11-10', 'customer'],
    ['no_recipient', 'Duly', '2026-11-10', 'customer'],
  ]);
});

test('holds of an agreement end with it, and are not lifted one by one', async () => {
  const agreementId = '00000000-0000-4000-8000-00000000000a';
  const ids = await Promise.all(
    (['I1', 'I2'] as const).map((invoiceId) =>
      hold({ kind: 'plan', agreementId, scope: 'invoice', invoiceId }),
    ),
  );
  const lift = () => shop.within((tx) => liftHold(tx, shop.companyId, ids[0] ?? '', 'Sam Okoro', shop.now()));
  await expect(lift()).rejects.toMatchObject({
    code: 'conflict',
    action: expect.stringContaining('Withdraw'),
  });
  expect(await asked()).toEqual({ C1: 0, C2: 10_000 });
  const end = (why: string) =>
    shop.within((tx) => liftHoldsOf(tx, shop.companyId, agreementId, 'Duly', why, shop.now()));
  await end('the plan was breached');
  await end('again');
  expect(await asked()).toEqual({ C1: 12_500, C2: 10_000 });
  const said = await shop.within((tx) =>
    tx.selectFrom('activity').select(['actor', 'summary']).where('kind', '=', 'hold_lifted').execute(),
  );
  expect(said).toEqual(
    Array(2).fill({ actor: 'Duly', summary: 'Hold “In a payment plan” lifted: the plan was breached' }),
  );
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

test.each(['customer first', 'survivor first'])(
  'R16: who asked not to be contacted and is merged into another customer is not written to under that name: %s',
  async (order) => {
    const [gone, into] = order === 'customer first' ? ['C1', 'C2'] : ['C2', 'C1'];
    const changedAt = '2026-11-10T18:30:00Z';
    const mine = ['I1', 'I2', 'I3'].filter((id) => shop.ledger.invoices.get(id)?.customerId === gone);
    await hold({ kind: 'do_not_contact', scope: 'customer', customerId: gone });
    shop.ledger.put({
      customers: [customerRow(gone, { active: false, mergedIntoId: into, changedAt })],
      invoices: mine.map((id) => ({
        ...(shop.ledger.invoices.get(id) ?? invoiceRow(id)),
        customerId: into,
        changedAt,
      })),
    });
    await shop.morning();
    const [position] = await shop.within(async (tx) =>
      readPositions(tx, await getCompany(tx, shop.companyId), shop.now(), { customerIds: [into] }),
    );
    expect(position?.holds.map((each) => [each.kind, each.by])).toEqual([['do_not_contact', 'Maria Lopez']]);
    expect(position?.openMinor).toBe(22_500);
    expect((await shop.touches()).map((row) => row.state)).not.toContain('approved');
  },
);
