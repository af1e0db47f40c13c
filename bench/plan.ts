import type { Figure } from './support/figure.ts';
import { settle } from './support/large-book.ts';
import { type ManyCompanies, writeCompanies } from './support/many-companies.ts';
import { type Planned, type Tick, tickOf } from './support/plan-ticks.ts';
import { withPostgres } from './support/postgres.ts';
import { composeAlone } from './support/reconcile-ticks.ts';

const COMPANIES = 10_000;
const CUSTOMERS_EACH = 10;
const INVOICES_EACH = 10;
/** One customer in a hundred: their cases are due. */
const DUE = 100;
const ROUNDS = 3;

const MOST_SECONDS = 20;
const MOST_GROWTH = 1.2;

/** A Tuesday, ten in the morning in New York and three in the afternoon in London. */
const now = new Date('2026-11-10T15:00:00Z');

/**
 * The planning of a whole tick over all companies, of which one case in a hundred is due, in this book and in one with ten
 * times as many customers and invoices, of which as many are due. `--companies N`: another size than 10,000.
 */
export async function plan(args: readonly string[]): Promise<Figure> {
  const companies = args.includes('--companies') ? Number(args[args.indexOf('--companies') + 1]) : COMPANIES;
  if (!Number.isSafeInteger(companies) || companies < 100) throw new Error('--companies takes 100 or more');
  const small: ManyCompanies = { companies, customersEach: CUSTOMERS_EACH, now };
  const large: ManyCompanies = { ...small, customersEach: CUSTOMERS_EACH * 10 };
  return await withPostgres((one) =>
    withPostgres(async (other) => {
      const books = [await opened(one, small), await opened(other, large)];
      try {
        return figureOf(small, await measured(books, (companies * CUSTOMERS_EACH) / DUE));
      } finally {
        for (const { duly } of books) await duly.pool.end();
      }
    }),
  );
}

/** One PostgreSQL server for each, so that neither has the other's rows in its tables and caches. */
async function opened(url: string, book: ManyCompanies): Promise<Planned> {
  const duly = { ...composeAlone(url), clock: { now: () => now } };
  await writeCompanies(duly.pool, book);
  await settle(duly.pool);
  return { duly, book };
}

/** In turns, so that a busy moment of the machine meets both; the first tick only warms up. */
async function measured(books: readonly Planned[], due: number): Promise<readonly Tick[]> {
  const found = books.map((): Tick[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [at, book] of books.entries()) {
      const tick = await tickOf(book, round, due);
      if (round > 0) found[at]?.push(tick);
    }
  }
  return found.map(middle);
}

function middle(ticks: readonly Tick[]): Tick {
  const sorted = ticks.toSorted((one, other) => one.seconds - other.seconds);
  const found = sorted[Math.floor((sorted.length - 1) / 2)];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}

function figureOf({ companies }: ManyCompanies, [small, large]: readonly Tick[]): Figure {
  if (small === undefined || large === undefined) throw new Error('nothing was measured');
  const invoices = companies * CUSTOMERS_EACH * INVOICES_EACH;
  const dueCases = (companies * CUSTOMERS_EACH) / DUE;
  const growth = large.seconds / small.seconds;
  const result = {
    companies,
    invoices,
    dueCases,
    seconds: rounded(small.seconds),
    decisionsPerSecond: Math.round(small.decisions / small.seconds),
    secondsTenfoldBook: rounded(large.seconds),
  };
  const missed = [
    ...(small.seconds <= MOST_SECONDS ? [] : [`${result.seconds} s, at most ${MOST_SECONDS}`]),
    ...(growth <= MOST_GROWTH
      ? []
      : [`in the larger book it takes ${rounded(growth)} times as long, at most ${MOST_GROWTH}`]),
  ];
  const said = (tick: Tick): string =>
    `${rounded(tick.seconds)} s for ${tick.companies} companies with somebody due: ${tick.decisions} decisions, ${tick.touches} touches; reading only their open invoices takes ${rounded(tick.bareSeconds)} s`;
  return {
    result,
    lines: [
      `${companies} companies, ${invoices} open invoices: ${said(small)}.`,
      `${companies} companies, ${invoices * 10} open invoices: ${said(large)}.`,
    ],
    missed,
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
