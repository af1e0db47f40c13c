import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What a running Duly tells about itself, in `DATA_DIR/run.json`. */
export interface RunFile {
  readonly pid: number;
  /** ISO instant. */
  readonly since: string;
  readonly url: string;
  readonly sandboxUrl: string | null;
}

export interface FolderLock {
  /** Writes what others may know about this process. */
  announce(run: RunFile): void;
  release(): void;
}

const SQLITE_BUSY = 5;

/** Another process works on this data folder; `run` is what it told about itself, if anything. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly run: RunFile | null;
  constructor(run: RunFile | null) {
    const who = run === null ? '' : ` (pid ${run.pid}, since ${run.since}, ${run.url})`;
    super(`Duly is already running on this data folder${who}. Stop it, or set DATA_DIR to another folder.`);
    this.run = run;
  }
}

/**
 * Takes the data folder for this process. An exclusive SQLite transaction is the lock: the kernel frees it when the
 * process ends, however it ends, and no other process can mistake an old pid for a live owner. Throws FolderInUse.
 */
export function lockFolder(dataDir: string): FolderLock {
  mkdirSync(dataDir, { recursive: true });
  const runFile = path.join(dataDir, 'run.json');
  const lock = new DatabaseSync(path.join(dataDir, 'duly.lock'));
  try {
    lock.exec('pragma busy_timeout = 300; pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: unknown } | null)?.errcode === SQLITE_BUSY)
      throw new FolderInUse(readRunFile(dataDir));
    throw error;
  }
  // what a killed owner left behind says nothing any more
  rmSync(runFile, { force: true });
  return {
    announce: (run) => writeFileSync(runFile, `${JSON.stringify(run)}\n`, { mode: 0o600 }),
    release() {
      rmSync(runFile, { force: true });
      lock.close();
    },
  };
}

/** What the owner of the folder told about itself; only worth something while the folder is locked. */
export function readRunFile(dataDir: string): RunFile | null {
  try {
    const run: unknown = JSON.parse(readFileSync(path.join(dataDir, 'run.json'), 'utf8'));
    return isRunFile(run) ? run : null;
  } catch {
    return null;
  }
}

function isRunFile(value: unknown): value is RunFile {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, since, url, sandboxUrl } = value as Record<string, unknown>;
  return (
    typeof pid === 'number' &&
    typeof since === 'string' &&
    typeof url === 'string' &&
    (sandboxUrl === null || typeof sandboxUrl === 'string')
  );
}
