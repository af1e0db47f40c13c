import { readFileSync } from 'node:fs';
import type { Clock } from '../ports/clock.ts';

/**
 * The machine's clock, or a file with one ISO instant that is read at every "now" (design section 7).
 * A file that is not there yet means real time; a file with anything else in it is an error, never real time:
 * a typo must not send mail.
 */
export function systemClock(clockFile: string | null): Clock {
  if (clockFile === null) return { now: () => new Date() };
  return {
    now() {
      const text = readIfThere(clockFile);
      if (text === null) return new Date();
      const instant = new Date(text.trim());
      if (Number.isNaN(instant.getTime()))
        throw new Error(`CLOCK_FILE ${clockFile} does not hold an ISO instant`);
      return instant;
    },
  };
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
