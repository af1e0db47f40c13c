/** `npm run tick -- --json`: does all the work that is due now, once, in this process, and ends. */
import { compose } from './app.ts';
import { openGround } from './command.ts';
import { tickOnce } from './tick-once.ts';

async function tick(): Promise<boolean> {
  const { ground, log } = await openGround();
  try {
    const { result, failedJobs } = await tickOnce(compose(ground.config, ground.pool, log));
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return failedJobs === 0;
  } finally {
    await ground.stop();
  }
}

try {
  process.exit((await tick()) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The tick failed.'}\n`);
  process.exit(1);
}
