import path from 'node:path';
import { readConfig } from './platform/config.ts';
import { openPool } from './platform/db.ts';
import { runningPostgres } from './platform/embedded-postgres.ts';
import { type Ground, layGround, rootFolder } from './platform/ground.ts';
import { FolderInUse } from './platform/lock.ts';
import { type Log, makeLog } from './platform/log.ts';
import { migrate } from './platform/migrate.ts';
import { withSandbox } from './platform/sandbox-config.ts';

/**
 * The ground for a command that runs beside or without the program: the database and sandbox that run already on this
 * data folder are used, what does not run is started and stopped again. Throws ConfigError or Error with words.
 */
export async function openGround(): Promise<{ ground: Ground; log: Log }> {
  // stdout belongs to the command's answer, so the log (on stderr) is quiet unless asked for
  const env = { ...process.env, LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' };
  const config = readConfig(env);
  const log = makeLog(config.logLevel);
  // a command listens nowhere
  const quiet = { ...config, role: 'worker' as const };
  try {
    const ground = await layGround(quiet, log, () => undefined);
    return { ground, log };
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    const url = config.databaseUrl ?? (await runningPostgres(config.dataDir));
    if (url === null || (config.sandbox.on && error.run?.sandboxUrl == null))
      throw new Error('Duly is starting or stopping on this data folder; try again in a moment.');
    const pool = openPool(url);
    await migrate(pool, path.join(rootFolder(), 'migrations'), log);
    const sandboxUrl = error.run?.sandboxUrl ?? null;
    const real = sandboxUrl === null ? quiet : withSandbox(quiet, sandboxUrl);
    return { ground: { config: real, pool, lock: null, stop: () => pool.end() }, log };
  }
}
