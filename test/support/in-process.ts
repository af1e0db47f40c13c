import { compose } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Duly, Tally } from '../../src/platform/context.ts';
import { makeLog } from '../../src/platform/log.ts';
import { type TickResult, tickOnce } from '../../src/tick-once.ts';
import type { World } from './world.ts';

/**
 * The product's own composition in this process, on the world's database, sandbox and clock: for tests that live
 * through months, in which starting a process every day would be most of the time.
 */
export function composeIn(world: World): Duly {
  const config = readConfig(world.environment);
  return compose(config, world.database.pool, makeLog(process.env.TEST_LOG_LEVEL ?? 'error'));
}

/**
 * What a worker does in the next minutes: a tick in this process, and another one two minutes later, by which time a
 * ledger that asked us to wait a minute takes the rest. Throws when a job failed.
 */
export async function work(world: World, duly: Duly): Promise<TickResult> {
  const first = await tickOnce(duly);
  await world.setNow(new Date((await world.now()).getTime() + 120_000).toISOString());
  const second = await tickOnce(duly);
  if (first.failedJobs + second.failedJobs > 0) throw new Error('a job failed');
  const { problems, ...counts } = second.result;
  const sum = Object.entries(counts).map(([name, count]) => [
    name,
    count + first.result[name as keyof Tally],
  ]);
  return { ...(Object.fromEntries(sum) as Record<keyof Tally, number>), problems };
}
