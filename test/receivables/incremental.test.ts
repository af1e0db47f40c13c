import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyPage, markAllStale } from '../../src/books/mirror.store.ts';
import { getCompany } from '../../src/companies/company.store.ts';
import { addDays, day, dayAt } from '../../src/domain/day.ts';
import type { Tx } from '../../src/platform/db.ts';
import type { BooksPage } from '../../src/ports/ledger.ts';
import { computeInChunks } from '../../src/receivables/compute-stale.job.ts';
import { type NewHold, setHold } from '../../src/receivables/hold.store.ts';
import { liftHold } from '../../src/receivables/hold-lift.store.ts';
import { loadFigures } from '../../src/receivables/position.store.ts';
import { readPositions } from '../../src/receivables/read-positions.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { booksPage, creditRow, currency, customerRow, invoiceRow, paymentRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** Six customers; a chunk takes two of them, so that families lie over several. */
const customerIds = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'];
const CHUNK = 2;
const start = day('2026-11-10');

/** One more that the ledger names before it shows it, if it ever does. */
const everybody = [...customerIds, 'C7'];
const customer = fc.constantFrom(...everybody);
const usdOrYen = fc.constantFrom(currency('USD'), currency('JPY'));
const around = fc.integer({ min: -100, max: 40 }).map((offset) => addDays(start, offset));
const minor = fc.integer({ min: 1, max: 90_000 });
type Change =
  | { readonly kind: 'page'; readonly page: Partial<BooksPage> }
  | { readonly kind: 'hold'; readonly hold: NewHold }
  | { readonly kind: 'lift' }
  | { readonly kind: 'days'; readonly count: number };
const page = (rows: fc.Arbitrary<Partial<BooksPage>>): fc.Arbitrary<Change> =>
  rows.map((of) => ({ kind: 'page', page: of }));

const invoices = fc
  .record({
    id: fc.integer({ min: 1, max: 9 }),
    customerId: customer,
    currency: usdOrYen,
    dueOn: fc.option(around, { freq: 9 }),
    openMinor: fc.oneof(minor, fc.constantFrom(0, -500)),
    status: fc.constantFrom('open' as const, 'open' as const, 'open' as const, 'void' as const),
    sent: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const),
  })
  .map(({ id, ...row }) => ({ invoices: [invoiceRow(`I${id}`, row)] }));
const families = fc
  .record({
    customerId: customer,
    parentId: fc.option(customer, { freq: 3 }),
    billsWithParent: fc.boolean(),
    active: fc.constantFrom(true, true, true, false),
    emails: fc.constantFrom([], ['ap@x.example']),
  })
  // a parent of itself, and loops of several, included
  .map(({ customerId, ...row }) => ({ customers: [customerRow(customerId, row)] }));
const unapplied = fc
  .record({ id: fc.integer({ min: 1, max: 4 }), customerId: customer, currency: usdOrYen, left: minor })
  .map(({ id, left, ...row }) =>
    id % 2 === 0
      ? { credits: [creditRow(`K${id}`, { ...row, remainingMinor: left })] }
      : { payments: [paymentRow(`P${id}`, { ...row, unappliedMinor: left })] },
  );
const unreadable = customer.map((customerId) => ({
  rejected: [{ kind: 'invoice' as const, id: 'I9', customerId, reason: 'Balance is "abc", not an amount' }],
}));
const removed = fc
  .constantFrom(
    ...['I1', 'I2', 'I3', 'I4', 'I5'].map((id) => ({ kind: 'invoice' as const, id })),
    ...['P1', 'P3'].map((id) => ({ kind: 'payment' as const, id })),
    ...['K2', 'K4'].map((id) => ({ kind: 'credit' as const, id })),
    ...customerIds.map((id) => ({ kind: 'customer' as const, id })),
  )
  .map((row) => ({ removed: [{ ...row, changedAt: '2026-11-10T00:00:00Z' }] }));
const hold = fc
  .record({
    customerId: customer,
    startsOn: fc.integer({ min: -3, max: 20 }).map((offset) => addDays(start, offset)),
    days: fc.option(fc.nat(15)),
    scope: fc.constantFrom('customer' as const, 'invoice' as const, 'company' as const),
    invoiceId: fc.integer({ min: 1, max: 9 }).map((id) => `I${id}`),
  })
  .map(
    ({ customerId, invoiceId, startsOn, days, scope }): Change => ({
      kind: 'hold',
      hold: {
        kind: 'pause',
        scope,
        customerId: scope === 'customer' ? customerId : null,
        invoiceId: scope === 'invoice' ? invoiceId : null,
        reason: 'a while',
        setBy: 'Maria Lopez',
        startsOn,
        endsOn: days === null ? null : addDays(startsOn, days),
      },
    }),
  );
const changes = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: page(invoices) },
    { weight: 4, arbitrary: page(families) },
    { weight: 2, arbitrary: page(unapplied) },
    { weight: 1, arbitrary: page(unreadable) },
    { weight: 2, arbitrary: page(removed) },
    { weight: 2, arbitrary: hold },
    { weight: 1, arbitrary: fc.constant<Change>({ kind: 'lift' }) },
    {
      weight: 4,
      arbitrary: fc.integer({ min: 1, max: 35 }).map((count): Change => ({ kind: 'days', count })),
    },
  ),
  { minLength: 4, maxLength: 14 },
);

/** Nobody holds what the books don't know. */
async function isThere(tx: Tx, { scope, customerId, invoiceId }: NewHold): Promise<boolean> {
  if (scope === 'company') return true;
  const found =
    scope === 'customer'
      ? await tx
          .selectFrom('customer')
          .select('name')
          .where('customer_id', '=', customerId ?? '')
          .execute()
      : await tx
          .selectFrom('invoice')
          .select('number')
          .where('invoice_id', '=', invoiceId ?? '')
          .execute();
  return found.length > 0;
}

async function make(shop: Workshop, change: Change, step: number): Promise<void> {
  if (change.kind === 'days') {
    shop.at(new Date(shop.now().getTime() + change.count * 86_400_000));
    return;
  }
  await shop.within(async (tx) => {
    if (change.kind === 'hold' && (await isThere(tx, change.hold)))
      await setHold(tx, shop.companyId, change.hold, shop.now());
    if (change.kind === 'lift') {
      const one = await tx
        .selectFrom('hold')
        .select('hold_id')
        .where('lifted_at', 'is', null)
        .limit(1)
        .execute();
      for (const row of one) await liftHold(tx, shop.companyId, row.hold_id, 'Maria Lopez', shop.now());
    }
    if (change.kind !== 'page') return;
    // each change is newer than the one before, as a ledger's are
    const changedAt = new Date(Date.parse('2026-11-10T00:00:00Z') + step * 1_000).toISOString();
    const stamped = <Row extends object>(rows: readonly Row[] = []) =>
      rows.map((row) => ({ ...row, changedAt }));
    await applyPage(
      tx,
      shop.companyId,
      booksPage({
        ...change.page,
        customers: stamped(change.page.customers),
        invoices: stamped(change.page.invoices),
        payments: stamped(change.page.payments),
        credits: stamped(change.page.credits),
      }),
      { now: shop.now(), first: false },
    );
  });
}

/** What is stored, and what the facts say; what a night changes without changing a figure is the same in both. */
async function figures(shop: Workshop) {
  return await shop.within((tx) => loadFigures(tx, shop.companyId));
}

test('only who is concerned is computed, and it is the same as if everybody were: rows, families and loops of them, holds, days', async () => {
  await fc.assert(
    fc.asyncProperty(changes, async (history) => {
      const shop = await Workshop.open(database);
      shop.at('2026-11-10T12:00:00Z');
      await shop.within((tx) =>
        applyPage(tx, shop.companyId, booksPage({ customers: customerIds.map((id) => customerRow(id)) }), {
          now: shop.now(),
          first: false,
        }),
      );
      for (const [step, change] of history.entries()) {
        await make(shop, change, step + 1);
        if (step % 3 !== 0) await computeInChunks(shop.duly, shop.companyId, CHUNK);
      }
      await computeInChunks(shop.duly, shop.companyId, CHUNK);
      const little = await figures(shop);
      await shop.within((tx) => markAllStale(tx, shop.companyId));
      await computeInChunks(shop.duly, shop.companyId);
      expect(await figures(shop)).toEqual(little);
      for (const row of little)
        expect(Object.values(row.ages).reduce((a, b) => a + b, 0)).toBe(row.pastDueMinor);
      await expectReadTheSame(shop, little);
    }),
    { numRuns: 20 },
  );
});

/** What is derived when somebody reads has the figures that are stored; holds of the whole company come on top. */
async function expectReadTheSame(shop: Workshop, stored: Awaited<ReturnType<typeof figures>>): Promise<void> {
  const read = await shop.within(async (tx) =>
    readPositions(tx, await getCompany(tx, shop.companyId), shop.now(), { customerIds: everybody }),
  );
  const bare = (row: (typeof stored)[number]) => [
    row.customerId,
    row.currency,
    row.openMinor,
    row.pastDueMinor,
    row.heldMinor,
    row.creditsMinor,
    row.ages,
    row.holds.filter((one) => one.scope !== 'company').map((one) => one.words),
  ];
  const sorted = (rows: readonly (typeof stored)[number][]) =>
    rows.map(bare).sort((one, other) => (String(one) < String(other) ? -1 : 1));
  expect(sorted(read)).toEqual(sorted(stored));
}

test('R12: in a loop of parents everybody is chased alone, and so is who hangs on it', async () => {
  const shop = await Workshop.open(database);
  shop.at('2026-11-10T12:00:00Z');
  const below = (id: string, parentId: string) => customerRow(id, { parentId, billsWithParent: true });
  await shop.within((tx) =>
    applyPage(
      tx,
      shop.companyId,
      booksPage({
        customers: [
          below('C1', 'C2'),
          below('C2', 'C3'),
          below('C3', 'C1'),
          below('C4', 'C1'),
          below('C5', 'C4'),
        ],
        invoices: ['C1', 'C2', 'C3', 'C4', 'C5'].map((id) => invoiceRow(`I${id}`, { customerId: id })),
      }),
      { now: shop.now(), first: false },
    ),
  );
  await computeInChunks(shop.duly, shop.companyId, 1);
  const open = async () => (await figures(shop)).map((row) => [row.customerId, row.openMinor]);
  expect(await open()).toEqual(['C1', 'C2', 'C3', 'C4', 'C5'].map((id) => [id, 10_000]));
  // the loop is cut: all of them are chased at the one that is left at the top
  await shop.within((tx) =>
    applyPage(
      tx,
      shop.companyId,
      booksPage({ customers: [customerRow('C3', { changedAt: '2026-11-10T01:00:00Z' })] }),
      {
        now: shop.now(),
        first: false,
      },
    ),
  );
  await computeInChunks(shop.duly, shop.companyId, 1);
  expect(await open()).toEqual([['C3', 50_000]]);
  // and closed again by the one row that says so: whoever hangs on it is alone again
  await shop.within((tx) =>
    applyPage(
      tx,
      shop.companyId,
      booksPage({ customers: [{ ...below('C3', 'C1'), changedAt: '2026-11-10T02:00:00Z' }] }),
      { now: shop.now(), first: false },
    ),
  );
  await computeInChunks(shop.duly, shop.companyId, 1);
  expect(await open()).toEqual(['C1', 'C2', 'C3', 'C4', 'C5'].map((id) => [id, 10_000]));
});

test('R4: a credit that moves to another customer is taken off where it was', async () => {
  const shop = await Workshop.open(database);
  shop.at('2026-11-10T12:00:00Z');
  const credit = (customerId: string, changedAt: string) => creditRow('K1', { customerId, changedAt });
  const take = async (page: Partial<BooksPage>): Promise<void> => {
    await shop.within((tx) =>
      applyPage(tx, shop.companyId, booksPage(page), { now: shop.now(), first: false }),
    );
    await computeInChunks(shop.duly, shop.companyId);
  };
  await take({
    customers: [customerRow('C1'), customerRow('C2')],
    invoices: [invoiceRow('I1'), invoiceRow('I2', { customerId: 'C2' })],
    credits: [credit('C1', '2026-11-10T00:00:00Z')],
  });
  const credits = async () => (await figures(shop)).map((row) => [row.customerId, row.creditsMinor]);
  expect(await credits()).toEqual([
    ['C1', 5_000],
    ['C2', 0],
  ]);
  await take({ credits: [credit('C2', '2026-11-10T01:00:00Z')] });
  expect(await credits()).toEqual([
    ['C1', 0],
    ['C2', 5_000],
  ]);
});

test('a night alone marks nobody whose figures stay: nothing is computed but what falls due or grows older', async () => {
  const shop = await Workshop.open(database);
  shop.at('2026-11-10T12:00:00Z');
  await shop.within((tx) =>
    applyPage(
      tx,
      shop.companyId,
      booksPage({
        customers: [customerRow('C1'), customerRow('C2')],
        invoices: [invoiceRow('I1'), invoiceRow('I2', { customerId: 'C2', dueOn: day('2026-11-11') })],
      }),
      { now: shop.now(), first: false },
    ),
  );
  const computed = async (): Promise<number> => {
    const before = shop.duly.tally.positions;
    await computeInChunks(shop.duly, shop.companyId);
    return shop.duly.tally.positions - before;
  };
  expect(await computed()).toBe(2);
  expect(await computed()).toBe(0);
  shop.at('2026-11-11T12:00:00Z');
  expect(await computed()).toBe(0);
  // I2 falls due; I1 is a day later than yesterday, which is derived when read
  shop.at('2026-11-12T12:00:00Z');
  expect(await computed()).toBe(1);
  const read = await shop.within(async (tx) =>
    readPositions(tx, await getCompany(tx, shop.companyId), shop.now(), { customerIds: ['C1', 'C2'] }),
  );
  expect(read.flatMap((row) => row.lines.map((line) => line.daysLate))).toEqual([10, 1]);
  expect(dayAt(shop.now(), 'UTC')).toBe('2026-11-12');
});
