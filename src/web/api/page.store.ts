import { type RawBuilder, sql } from 'kysely';
import { parseDay } from '../../domain/day.ts';
import { UserError } from '../../platform/errors.ts';

/** A column that the list is sorted by, and what it holds. */
export interface Key {
  readonly column: string;
  readonly holds: 'text' | 'uuid' | 'day';
}

export interface PageWish {
  readonly limit?: number;
  readonly after?: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** One more than a page, so that the last page is known to be the last. */
export function rowsWanted(wish: PageWish): number {
  return (wish.limit ?? 100) + 1;
}

/** Only rows behind the cursor, in the order of the keys. Throws UserError bad_input for a cursor that is none. */
export function behind(wish: PageWish, keys: readonly Key[]): RawBuilder<boolean> {
  if (wish.after === undefined) return sql<boolean>`true`;
  const parts = readCursor(wish.after, keys);
  const columns = sql.join(keys.map((key) => sql.ref(key.column)));
  return sql<boolean>`(${columns}) > (${sql.join(parts)})`;
}

function readCursor(after: string, keys: readonly Key[]): readonly string[] {
  let parts: readonly string[] = [];
  try {
    parts = after.split(',').map(decodeURIComponent);
  } catch {
    throw noCursor();
  }
  if (parts.length !== keys.length || parts.some((part, index) => !fits(part, keys[index]?.holds)))
    throw noCursor();
  return parts;
}

function fits(part: string, holds: Key['holds'] | undefined): boolean {
  if (holds === 'uuid') return uuid.test(part);
  if (holds === 'day') return parseDay(part) !== null && part > '1000';
  return !part.includes('\0');
}

function noCursor(): UserError {
  return new UserError(
    'bad_input',
    'after is not the end of a page.',
    'Send the `next` of the page before, as it was.',
  );
}

/** Cuts the surplus row off and names the end of the page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  wish: PageWish,
  keyOf: (row: Row) => readonly string[],
  itemOf: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const page = rows.slice(0, rowsWanted(wish) - 1);
  const last = page.at(-1);
  return {
    items: page.map(itemOf),
    next:
      rows.length > page.length && last !== undefined ? keyOf(last).map(encodeURIComponent).join(',') : null,
  };
}
