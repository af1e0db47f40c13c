import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Currency } from '../../src/domain/currency.ts';
import { inCompany, type Tx } from '../../src/platform/db.ts';
import type { LedgerReceivable, LedgerReceivables } from '../../src/ports/ledger.ts';
import { compareSums, differingKeys } from '../../src/receivables/tie-out.store.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { ratio } from '../support/took.ts';
import { currency } from '../support/values.ts';
import { today, usd } from './support.ts';

const eur = currency('EUR');
const now = new Date('2026-11-10T18:00:00Z');

let database: TestDatabase;
let companyId: string;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  companyId = await addCompany(database.db);
});

const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inCompany(database.db, companyId, work);

/** Positions with these open sums and credits. */
async function have(...rows: readonly [customerId: string, of: Currency, open: number, credits?: number][]) {
  await within(async (tx) => {
    for (const [customerId, of, open, credits = 0] of rows)
      await sql`insert into position (company_id, customer_id, currency, open_minor, not_due_minor, past_due_minor,
          held_minor, credits_minor, ask_minor, holds, ties_out, computed_on, computed_at)
        values (${companyId}, ${customerId}, ${of}, ${open}, ${open}, 0, 0, ${credits}, 0, '[]', true, ${today}, ${now})`.execute(
        tx,
      );
  });
}

async function compare(sums: readonly LedgerReceivable[], more: Partial<LedgerReceivables> = {}) {
  await within((tx) => compareSums(tx, companyId, { sums, unread: [], ...more }, { today, now }));
}

const stated = (customerId: string, minor: number, of: Currency = usd): LedgerReceivable => ({
  customerId,
  currency: of,
  minor,
});

/** `customer currency` → what the ledger says, and whether it ties out. */
async function figures(): Promise<Record<string, readonly [number | null, boolean]>> {
  const rows = await within((tx) =>
    tx.selectFrom('position').selectAll().orderBy('customer_id').orderBy('currency').execute(),
  );
  return Object.fromEntries(
    rows.map((row) => [`${row.customer_id} ${row.currency}`, [row.ledger_minor, row.ties_out]]),
  );
}

async function stale(): Promise<readonly string[]> {
  const rows = await within((tx) =>
    tx.selectFrom('stale_position').select('customer_id').orderBy('customer_id').execute(),
  );
  return rows.map((row) => row.customer_id);
}

describe('R15: the comparison', () => {
  test('takes credits off, keeps currencies apart, and marks only who differs', async () => {
    await have(['A', usd, 10_000, 2_500], ['B', usd, 500], ['B', eur, 700]);
    await compare([stated('A', 7_500), stated('B', 500), stated('B', 699, eur)]);
    expect(await figures()).toEqual({ 'A USD': [7_500, true], 'B EUR': [699, false], 'B USD': [500, true] });
    expect(await stale()).toEqual(['B']);
    expect(await within((tx) => differingKeys(tx, companyId))).toEqual(new Set(['B EUR']));
  });

  test('a position that the ledger does not name owes nothing there, and one of nothing ties out', async () => {
    await have(['A', usd, 10_000], ['C', usd, 300, 300]);
    await compare([]);
    expect(await figures()).toEqual({ 'A USD': [0, false], 'C USD': [0, true] });
  });

  test('a debt that only the ledger knows becomes a position with nothing but the difference in it; zero does not', async () => {
    await have(['A', usd, 100]);
    await compare([stated('A', 100), stated('A', 55, eur), stated('D', -20), stated('E', 0)]);
    expect(await figures()).toEqual({ 'A EUR': [55, false], 'A USD': [100, true], 'D USD': [-20, false] });
    expect(await stale()).toEqual(['A', 'D']);
  });

  test('a difference heals by itself: the customer is marked once more, and then no more', async () => {
    await have(['A', usd, 100]);
    await compare([stated('A', 99)]);
    await within((tx) => tx.deleteFrom('stale_position').where('company_id', '=', companyId).execute());
    await compare([stated('A', 100)]);
    expect(await figures()).toEqual({ 'A USD': [100, true] });
    expect(await stale()).toEqual(['A']);
    await within((tx) => tx.deleteFrom('stale_position').where('company_id', '=', companyId).execute());
    await compare([stated('A', 100)]);
    expect(await stale()).toEqual([]);
  });

  test('R12: children are compared at the parent they bill with', async () => {
    await within((tx) =>
      sql`insert into customer (company_id, customer_id, name, emails, contacts, parent_id, bills_with_parent, active,
          changed_at, version)
        values (${companyId}, 'P', 'P', '{}', '[]', null, false, true, ${now}, '1'),
          (${companyId}, 'K', 'K', '{}', '[]', 'P', true, true, ${now}, '1'),
          (${companyId}, 'S', 'S', '{}', '[]', 'P', false, true, ${now}, '1')`.execute(tx),
    );
    await have(['P', usd, 130], ['S', usd, 9]);
    await compare([stated('P', 100), stated('K', 30), stated('S', 9)]);
    expect(await figures()).toEqual({ 'P USD': [130, true], 'S USD': [9, true] });
  });
});

describe('R8: whose row could not be read', () => {
  test('is not compared: a figure that agreed is forgotten, a difference stays until somebody can look again', async () => {
    await have(['A', usd, 100], ['B', usd, 50], ['C', usd, 10]);
    await compare([stated('A', 100), stated('B', 40), stated('C', 10)]);
    await compare([stated('A', 60), stated('C', 10)], { unread: ['A', 'B'] });
    expect(await figures()).toEqual({ 'A USD': [null, true], 'B USD': [40, false], 'C USD': [10, true] });
  });

  test('nor is one that the mirror rejected and of whom the ledger states no sum; a stated one is', async () => {
    await have(['A', usd, 100], ['B', usd, 50]);
    await within((tx) =>
      tx
        .insertInto('rejected_row')
        .values(
          ['A', 'B'].map((id) => ({
            company_id: companyId,
            kind: 'invoice',
            row_id: `of ${id}`,
            customer_id: id,
            reason: 'no amount',
            seen_at: now,
          })),
        )
        .execute(),
    );
    await compare([stated('B', 70)]);
    expect(await figures()).toEqual({ 'A USD': [null, true], 'B USD': [70, false] });
  });
});

test('R15: 50,000 positions of whom none differs are compared without a write', async () => {
  await within((tx) =>
    sql`insert into position (company_id, customer_id, currency, open_minor, not_due_minor, past_due_minor, held_minor,
        credits_minor, ask_minor, holds, ledger_minor, ties_out, computed_on, computed_at)
      select ${companyId}, n::text, 'USD', n * 7, n * 7, 0, 0, n, 0, '[]', n * 6, true, ${today}, ${now}
      from generate_series(1, 50000) as n`.execute(tx),
  );
  const sums = Array.from({ length: 50_000 }, (_, at) => stated(String(at + 1), (at + 1) * 6));
  // every version of a row names the transaction that wrote it
  const writers = async (): Promise<unknown> =>
    (await within((tx) => sql`select count(*), max(xmin::text::bigint), max(ctid) from position`.execute(tx)))
      .rows;
  const before = await writers();
  const bareRead = () =>
    within((tx) => tx.selectFrom('position').selectAll().where('company_id', '=', companyId).execute());
  // the first writes nothing either, and so do all that follow
  const times = await ratio(3, () => compare(sums), bareRead);
  expect(await writers()).toEqual(before);
  expect(await stale()).toEqual([]);
  // it takes less than a bare read of the same rows into this process
  expect(times).toBeLessThan(2);
});
