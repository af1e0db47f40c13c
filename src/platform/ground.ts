import { existsSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import type { Config } from './config.ts';
import { openPool } from './db.ts';
import { freePort, startPostgres } from './embedded-postgres.ts';
import { type FolderLock, lockFolder } from './lock.ts';
import type { Log } from './log.ts';
import { migrate } from './migrate.ts';
import { portIsFree } from './ports.ts';
import { withSandbox } from './sandbox-config.ts';
import { startSandbox } from './sandbox-process.ts';

/** What a process stands on: a migrated database, and the vendors' stand-ins if they are wanted. */
export interface Ground {
  /** With the addresses as they really are. */
  readonly config: Config;
  readonly pool: pg.Pool;
  /** Null when nothing in the data folder belongs to this process alone. */
  readonly lock: FolderLock | null;
  /** Ends in the right order what was begun; call it once. */
  stop(): Promise<void>;
}

/** Another program listens on our port. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
  constructor(host: string, port: number) {
    super(`Port ${port} on ${host} is in use by another program. Stop it, or set PORT to a free port.`);
  }
}

/** The compiled program's folder, `dist/`. */
const compiled = path.resolve(import.meta.dirname, '../..');

/** The repository's folder, in which the migrations lie, from the compiled program or from the sources. */
export function rootFolder(): string {
  return existsSync(path.join(compiled, 'migrations')) ? compiled : path.dirname(compiled);
}

/**
 * Takes the data folder, starts PostgreSQL in it (unless DATABASE_URL names one), migrates, starts the sandbox if it
 * is on. What was started before a failure is stopped again. Throws FolderInUse, PortInUse, or an Error whose message
 * says what to do.
 */
export async function layGround(wanted: Config, log: Log, onLost: (words: string) => void): Promise<Ground> {
  const undo: (() => void | Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.reverse()) {
      try {
        await step();
      } catch (error) {
        log.warn({ err: error }, 'something could not be stopped cleanly');
      }
    }
  };
  try {
    const lock = wanted.databaseUrl === null || wanted.sandbox.on ? lockFolder(wanted.dataDir) : null;
    if (lock !== null) undo.push(() => lock.release());
    // after the lock: a second start is told about the first one, not about its port
    const serves = wanted.role !== 'worker' && wanted.port !== 0;
    if (serves && !(await portIsFree(wanted.host, wanted.port)))
      throw new PortInUse(wanted.host, wanted.port);
    let config = await settlePorts(wanted);
    let url = config.databaseUrl;
    if (url === null) {
      const postgres = await startPostgres(config.dataDir, log);
      undo.push(() => postgres.stop());
      url = postgres.url;
    }
    const pool = openPool(url, config.role === 'web' ? 10 : 16);
    undo.push(() => pool.end());
    await migrate(pool, path.join(rootFolder(), 'migrations'), log);
    if (config.sandbox.on) {
      const sandbox = await startSandbox(config, path.join(compiled, 'sandbox/main.js'), log, onLost);
      undo.push(() => sandbox.stop());
      config = withSandbox(config, sandbox.url);
    }
    return { config, pool, lock, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Port 0 becomes a free one, and the address follows; a sandbox port that is taken is replaced by any free one. */
async function settlePorts(config: Config): Promise<Config> {
  const port = config.port === 0 ? await freePort() : config.port;
  const baseUrl = config.baseUrl === 'http://localhost:0' ? `http://localhost:${port}` : config.baseUrl;
  const sandboxPort =
    config.sandbox.port !== 0 && (await portIsFree('127.0.0.1', config.sandbox.port))
      ? config.sandbox.port
      : await freePort();
  return { ...config, port, baseUrl, sandbox: { ...config.sandbox, port: sandboxPort } };
}
