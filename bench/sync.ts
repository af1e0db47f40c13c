import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Figure } from './support/figure.ts';
import { withPostgres } from './support/postgres.ts';
import { type BookSize, minimumReads } from './support/quickbooks-pages.ts';
import type { Timing } from './support/sync-child.ts';

/** Three of four invoices have a payment, and a few payments more. */
const book: BookSize = { customers: 10_000, invoices: 100_000, payments: 75_500 };
const largeBook: BookSize = { customers: 100_000, invoices: 1_000_000, payments: 755_000 };
const ROUNDS = 3;
const SMALL_RUNS = 3;

const LEAST_RATIO = 0.5;
const MOST_EXTRA_READS = 6;
const MOST_GROWTH = 1.3;

/**
 * The first sync of a large QuickBooks book against COPY of the same rows, and its memory against that of a book ten times
 * as large. Every measurement has a process of its own: what one holds in memory is no part of another's peak.
 */
export async function sync(): Promise<Figure> {
  return await withPostgres(async (url) => {
    const timing = await inChild<Timing>('time', url, book, ROUNDS);
    // when garbage is collected is partly chance, and the large book has ten times as many chances of a high peak
    const peaks: number[] = [];
    for (let run = 0; run < SMALL_RUNS; run += 1) peaks.push(await inChild<number>('memory', url, book));
    const peakRssMb = Math.max(...peaks);
    const peakRssLargeMb = await inChild<number>('memory', url, largeBook);
    return figureOf(timing, peakRssMb, peakRssLargeMb);
  });
}

function figureOf(timing: Timing, peakRssMb: number, peakRssLargeMb: number): Figure {
  const rows = rowsOf(book);
  const result = {
    rows,
    seconds: rounded(timing.seconds, 2),
    rowsPerSecond: Math.round(rows / timing.seconds),
    copyRowsPerSecond: Math.round(rows / timing.copySeconds),
    ratioToCopy: rounded(timing.copySeconds / timing.seconds, 3),
    reads: timing.reads,
    minimumReads: minimumReads(book),
    peakRssMb: Math.round(peakRssMb),
    rowsLarge: rowsOf(largeBook),
    peakRssLargeMb: Math.round(peakRssLargeMb),
  };
  const growth = peakRssLargeMb / peakRssMb;
  const missed = [
    ...(result.ratioToCopy >= LEAST_RATIO ? [] : [`${result.ratioToCopy} of COPY, at least ${LEAST_RATIO}`]),
    ...(result.reads <= result.minimumReads + MOST_EXTRA_READS ? [] : [`${result.reads} reads, too many`]),
    ...(growth <= MOST_GROWTH ? [] : [`memory grows ${rounded(growth, 2)} times, at most ${MOST_GROWTH}`]),
    ...(timing.differences === 0 ? [] : [`${timing.differences} rows differ from those that COPY wrote`]),
  ];
  const lines = [
    `First sync of ${rows} rows: ${result.seconds} s, ${result.rowsPerSecond} rows a second.`,
    `COPY of the same rows: ${result.copyRowsPerSecond} rows a second; we reach ${result.ratioToCopy} of it.`,
    `Reads: ${result.reads}, of which ${result.minimumReads} are the least there can be.`,
    `Peak memory: ${result.peakRssMb} MB, and ${result.peakRssLargeMb} MB for ${result.rowsLarge} rows.`,
  ];
  return { result, lines, missed };
}

function rowsOf({ customers, invoices, payments }: BookSize): number {
  return customers + invoices + payments;
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

async function inChild<T>(what: 'time' | 'memory', url: string, size: BookSize, rounds = 1): Promise<T> {
  const script = process.argv[1] ?? path.resolve('dist/bench/main.js');
  const args = [...process.execArgv, script, 'sync-part', what, url, JSON.stringify(size), String(rounds)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as T;
}
