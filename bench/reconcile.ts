import { reconcileCompany } from '../src/receivables/reconcile.job.ts';
import type { Figure } from './support/figure.ts';
import { settle } from './support/large-book.ts';
import { withPostgres } from './support/postgres.ts';
import { composeAlone, openLargeBook, timeFull, timeTicks } from './support/reconcile-ticks.ts';

const INVOICES = 1_000_000;
const ROUNDS = 3;

const MOST_TIMES_A_READ = 4;
const MOST_QUIET_SECONDS = 0.05;
const MOST_GROWTH = 1.2;

/** Seconds, each the middle one of several. */
interface Measured {
  readonly seconds: number;
  readonly scanSeconds: number;
  readonly quiet: number;
  readonly changed: number;
  readonly changedTenfold: number;
}

/**
 * A full recompute of a book beside one bare read of the same rows; a tick with nothing due; a tick after changes of 1,000
 * customers, in this book and in one ten times as large. All through the product's own reconcile job, as a tick starts it.
 * `--invoices N`: another size than 1,000,000.
 */
export async function reconcile(args: readonly string[]): Promise<Figure> {
  const size = args.includes('--invoices') ? Number(args[args.indexOf('--invoices') + 1]) : INVOICES;
  if (!Number.isSafeInteger(size) || size < 100_000) throw new Error('--invoices takes 100000 or more');
  return await withPostgres(async (url) => figureOf(size, await measureReconcile(url, size, ROUNDS)));
}

/** The same with a PostgreSQL server that is there already. */
export async function measureReconcile(
  databaseUrl: string,
  invoices: number,
  rounds: number,
): Promise<Measured> {
  const duly = composeAlone(databaseUrl);
  try {
    const book = await openLargeBook(duly, invoices);
    const full = await timeFull(duly, book, rounds);
    await settle(duly.pool);
    const { quiet, changed } = await timeTicks(duly, book);
    const large = await openLargeBook(duly, invoices * 10);
    await reconcileCompany(duly, { companyId: large.companyId, all: true });
    await settle(duly.pool);
    const { changed: changedTenfold } = await timeTicks(duly, large);
    return { ...full, quiet, changed, changedTenfold };
  } finally {
    await duly.pool.end();
  }
}

function figureOf(invoices: number, found: Measured): Figure {
  const { seconds, scanSeconds, quiet, changed, changedTenfold } = found;
  const ratio = seconds / scanSeconds;
  const growth = changedTenfold / changed;
  const result = {
    invoices,
    seconds: rounded(seconds, 2),
    invoicesPerSecond: Math.round(invoices / seconds),
    scanSeconds: rounded(scanSeconds, 2),
    ratioToScan: rounded(ratio, 2),
    quietSeconds: rounded(quiet, 4),
    changedSeconds: rounded(changed, 3),
    changedSecondsTenfold: rounded(changedTenfold, 3),
  };
  const missed = [
    ...(ratio <= MOST_TIMES_A_READ
      ? []
      : [`${result.ratioToScan} times a bare read, at most ${MOST_TIMES_A_READ}`]),
    ...(quiet < MOST_QUIET_SECONDS ? [] : [`a quiet tick takes ${result.quietSeconds} s`]),
    ...(growth <= MOST_GROWTH
      ? []
      : [`in the larger book a tick takes ${rounded(growth, 2)} times as long, at most ${MOST_GROWTH}`]),
  ];
  const lines = [
    `Full recompute of ${invoices} open invoices: ${result.seconds} s, ${result.invoicesPerSecond} a second.`,
    `A bare read of the same rows: ${result.scanSeconds} s; we take ${result.ratioToScan} times that.`,
    `A tick with nothing due: ${result.quietSeconds} s.`,
    `A tick with 1,000 changed customers: ${result.changedSeconds} s; ${result.changedSecondsTenfold} s among ${invoices * 10} invoices.`,
  ];
  return { result, lines, missed };
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
