import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { addDays, day } from '../../src/domain/day.ts';
import { RehearsedBook } from './dry-run-support.ts';

const book = path.resolve('../shared/books/late-payments.csv');
const FIRST_DAY = day('2013-03-04');
/** Over the wire a day costs seconds: a handful of them here; 120 under every preset: test/dunning/dry-run-book. */
const DAYS = [0, 3, 8, 14];

const run = existsSync(book) ? describe : describe.skip;
if (!existsSync(book)) process.stderr.write(`skipped: the real book is not at ${book}\n`);

run('IDM-16: the dry run lists exactly what the real run then sends, and writes nothing', () => {
  it('in both ledgers, over the wire, on days of two weeks', async () => {
    const rehearsed = await RehearsedBook.open(book, FIRST_DAY);
    try {
      await rehearsed.begin();
      for (const passed of DAYS) await rehearsed.day(addDays(FIRST_DAY, passed));
      expect(rehearsed.wrong).toEqual([]);
      process.stdout.write(`told and made: ${JSON.stringify(Object.fromEntries(rehearsed.made))}\n`);
      expect([...rehearsed.made.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5);
    } finally {
      await rehearsed.world.stop();
    }
  }, 600_000);
});
