import { compose } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Duly } from '../../src/platform/context.ts';
import { makeLog } from '../../src/platform/log.ts';
import type { World } from './world.ts';

/**
 * The product's own composition in this process, on the world's database, sandbox and clock: for tests that live
 * through months, in which starting a process every day would be most of the time.
 */
export function composeIn(world: World): Duly {
  const config = readConfig(world.environment);
  return compose(config, world.database.pool, makeLog(process.env.TEST_LOG_LEVEL ?? 'error'));
}
