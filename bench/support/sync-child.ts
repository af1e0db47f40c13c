import { openDb, openPool } from '../../src/platform/db.ts';
import { copyBaseline, emptyMirror } from './copy.ts';
import { addCompany, firstSync } from './first-sync.ts';
import { type BookSize, pagesServer } from './quickbooks-pages.ts';

/** The first sync of a book, and COPY of the same rows; seconds, the middle one of the rounds of each. */
export interface Timing {
  readonly seconds: number;
  readonly copySeconds: number;
  readonly reads: number;
  readonly differences: number;
}

const warmUpBook: BookSize = { customers: 500, invoices: 3_000, payments: 2_000 };

/** Takes turns, so that a busy moment of the machine meets both. The pages are made before the clock runs. */
export async function measureTiming(url: string, size: BookSize, rounds: number): Promise<Timing> {
  const pool = openPool(url);
  const db = openDb(pool);
  try {
    await firstSync(db, await addCompany(db), pagesServer(warmUpBook, true));
    const server = pagesServer(size, true);
    const [ours, theirs]: [number[], number[]] = [[], []];
    let differences = 0;
    for (let round = 0; round < rounds; round += 1) {
      await emptyMirror(pool);
      const companyId = await addCompany(db);
      const started = performance.now();
      await firstSync(db, companyId, server);
      ours.push((performance.now() - started) / 1_000);
      const baseline = await copyBaseline(pool, companyId);
      theirs.push(await baseline.run());
      differences += await baseline.differences();
    }
    const reads = server.reads / rounds;
    return { seconds: middle(ours), copySeconds: middle(theirs), reads, differences };
  } finally {
    await pool.end();
  }
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

/** The first sync of a book whose pages are made as they are asked for; returns this process's peak memory in MB. */
async function measureMemory(url: string, size: BookSize): Promise<number> {
  const pool = openPool(url);
  const db = openDb(pool);
  try {
    await firstSync(db, await addCompany(db), pagesServer(size, false));
    return process.resourceUsage().maxRSS / 1_024;
  } finally {
    await pool.end();
  }
}

/** In a child process: `time|memory URL SIZE ROUNDS`; prints one JSON value. */
export async function measureHere(args: readonly string[]): Promise<boolean> {
  const [what, url = '', size = '{}', rounds = '1'] = args;
  const book = JSON.parse(size) as BookSize;
  const found =
    what === 'time' ? await measureTiming(url, book, Number(rounds)) : await measureMemory(url, book);
  console.log(JSON.stringify(found));
  return true;
}
