import { type Currency, parseCurrency } from '../../src/domain/currency.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { at, readJson, text, whole } from '../../src/platform/json.ts';
import { instantOf } from './fields.ts';
import { type Entity, entities } from './rows.ts';

/** Where in an entity's rows, ordered by Id, the next page begins. */
export interface Place {
  /** 1-based. The row at this position should be `anchor`, the last row that was read. */
  readonly position: number;
  /** Null: nothing was read yet. */
  readonly anchor: string | null;
  /** True: it was gone back by a page already to find `anchor`. */
  readonly back?: boolean;
  /** How often this list was gone back in; absent: never. */
  readonly turns?: number;
}

/** A list is gone back in at most this often: then it is not the list that moves, but the service that errs. */
export const mostTurns = 8;
/** A later run may go back by a page and to the beginning once more, so that no place is a dead end. */
const turnsOfARun = 2;

export const start: Place = { position: 1, anchor: null };

/** In the middle of a first sync: what is being read, and from when on changes are to be asked for afterwards. */
export interface FirstSyncCursor {
  readonly at: 'all';
  readonly home: Currency;
  readonly since: string;
  readonly entity: Entity;
  readonly place: Place;
  /** Rows of this entity so far, and how many there are (null: not known), for the progress line. */
  readonly rows: number;
  readonly total: number | null;
}

/** Everything up to `since` (ISO instant, overlap already taken off) is known. */
export interface ChangeCursor {
  readonly at: 'changes';
  readonly home: Currency;
  readonly since: string;
}

export type Cursor = FirstSyncCursor | ChangeCursor;

export function writeCursor(cursor: Cursor): string {
  return JSON.stringify(cursor);
}

/** Reads a cursor of ours. Throws LedgerError `invalid` for anything else: a lost place is never guessed. */
export function readCursor(written: string): Cursor {
  const raw = readJson(written);
  const home = parseCurrency(at(raw, 'home'));
  const since = instantOf(at(raw, 'since'));
  if (home === null || since === null) throw unknownCursor();
  if (at(raw, 'at') === 'changes') return { at: 'changes', home, since };
  const entity = entities.find((name) => name === at(raw, 'entity'));
  const position = whole(at(raw, 'place', 'position'));
  if (entity === undefined || position === null || position < 1) throw unknownCursor();
  const turns = Math.min(whole(at(raw, 'place', 'turns')) ?? 0, mostTurns - turnsOfARun);
  const place = {
    position,
    anchor: text(at(raw, 'place', 'anchor')),
    ...(at(raw, 'place', 'back') === true && { back: true }),
    ...(turns > 0 && { turns }),
  };
  const total = whole(at(raw, 'total'));
  return { at: 'all', home, since, entity, place, rows: whole(at(raw, 'rows')) ?? 0, total };
}

function unknownCursor(): LedgerError {
  return new LedgerError('invalid', 'The place where reading stopped is not known; a full read is needed');
}
