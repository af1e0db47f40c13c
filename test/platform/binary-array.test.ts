import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { binaryArray, type Element, type ElementType } from '../../src/platform/binary-array.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** What PostgreSQL understands, as it writes it itself. */
async function understood(type: ElementType, values: readonly Element[]): Promise<readonly unknown[]> {
  const { rows } = await database.pool.query<{ one: string | null }>(
    `select one::text from unnest($1::${type}[]) with ordinality as a (one, at) order by at`,
    [binaryArray(type, values)],
  );
  return rows.map((row) => row.one);
}

test('PostgreSQL reads every type as it was meant', async () => {
  const text = ['plain', '', ' "quoted", {braced} \\ and\ttabbed\n', 'Zoë 日本 🎉', null];
  expect(await understood('text', text)).toEqual(text);
  const integers = [
    0,
    -1,
    1,
    4_294_967_296,
    -4_294_967_297,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
  ];
  expect(await understood('bigint', [...integers, null])).toEqual([...integers.map(String), null]);
  const days = ['2000-01-01', '1999-12-31', '2026-02-28', '9999-12-31', '0001-01-01'];
  expect(await understood('date', days)).toEqual(days);
  expect(await understood('boolean', [true, false, null])).toEqual(['true', 'false', null]);
});

test('instants keep their milliseconds, as text and as Date', async () => {
  const at = '2026-11-22T04:05:06.789Z';
  const { rows } = await database.pool.query<{ at: Date }>('select unnest($1::timestamptz[]) as at', [
    binaryArray('timestamptz', [at, new Date(at), '1969-12-31T23:59:59Z']),
  ]);
  expect(rows.map((row) => row.at.toISOString())).toEqual([at, at, '1969-12-31T23:59:59.000Z']);
});

test('what no text of PostgreSQL’s can hold is replaced', async () => {
  expect(await understood('text', ['a\0b', '\ud800x'])).toEqual(['a\uFFFDb', '\uFFFDx']);
});

test('nothing at all is an empty array, and a column may outgrow its first guess', async () => {
  expect(await understood('text', [])).toEqual([]);
  const long = Array.from({ length: 500 }, (_, at) => 'é'.repeat(at));
  expect(await understood('text', long)).toEqual(long);
});

test('what isn’t a day, an instant or an exact integer is refused', () => {
  expect(() => binaryArray('date', ['2026-13-01'])).toThrow(RangeError);
  expect(() => binaryArray('timestamptz', ['yesterday'])).toThrow(RangeError);
  expect(() => binaryArray('bigint', [2 ** 60])).toThrow(RangeError);
});
