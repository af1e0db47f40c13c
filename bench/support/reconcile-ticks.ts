import { compose } from '../../src/app.ts';
import { dayAt } from '../../src/domain/day.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Duly } from '../../src/platform/context.ts';
import { inCompany, openPool } from '../../src/platform/db.ts';
import { makeLog } from '../../src/platform/log.ts';
import { sandboxAddresses, sandboxKeys } from '../../src/platform/sandbox-config.ts';
import { reconcileCompany } from '../../src/receivables/reconcile.job.ts';
import { bareRead } from './bare-read.ts';
import { changeCustomers } from './changed-customers.ts';
import { connectedCompany } from './connected.ts';
import { type LargeBook, settle, writeLargeBook } from './large-book.ts';

const QUIET_TICKS = 15;
const CHANGED_TICKS = 9;

/** The product's own composition; no ledger is asked anything here: these addresses answer nobody. */
export function composeAlone(databaseUrl: string): Duly {
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    SANDBOX: 'off',
    SECRET_KEY: 'a key for benches that is long enough',
    POSTMARK_FROM: 'reminders@notices.duly.example',
    ...sandboxKeys,
    ...sandboxAddresses('http://127.0.0.1:9'),
  });
  return compose(config, openPool(databaseUrl), makeLog('error'));
}

/** A connected company with a generated book, of which nothing is computed yet. Its sums were compared a moment ago. */
export async function openLargeBook(duly: Duly, invoices: number): Promise<LargeBook> {
  const companyId = await connectedCompany(duly, 'quickbooks');
  const now = duly.clock.now();
  const company = await inCompany(duly.db, companyId, (tx) =>
    tx
      .updateTable('company')
      .set({ tied_out_at: now })
      .where('company_id', '=', companyId)
      .returning('time_zone')
      .executeTakeFirstOrThrow(),
  );
  const book = { companyId, invoices, today: dayAt(now, company.time_zone) };
  await writeLargeBook(duly.pool, book);
  await settle(duly.pool);
  return book;
}

/** Seconds of a full recompute into empty tables, and of the bare read of the same rows: the middle ones, in turns. */
export async function timeFull(
  duly: Duly,
  { companyId, invoices }: LargeBook,
  rounds: number,
): Promise<{ readonly seconds: number; readonly scanSeconds: number }> {
  const [ours, scans]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    let read = 0;
    scans.push(await seconds(async () => (read = await bareRead(duly.db, companyId))));
    if (read !== invoices) throw new Error(`the bare read found ${read} invoices`);
    await duly.pool.query('truncate position, stale_position, problem; checkpoint');
    ours.push(await seconds(() => reconcileCompany(duly, { companyId, all: true })));
    await checkSums(duly, companyId);
  }
  return { seconds: middle(ours), scanSeconds: middle(scans) };
}

/** Nothing was lost on the way: per currency the positions hold what the invoices hold. */
async function checkSums(duly: Duly, companyId: string): Promise<void> {
  const { rows } = await duly.pool.query(
    `select currency, sum(open_minor) from invoice where company_id = $1 group by 1
      except select currency, sum(open_minor) from position where company_id = $1 group by 1`,
    [companyId],
  );
  if (rows.length > 0) throw new Error('the positions are not the sums of the invoices');
}

/** Seconds of a tick with nothing due: the middle one. */
export async function timeQuiet(duly: Duly, { companyId }: LargeBook, ticks = QUIET_TICKS): Promise<number> {
  const found: number[] = [];
  // the first one makes the connection's caches and compiles the code
  await tick(duly, companyId);
  for (let count = 0; count < ticks; count += 1) found.push(await tick(duly, companyId));
  return middle(found);
}

/** Books with the product at work on each, every one with a server of its own. */
export interface AtWork {
  readonly duly: Duly;
  readonly book: LargeBook;
}

/** Seconds of a tick after changes of 1,000 customers in each of the books: the middle ones, taken in turns. */
export async function timeChanged(
  books: readonly AtWork[],
  rounds = CHANGED_TICKS,
): Promise<readonly number[]> {
  const found = books.map((): number[] => []);
  for (const { duly, book } of books) await tick(duly, book.companyId);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { duly, book }] of books.entries()) {
      await changeCustomers(duly.db, book, round);
      found[at]?.push(await tick(duly, book.companyId));
    }
  }
  // every changed customer was computed
  for (const { duly, book } of books) await checkSums(duly, book.companyId);
  return found.map(middle);
}

/** What a tick starts after a reading. Returns its seconds. */
async function tick(duly: Duly, companyId: string): Promise<number> {
  return await seconds(() => reconcileCompany(duly, { companyId, read: true }));
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
