import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { Rehearsal, weekdays } from './rehearsal.ts';

const book = path.resolve('../shared/books/late-payments.csv');
const FIRST_DAY = day('2013-03-04');
const DAYS = 120;

const run = existsSync(book) ? describe : describe.skip;
if (!existsSync(book)) process.stderr.write(`skipped: the real book is not at ${book}\n`);

run(
  'S7, IDM-16: over the real book for 120 days the dry run of a day says what is then done, and writes nothing',
  () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await testDatabase();
    });
    afterAll(() => database.drop());

    // nothing may leave on a weekend: what comes up on one is told and lived with the Monday after
    it.each(['gentle', 'standard', 'letter_first'] as const)(
      'to the touch, the amount and the invoices, under the preset %s',
      async (preset) => {
        const started = performance.now();
        const rehearsal = await Rehearsal.open(database, book, preset, FIRST_DAY);
        const days = weekdays(FIRST_DAY, DAYS);
        for (const today of days) await rehearsal.day(today);
        expect(rehearsal.wrong).toEqual([]);
        const [made, seconds] = [
          Object.fromEntries(rehearsal.made),
          Math.round((performance.now() - started) / 1_000),
        ];
        process.stdout.write(
          `${preset}: ${days.length} days told and lived in ${seconds} s: ${JSON.stringify(made)}\n`,
        );
        expect(made.email).toBeGreaterThan(20);
      },
      600_000,
    );
  },
);
