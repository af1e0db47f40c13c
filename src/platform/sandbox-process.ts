import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { sandboxKeys } from './sandbox-config.ts';

export interface SandboxProcess {
  readonly url: string;
  stop(): Promise<void>;
}

const READY_MS = 60_000;
const GRACE_MS = 5_000;

/**
 * Starts the stand-ins for the vendors as a process of their own: the product meets them over the wire only. It is
 * started once more on the same port if it dies; the second time `onLost` gets a sentence. Throws when it can't start.
 */
export async function startSandbox(
  config: Config,
  entry: string,
  log: Log,
  onLost: (words: string) => void,
): Promise<SandboxProcess> {
  let stopping = false;
  let restarts = 0;
  let { child, url } = await launch(config, entry, config.sandbox.port, log);
  const watch = (): void => {
    child.once('exit', (code, signal) => {
      if (stopping) return;
      log.error({ exitCode: code, signal }, 'the sandbox ended unexpectedly');
      restarts += 1;
      if (restarts > 1)
        return onLost('The sandbox ended twice, so Duly stops. Its last words are in the log.');
      launch(config, entry, Number(new URL(url).port), log).then(
        (again) => {
          ({ child, url } = again);
          watch();
        },
        () => onLost('The sandbox ended and could not be started again, so Duly stops.'),
      );
    });
  };
  watch();
  return {
    url,
    async stop() {
      stopping = true;
      await stopChild(child);
    },
  };
}

/** The environment of the sandbox process: its own settings and nothing of ours. */
function environment(config: Config, port: number): NodeJS.ProcessEnv {
  return {
    ...sandboxKeys,
    SANDBOX_HOST: '127.0.0.1',
    SANDBOX_PORT: String(port),
    SANDBOX_SEED: String(config.sandbox.seed),
    ...(config.sandbox.book === null ? {} : { SANDBOX_BOOK: path.resolve(config.sandbox.book) }),
    ...(port === 0 ? {} : { SANDBOX_PUBLIC_URL: `http://127.0.0.1:${port}` }),
    DATA_DIR: path.resolve(config.dataDir),
    ...(config.clockFile === null ? {} : { CLOCK_FILE: path.resolve(config.clockFile) }),
    DULY_URL: `http://127.0.0.1:${config.port}`,
  };
}

function launch(
  config: Config,
  entry: string,
  port: number,
  log: Log,
): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(entry, { env: environment(config, port), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let lastWords = '';
  child.stdout?.on('data', (data: Buffer) => log.debug({ line: String(data).trim() }, 'sandbox'));
  child.stderr?.on('data', (data: Buffer) => {
    lastWords = `${lastWords}${String(data)}`.slice(-2_000);
    log.warn({ line: String(data).trim() }, 'sandbox');
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('The sandbox was not ready within a minute.'));
    }, READY_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`The sandbox could not start.\n${lastWords.trim()}`));
    });
    child.on('message', (message) => {
      const { ready } = message as { ready?: unknown };
      if (typeof ready !== 'string') return;
      clearTimeout(timer);
      resolve({ child, url: ready.replace(/\/$/, '') });
    });
  });
}

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
