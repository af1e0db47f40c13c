import { randomInt } from 'node:crypto';
import { openPool } from '../src/platform/db.ts';
import { runHistories } from '../test/support/model/run.ts';
import { Stage } from '../test/support/model/stage.ts';
import type { Figure } from './support/figure.ts';
import { withPostgres } from './support/postgres.ts';

/**
 * `npm run bench -- reconcile --histories N [--seed S]`: N random histories of a ledger, each played on both stand-ins over
 * HTTP; after every reading every position is compared with a model's own arithmetic, with the ledger's aged receivables and
 * with the sums that the ledger states. A seed plays the same histories again.
 */
export async function histories(args: readonly string[]): Promise<Figure> {
  const count = numberAfter(args, '--histories') ?? 300;
  const seed = numberAfter(args, '--seed') ?? randomInt(2 ** 31);
  return await withPostgres(async (url) => {
    const pool = openPool(url, 8);
    const stage = await Stage.open(pool, url, '2026-01-05T10:00:00Z');
    try {
      const { report, ...found } = await runHistories(stage, { histories: count, seed });
      const result = { ...found, seconds: Math.round(found.seconds), wrong: report === '' ? 0 : 1 };
      const { operations, syncs, positions, seconds } = result;
      const lines = [
        `${found.histories} histories of seed ${seed}, each on both ledgers: ${operations} operations, ${syncs} syncs, ${positions} positions compared in ${seconds} s.`,
      ];
      return { result, lines, missed: report === '' ? [] : [`a position was wrong\n${report}`] };
    } finally {
      await stage.close();
      await pool.end();
    }
  });
}

function numberAfter(args: readonly string[], name: string): number | null {
  const at = args.indexOf(name);
  if (at < 0) return null;
  const given = args[at + 1] ?? '';
  if (!/^\d{1,10}$/.test(given)) throw new RangeError(`${name} needs a whole number, not "${given}"`);
  return Number(given);
}
