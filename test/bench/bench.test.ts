import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { minimumReads } from '../../bench/support/quickbooks-pages.ts';
import {
  composeAlone,
  openLargeBook,
  timeChanged,
  timeFull,
  timeQuiet,
} from '../../bench/support/reconcile-ticks.ts';
import { measureTiming } from '../../bench/support/sync-child.ts';
import { measureUnchanged } from '../../bench/unchanged.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/* The benches measure something that runs: how fast it is, only a quiet machine can say. */

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

test('sync: the mirror holds what COPY writes, and takes six reads more than the least', async () => {
  const book = { customers: 1_001, invoices: 2_500, payments: 1_900 };
  const found = await measureTiming(database.url, book, 1);
  expect(found.differences).toBe(0);
  expect(found.seconds).toBeGreaterThan(0);
  expect(found.copySeconds).toBeGreaterThan(0);
  expect(minimumReads(book)).toBe(2 + 3 + 1 + 2);
  expect(found.reads).toBeLessThanOrEqual(minimumReads(book) + 6);
});

test('unchanged: a company in which nothing changed costs one read', async () => {
  const { quickbooks, xero } = await measureUnchanged(database.url, 2, 2);
  expect([quickbooks.reads, xero.reads]).toEqual([1, 1]);
});

test('reconcile: a generated book is computed to the unit, and changes of 1,000 customers are', async () => {
  const duly = composeAlone(database.url);
  try {
    const book = await openLargeBook(duly, 12_000);
    // throws when the sums are not those of the invoices, or a changed customer is left out
    const { seconds, scanSeconds } = await timeFull(duly, book, 1);
    expect(Math.min(seconds, scanSeconds, await timeQuiet(duly, book, 1))).toBeGreaterThan(0);
    expect(await timeChanged([{ duly, book }], 2)).toHaveLength(1);
  } finally {
    await duly.pool.end();
  }
});
