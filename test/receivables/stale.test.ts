import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readChanges } from '../../src/books/changes.job.ts';
import { applyPage } from '../../src/books/mirror.store.ts';
import { forgetNamed, keepNamed, removeUnnamed } from '../../src/books/named.store.ts';
import { computeInChunks } from '../../src/receivables/compute-stale.job.ts';
import { loadFigures } from '../../src/receivables/position.store.ts';
import { reconcileCompany } from '../../src/receivables/reconcile.job.ts';
import { listPositions } from '../../src/web/api/positions.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { booksPage, customerRow, invoiceRow, paymentRow } from '../support/values.ts';
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
});

const positions = async () =>
  (await shop.within((tx) => loadFigures(tx, shop.companyId))).map((row) => row.customerId);

test('everybody means whoever has a figure, too: of a customer that never came, the last row is gone', async () => {
  const payment = paymentRow('P1', { customerId: 'C9', unappliedMinor: 500, allocations: [] });
  await shop.within((tx) =>
    applyPage(tx, shop.companyId, booksPage({ customers: [customerRow('C1')], payments: [payment] }), {
      now: shop.now(),
      first: false,
    }),
  );
  await computeInChunks(shop.duly, shop.companyId);
  expect(await positions()).toEqual(['C9']);
  // everything is read anew, and names the payment no more
  await shop.within(async (tx) => {
    await forgetNamed(tx, shop.companyId);
    await keepNamed(tx, shop.companyId, booksPage({ customers: [customerRow('C1')] }));
    await removeUnnamed(tx, shop.companyId, shop.now());
  });
  await computeInChunks(shop.duly, shop.companyId);
  expect(await positions()).toEqual([]);
});

test('R15: a difference that a change happens to hide is asked about all the same', async () => {
  shop.ledger.put({ customers: [customerRow('C1')], invoices: [invoiceRow('I1')] });
  await shop.morning();
  // the ledger has an invoice over 100.00 that no list of ours shows
  shop.ledger.says = [{ customerId: 'C1', currency: usd, minor: 20_000 }];
  const reconcile = () => reconcileCompany(shop.duly, { companyId: shop.companyId, read: true });
  await reconcile();
  const ties = async () =>
    (await shop.within((tx) => loadFigures(tx, shop.companyId))).map((row) => [row.openMinor, row.tiesOut]);
  expect(await ties()).toEqual([[10_000, false]]);
  // and now one more over as much, which we see: our sum is what the ledger said before, and the ledger says more
  shop.passMinutes(30);
  shop.ledger.put({ invoices: [invoiceRow('I2', { changedAt: '2026-11-10T18:20:00Z' })] });
  shop.ledger.says = [{ customerId: 'C1', currency: usd, minor: 30_000 }];
  await readChanges(shop.duly, shop.companyId, shop.ledger);
  await reconcile();
  expect(await ties()).toEqual([[20_000, false]]);
});

test('what is shown adds up while the stored figures are old: settled since then, nothing is owed and nothing is listed', async () => {
  const take = (more: Parameters<typeof invoiceRow>[1]) =>
    shop.within((tx) =>
      applyPage(
        tx,
        shop.companyId,
        booksPage({ customers: [customerRow('C1')], invoices: [invoiceRow('I1', more)] }),
        { now: shop.now(), first: false },
      ),
    );
  const seen = async () => {
    const { items } = await shop.within((tx) => listPositions(tx, shop.companyId, {}, shop.now()));
    return items.map((row) => [row.open.minor, row.pastDue.minor, row.ask.minor, row.lines.length]);
  };
  await take({ changedAt: '2026-11-10T00:00:00Z' });
  await computeInChunks(shop.duly, shop.companyId);
  expect(await seen()).toEqual([[10_000, 10_000, 10_000, 1]]);
  await take({ changedAt: '2026-11-10T01:00:00Z', openMinor: 4_000 });
  expect(await seen()).toEqual([[4_000, 4_000, 4_000, 1]]);
  await take({ changedAt: '2026-11-10T02:00:00Z', openMinor: 0, status: 'closed' });
  expect(await seen()).toEqual([[0, 0, 0, 0]]);
});
