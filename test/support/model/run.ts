import fc from 'fast-check';
import type { AgeRules } from './figures.ts';
import { type History, history, schedule, smallerHistory, timed } from './history.ts';
import type { Vendor } from './ledger-state.ts';
import { type Failure, type PlayOptions, play, type Tally } from './play.ts';
import type { Firm, Stage } from './stage.ts';

/** So many histories are played in one set of books at a time. */
const AT_ONCE = 50;
const SHRINKING_MS = 45_000;
const VENDORS: readonly Vendor[] = ['intuit', 'xero'];

/** Home currency and the currencies of the books: with 0, 2 and 3 decimals, in one or in many. */
const MIXES: readonly { readonly base: string; readonly currencies: readonly string[] }[] = [
  { base: 'USD', currencies: ['USD', 'EUR', 'JPY', 'KWD', 'HUF'] },
  { base: 'JPY', currencies: ['JPY', 'USD', 'KWD', 'BHD'] },
  { base: 'NZD', currencies: ['NZD'] },
  { base: 'KWD', currencies: ['KWD', 'GBP', 'KRW'] },
];

export interface Outcome extends Tally {
  readonly histories: number;
  readonly seed: number;
  readonly seconds: number;
  /** What went wrong, the first one shrunk, for a person to read; empty: nothing. */
  readonly report: string;
}

export interface RunOptions {
  readonly histories: number;
  readonly seed: number;
  readonly vendors?: readonly Vendor[];
  readonly ages?: AgeRules;
  readonly meddle?: (firm: Firm) => Promise<void>;
  /** How long a failure is made smaller, at most. */
  readonly shrinkingMs?: number;
}

/** Plays so many random histories on each ledger; the same seed plays the same ones. */
export async function runHistories(stage: Stage, options: RunOptions): Promise<Outcome> {
  const { histories, seed, vendors = VENDORS } = options;
  const began = performance.now();
  const tally: Tally = { operations: 0, syncs: 0, positions: 0 };
  const all = fc.sample(history, { seed, numRuns: histories });
  const schedules = fc.sample(schedule, { seed, numRuns: Math.ceil(histories / AT_ONCE) });
  let report = '';
  let played = 0;
  for (const [at, common] of schedules.entries()) {
    const cast = all
      .slice(at * AT_ONCE, (at + 1) * AT_ONCE)
      .map((one, n) => ({ number: at * AT_ONCE + n + 1, history: timed(one, common) }));
    const { base, currencies } = MIXES[at % MIXES.length] ?? { base: 'USD', currencies: ['USD'] };
    const how = (vendor: Vendor): PlayOptions => ({ ...options, vendor, base, currencies });
    const failures = await play(stage, cast, vendors.map(how), tally);
    played += cast.length;
    const [first] = failures;
    if (first === undefined) continue;
    const failed = cast.find((one) => one.number === first.history);
    report = await explain(stage, first, failed?.history, how(first.vendor), options.shrinkingMs);
    report += `\n${failures.length} failures among histories ${at * AT_ONCE + 1} to ${at * AT_ONCE + cast.length}; seed ${seed}`;
    break;
  }
  return { ...tally, histories: played, seed, seconds: (performance.now() - began) / 1_000, report };
}

/** The failed history alone, made as small as it gets while it still fails. */
async function explain(
  stage: Stage,
  failure: Failure,
  failed: History | undefined,
  how: PlayOptions,
  shrinkingMs = SHRINKING_MS,
): Promise<string> {
  let smallest: Failure | null = null;
  const tally: Tally = { operations: 0, syncs: 0, positions: 0 };
  const deadline = performance.now() + shrinkingMs;
  const property = fc.asyncProperty(smallerHistory, async (one) => {
    // smaller still would be nicer, but somebody waits
    if (performance.now() > deadline) return true;
    const [again] = await play(stage, [{ number: 1, history: one }], [how], tally);
    if (again !== undefined) smallest = again;
    return again === undefined;
  });
  if (failed !== undefined) await fc.check(property, { numRuns: 1, examples: [[failed]] });
  const found = smallest ?? failure;
  const alone = smallest === null ? ' (only beside the others; alone it passes)' : '';
  return [
    `${found.vendor}, history ${failure.history}${alone}:`,
    ...found.log,
    ...found.wrong.map((one) => `WRONG: ${one}`),
  ].join('\n');
}
