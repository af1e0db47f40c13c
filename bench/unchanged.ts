import { compose } from '../src/app.ts';
import { sync } from '../src/books/sync.job.ts';
import { readConfig } from '../src/platform/config.ts';
import type { Duly } from '../src/platform/context.ts';
import { openPool } from '../src/platform/db.ts';
import { makeLog } from '../src/platform/log.ts';
import { sandboxAddresses, sandboxKeys } from '../src/platform/sandbox-config.ts';
import { connectedCompany } from './support/connected.ts';
import type { Figure } from './support/figure.ts';
import { withPostgres } from './support/postgres.ts';
import { type QuietVendors, quietVendors } from './support/quiet-vendors.ts';

/** Of one vendor, for one check of one company. */
export interface Check {
  readonly reads: number;
  readonly cpuMs: number;
}

const MOST_READS = 1;
const MOST_CPU_MS = 20;
/** So many that a vendor's limit a minute, which holds for each company, is never met. */
const COMPANIES = 20;
const CHECKS_EACH = 5;

/** What it costs to see that nothing changed: reads of the ledger, and CPU time of the process that asks. */
export async function unchanged(): Promise<Figure> {
  return await withPostgres(async (url) => figureOf(await measureUnchanged(url, COMPANIES, CHECKS_EACH)));
}

/**
 * The product's own composition and its sync job, as a tick starts it, over real HTTP. The vendors' stand-in answers in
 * this process, so its own CPU time is counted in.
 */
export async function measureUnchanged(
  databaseUrl: string,
  companies: number,
  checksEach: number,
): Promise<{ readonly quickbooks: Check; readonly xero: Check }> {
  const vendors = await quietVendors();
  const pool = openPool(databaseUrl);
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    SANDBOX: 'off',
    SECRET_KEY: 'a key for benches that is long enough',
    POSTMARK_FROM: 'reminders@notices.duly.example',
    ...sandboxKeys,
    ...sandboxAddresses(vendors.url),
  });
  const duly = compose(config, pool, makeLog('error'));
  try {
    const quickbooks = await measure(duly, vendors, 'quickbooks', companies, checksEach);
    return { quickbooks, xero: await measure(duly, vendors, 'xero', companies, checksEach) };
  } finally {
    await pool.end();
    await vendors.stop();
  }
}

async function measure(
  duly: Duly,
  vendors: QuietVendors,
  key: string,
  companies: number,
  checksEach: number,
): Promise<Check> {
  const ids: string[] = [];
  for (let count = 0; count < companies; count += 1) ids.push(await connectedCompany(duly, key));
  // the first check of each makes its connections and compiles the code
  for (const companyId of ids) await check(duly, companyId);
  const [reads, cpu, seen] = [vendors.reads, process.cpuUsage(), duly.tally.synced];
  for (let time = 0; time < checksEach; time += 1) for (const companyId of ids) await check(duly, companyId);
  const used = process.cpuUsage(cpu);
  const checks = companies * checksEach;
  if (duly.tally.synced - seen !== checks) throw new Error(`${key}: some checks could not be made`);
  return {
    reads: (vendors.reads - reads) / checks,
    cpuMs: Number(((used.user + used.system) / 1_000 / checks).toFixed(2)),
  };
}

async function check(duly: Duly, companyId: string): Promise<void> {
  await sync(duly, { companyId, read: true, quick: true, purpose: 'send' });
}

function figureOf(result: { readonly quickbooks: Check; readonly xero: Check }): Figure {
  const all = Object.entries(result) as [string, Check][];
  return {
    result,
    lines: all.map(([key, { reads, cpuMs }]) => `${key}: ${reads} reads and ${cpuMs} ms of CPU a check.`),
    missed: all.flatMap(([key, { reads, cpuMs }]) => [
      ...(reads <= MOST_READS ? [] : [`${key} took ${reads} reads`]),
      ...(cpuMs < MOST_CPU_MS ? [] : [`${key} took ${cpuMs} ms of CPU`]),
    ]),
  };
}
