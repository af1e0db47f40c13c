import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { LedgerError } from '../../src/platform/errors.ts';
import { loadFigures } from '../../src/receivables/position.store.ts';
import { reconcileCompany } from '../../src/receivables/reconcile.job.ts';
import { changeInLedger, owes } from '../delivery/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { creditRow, customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';
import { usd } from './support.ts';

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
  owes(shop);
  shop.ledger.put({
    customers: [customerRow('C2')],
    invoices: [invoiceRow('I2', { customerId: 'C2' })],
    credits: [creditRow('K1')],
  });
});

const reconcile = (): Promise<void> => reconcileCompany(shop.duly, { companyId: shop.companyId, read: true });
const ties = async (): Promise<Record<string, boolean>> => {
  const positions = await shop.within((tx) => loadFigures(tx, shop.companyId));
  return Object.fromEntries(positions.map((row) => [row.customerId, row.tiesOut]));
};

/** Without what the business should put right before anybody is chased: that is not of this file. */
const problems = async (): Promise<readonly string[]> =>
  (await shop.problems()).filter((kind) => kind === 'does_not_tie_out' || kind === 'row_unreadable');

test('R15: sums that agree to the cent are compared once a day when something changed, and every week', async () => {
  await shop.morning();
  await reconcile();
  await reconcile();
  expect(await ties()).toEqual({ C1: true, C2: true });
  expect(shop.ledger.calls.sums).toBe(1);
  shop.at('2026-11-12T18:00:00Z');
  await reconcile();
  expect(shop.ledger.calls.sums).toBe(1);
  await shop.morning();
  await reconcile();
  expect(shop.ledger.calls.sums).toBe(2);
  shop.at('2026-11-19T18:00:00Z');
  await reconcile();
  expect(shop.ledger.calls.sums).toBe(3);
});

test('R15: a difference that lasts has all open invoices read again, once, and a lost change comes to light', async () => {
  await shop.morning();
  // an invoice closed without a word in any list of changes
  const [lost] = [...shop.ledger.invoices.values()].filter((row) => row.invoiceId === 'I2');
  const changes = shop.ledger.readChanges.bind(shop.ledger);
  shop.ledger.readChanges = async function* () {
    for await (const page of changes('0')) yield { ...page, invoices: [] };
  };
  if (lost !== undefined) shop.ledger.put({ invoices: [{ ...lost, openMinor: 0, status: 'closed' }] });
  await reconcile();
  expect(await ties()).toEqual({ C1: true });
  expect(shop.ledger.calls).toMatchObject({ sums: 3, sweeps: 1 });
  // one that even that does not explain stays on the page without another sweep
  shop.ledger.says = [{ customerId: 'C2', currency: usd, minor: 77 }];
  for (const day of ['12', '13', '14']) {
    shop.at(`2026-11-${day}T18:00:00Z`);
    await shop.morning();
    await reconcile();
  }
  expect(shop.ledger.calls.sweeps).toBe(2);
});

test('R15: a difference holds this customer only, is shown, and goes when both agree', async () => {
  await shop.morning();
  shop.ledger.says = [
    { customerId: 'C1', currency: usd, minor: 5_001 },
    { customerId: 'C2', currency: usd, minor: 10_000 },
  ];
  await reconcile();
  expect(await ties()).toEqual({ C1: false, C2: true });
  expect(await problems()).toEqual(['does_not_tie_out']);
  await shop.reconcileAndPlan();
  expect((await shop.touches()).map((row) => [row.customer_id, row.state])).toEqual([
    ['C1', 'cancelled'],
    ['C2', 'approved'],
  ]);
  shop.ledger.says = null;
  await reconcile();
  expect(await ties()).toEqual({ C1: true, C2: true });
  expect(await problems()).toEqual([]);
});

test('R15: a recompute keeps what still stands: a difference until the ledger is asked, agreement while ours is the same', async () => {
  await shop.morning();
  shop.ledger.says = [
    { customerId: 'C1', currency: usd, minor: 5_000 },
    { customerId: 'C2', currency: usd, minor: 9_000 },
  ];
  await reconcile();
  const stored = async () =>
    (await shop.within((tx) => loadFigures(tx, shop.companyId))).map((row) => [row.ledgerMinor, row.tiesOut]);
  const compared = [
    [5_000, true],
    [9_000, false],
  ];
  expect(await stored()).toEqual(compared);
  await reconcileCompany(shop.duly, { companyId: shop.companyId, all: true });
  expect(await stored()).toEqual(compared);
  // C1 moves on: nothing is known of it; C2 comes to what the ledger said
  changeInLedger(shop, 'I1', { openMinor: 9_500 });
  changeInLedger(shop, 'I2', { openMinor: 9_000 });
  await shop.morning();
  expect(await stored()).toEqual([
    [null, true],
    [9_000, true],
  ]);
  expect(await problems()).toEqual([]);
});

test('R15: a person may ask for the comparison at any time', async () => {
  await shop.morning();
  await reconcile();
  await reconcileCompany(shop.duly, { companyId: shop.companyId, compare: true, purpose: 'person' });
  expect(shop.ledger.calls.sums).toBe(2);
});

test('R15: what only changed between two reads is settled by a second look', async () => {
  await shop.morning();
  changeInLedger(shop, 'I2', { openMinor: 4_000 });
  await reconcile();
  expect(await ties()).toEqual({ C1: true, C2: true });
  expect(shop.ledger.calls.sums).toBe(2);
});

test('R15: a customer of whom the ledger knows a debt and the mirror nothing is a difference', async () => {
  await shop.morning();
  shop.ledger.says = [
    ...(await shop.ledger.receivables()).sums,
    { customerId: 'C2', currency: usd, minor: 77_700 },
  ].filter((row) => row.customerId !== 'C2' || row.minor === 77_700);
  await shop.within((tx) =>
    tx
      .updateTable('invoice')
      .set({ open_minor: 0, status: 'closed' })
      .where('invoice_id', '=', 'I2')
      .execute(),
  );
  shop.ledger.invoices.delete('I2');
  await reconcile();
  expect(await ties()).toEqual({ C1: true, C2: false });
});

test('R15: sums that could not be read are a problem of the company until they are compared again', async () => {
  await shop.morning();
  await reconcile();
  shop.at('2026-11-12T18:00:00Z');
  await shop.morning();
  shop.ledger.sumFaults.push(new LedgerError('unavailable', 'Something went wrong.'));
  await reconcile();
  expect(await problems()).toEqual(['does_not_tie_out']);
  const [problem] = await shop.within((tx) =>
    tx.selectFrom('problem').selectAll().where('kind', '=', 'does_not_tie_out').execute(),
  );
  expect(problem?.subject).toBe(shop.companyId);
  expect(problem?.what).toContain('Something went wrong. They were last compared on Nov 10, 2026.');
  await shop.reconcileAndPlan();
  expect(await problems()).toEqual(['does_not_tie_out']);
  await reconcile();
  expect(await problems()).toEqual([]);
});

test('R15, R8: a customer whose row the ledger sends unreadable is not asked about, the others are compared', async () => {
  await shop.morning();
  shop.ledger.rejected = [{ kind: 'customer', id: 'C1', customerId: null, reason: 'Balance is "abc"' }];
  shop.ledger.customers.delete('C1');
  await shop.morning();
  shop.ledger.says = [{ customerId: 'C2', currency: usd, minor: 10_000 }];
  await reconcile();
  expect(await ties()).toEqual({ C1: true, C2: true });
  expect(await problems()).toEqual(['row_unreadable']);
});

test('DET-10: an invoice becomes past due on the next local morning, with no change in the ledger at all', async () => {
  shop.at('2026-11-03T06:00:00Z');
  await shop.morning();
  const late = async (): Promise<number[]> =>
    (await shop.within((tx) => loadFigures(tx, shop.companyId))).map((row) => row.pastDueMinor);
  expect(await late()).toEqual([0, 0]);
  shop.at('2026-11-03T08:00:00Z');
  await shop.reconcileAndPlan();
  expect(await late()).toEqual([10_000, 10_000]);
});
