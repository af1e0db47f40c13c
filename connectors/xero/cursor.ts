import { LedgerError } from '../../src/platform/errors.ts';
import type { Place } from './walk.ts';

/** First reading: which list, where in it, and since when all of it counts (ISO instant). */
export interface FirstCursor {
  readonly v: 1;
  readonly kind: 'first';
  readonly startedAt: string | null;
  readonly stage: number;
  readonly place: Place;
}

/** After it: everything that changed since this instant (ISO). */
interface ChangeCursor {
  readonly v: 1;
  readonly kind: 'changes';
  readonly since: string;
}

export type Cursor = FirstCursor | ChangeCursor;

export function writeCursor(cursor: Cursor): string {
  return JSON.stringify(cursor);
}

/** Throws LedgerError `invalid` for a text that this connector didn't write. */
export function readCursor(stored: string): Cursor {
  let cursor: Cursor | null = null;
  try {
    cursor = JSON.parse(stored) as Cursor | null;
  } catch {
    // said below
  }
  if (cursor?.v === 1 && (cursor.kind === 'first' || cursor.kind === 'changes')) return cursor;
  throw new LedgerError(
    'invalid',
    'the stored place of the reading can’t be understood; read everything again',
  );
}
