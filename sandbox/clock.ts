import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** The one "now" of the sandbox, shared with Duly through CLOCK_FILE. */
export interface SandboxClock {
  /** Throws when the clock file holds something that is not an instant. */
  now(): Date;
  /** Moves the clock; it then stands still at that instant until it is moved again. */
  set(instant: Date): void;
}

/**
 * A clock that reads `file` at every `now()`. No file: the real time.
 * Without a path at all, `set` is remembered by this process alone.
 */
export function sandboxClock(file?: string): SandboxClock {
  if (file === undefined) {
    let held: Date | undefined;
    return {
      now: () => (held === undefined ? new Date() : new Date(held)),
      set: (instant) => {
        held = new Date(instant);
      },
    };
  }
  return {
    now: () => readClockFile(file) ?? new Date(),
    set: (instant) => {
      // written beside and renamed: Duly reads this file at any moment and must never see half of it
      const beside = `${file}.${process.pid}.tmp`;
      writeFileSync(beside, `${instant.toISOString()}\n`);
      renameSync(beside, file);
    },
  };
}

function readClockFile(file: string): Date | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (text === '') return undefined;
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime()))
    throw new Error(`The clock file ${file} holds no ISO instant: "${text}"`);
  return instant;
}
