import { LedgerError } from '../../src/platform/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** Intuit's limits for one company and app: 10 requests in flight, 500 a minute. */
const atOnce = 10;
const aMinute = 500;
const minuteMs = 60_000;

/** Runs requests of one company within the limits. Throws LedgerError `rate_limited` when the minute is used up. */
export type Lane = <T>(work: () => Promise<T>) => Promise<T>;

/** One lane a company, kept for the life of the process; other processes are met by Intuit's own 429. */
export function lanes(clock: Clock): (realmId: string) => Lane {
  const known = new Map<string, Lane>();
  return (realmId) => {
    const found = known.get(realmId) ?? lane(clock);
    known.set(realmId, found);
    return found;
  };
}

function lane(clock: Clock): Lane {
  let running = 0;
  const waiting: (() => void)[] = [];
  const started: { wall: number; steady: number }[] = [];

  function reserveMinute(): void {
    const wall = clock.now().getTime();
    const steady = performance.now();
    // a minute is over when either clock says so: the product's clock may be moved, the machine's may not stop
    const over = (then: { wall: number; steady: number }) =>
      wall - then.wall >= minuteMs || steady - then.steady >= minuteMs;
    while (started[0] !== undefined && over(started[0])) started.shift();
    if (started.length >= aMinute) {
      const wait = Math.ceil((minuteMs - (steady - (started[0]?.steady ?? steady))) / 1000);
      const words = `${aMinute} requests a minute to QuickBooks are used up`;
      throw new LedgerError('rate_limited', words, { retryAfterSeconds: Math.max(1, wait) });
    }
    started.push({ wall, steady });
  }

  return async (work) => {
    // a finished request hands its place over, so `running` doesn't change in between
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      reserveMinute();
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
