import { reconcileCompany } from '../src/receivables/reconcile.job.ts';
import type { Figure } from './support/figure.ts';
import { settle } from './support/large-book.ts';
import { withPostgres } from './support/postgres.ts';
import { composeAlone, openLargeBook, timeChanged, timeFull, timeQuiet } from './support/reconcile-ticks.ts';

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
  return await withPostgres((small) =>
    withPostgres(async (large) => figureOf(size, await measureReconcile({ small, large }, size, ROUNDS))),
  );
}

/**
 * One PostgreSQL server for each book, so that neither has the other's rows in
 * its tables and caches, and what is compared is measured in turns, so that a busy moment of the machine meets both.
 */
async function measureReconcile(
  urls: { readonly small: string; readonly large: string },
  invoices: number,
  rounds: number,
): Promise<Measured> {
  const small = composeAlone(urls.small);
  const large = composeAlone(urls.large);
  try {
    const book = await openLargeBook(small, invoices);
    const full = await timeFull(small, book, rounds);
    await settle(small.pool);
    const quiet = await timeQuiet(small, book);
    const largeBook = await openLargeBook(large, invoices * 10);
    await reconcileCompany(large, { companyId: largeBook.companyId, all: true });
    await settle(large.pool);
    const [changed = Number.NaN, changedTenfold = Number.NaN] = await timeChanged([
      { duly: small, book },
      { duly: large, book: largeBook },
    ]);
    return { ...full, quiet, changed, changedTenfold };
  } finally {
    await Promise.all([small.pool.end(), large.pool.end()]);
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
