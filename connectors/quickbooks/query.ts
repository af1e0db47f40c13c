import { LedgerError } from '../../src/platform/errors.ts';
import { at, list, object, text, whole } from '../../src/platform/json.ts';
import type { QuickBooksClient } from './client.ts';
import { mostTurns, type Place, start } from './cursor.ts';

/** The most rows that one query answers. */
export const pageSize = 1000;
/** Ids in one IN list: keeps the address well below every limit. */
const idsAtOnce = 100;

/** A text literal of the query language. */
export function literal(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** An instant as Intuit's own examples write it, without fractions; earlier by less than a second. */
export function toSeconds(instant: string): string {
  return instant.replace(/\.\d+(?=Z$)/, '');
}

/** Rows of a query. Throws LedgerError `unavailable` for an answer that isn't one: it never counts as "none". */
export async function queryRows(
  client: QuickBooksClient,
  entity: string,
  rest: string,
): Promise<readonly unknown[]> {
  const { response } = await ask(client, `SELECT * FROM ${entity} ${rest}`);
  return list(at(response, entity));
}

/** How many rows an entity has; null when the answer doesn't say. */
export async function countRows(
  client: QuickBooksClient,
  entity: string,
  where = '',
): Promise<number | null> {
  const { response } = await ask(client, `SELECT COUNT(*) FROM ${entity} ${where}`.trim());
  return whole(at(response, 'totalCount'));
}

/** The answer to a query, and the whole body around it. */
async function ask(client: QuickBooksClient, query: string): Promise<{ response: unknown; body: unknown }> {
  const body = await client.get('query', { query });
  const response = at(body, 'QueryResponse');
  if (object(response) === null)
    throw new LedgerError('unavailable', 'QuickBooks left out the query response');
  return { response, body };
}

/** One page of rows and where the next one begins (null: this was the last). */
export interface Page {
  readonly rows: readonly unknown[];
  readonly next: Place | null;
  /** The answer as it came, which tells Intuit's own time. */
  readonly body: unknown;
}

/**
 * Reads one page in the order of Id. Every page begins with the last row of the one before: if that row isn't
 * there, rows before it were deleted meanwhile and others moved up unseen, so the page before is read again.
 * (`Id > 'x'` would be simpler, but Intuit doesn't say how it compares ids.) Throws LedgerError `unavailable` when the
 * list does not move on, so that nobody waits for its end for ever (SYN-02, SYN-23).
 */
export async function readPage(
  client: QuickBooksClient,
  entity: string,
  where: string,
  place: Place,
): Promise<Page> {
  const order = `${where} ORDERBY Id STARTPOSITION ${place.position} MAXRESULTS ${pageSize}`.trim();
  const { response, body } = await ask(client, `SELECT * FROM ${entity} ${order}`);
  const rows = list(at(response, entity));
  const anchored = place.anchor === null || rows.some((row) => text(at(row, 'Id')) === place.anchor);
  if (!anchored) return { rows: [], next: turnBack(entity, place), body };
  if (rows.length < pageSize) return { rows: fresh(rows, place), next: null, body };
  const anchor = text(at(rows.at(-1), 'Id'));
  if (anchor === null)
    throw new LedgerError('unavailable', `QuickBooks left out the Id of a row of ${entity}`);
  if (anchor === place.anchor) throw stalled(entity);
  const position = place.position + rows.length - 1;
  return { rows: fresh(rows, place), next: { position, anchor, ...turnsOf(place) }, body };
}

/**
 * The row to begin with is not where it was. A page further back it is found if rows before it went; if it isn't there
 * either, it went itself, and only the whole list tells what else moved.
 */
function turnBack(entity: string, place: Place): Place {
  const turns = (place.turns ?? 0) + 1;
  if (turns > mostTurns) throw stalled(entity);
  const position = place.position - (pageSize - 1);
  if (place.back === true || position <= 1) return { ...start, turns };
  return { position, anchor: place.anchor, back: true, turns };
}

function stalled(entity: string): LedgerError {
  return new LedgerError('unavailable', `QuickBooks' list of ${entity} rows does not move on`);
}

function turnsOf({ turns }: Place): Pick<Place, 'turns'> {
  return turns === undefined ? {} : { turns };
}

/** Without the row that the page before ended with. */
function fresh(rows: readonly unknown[], place: Place): readonly unknown[] {
  const first = text(at(rows[0], 'Id'));
  return place.anchor !== null && first === place.anchor ? rows.slice(1) : rows;
}

/** The rows with these ids, as they are now; deleted ones don't come back. */
export async function rowsByIds(
  client: QuickBooksClient,
  entity: string,
  ids: readonly string[],
  also = '',
): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const some = ids.slice(from, from + idsAtOnce).map(literal);
    rows.push(
      ...(await queryRows(client, entity, `WHERE ${also}Id IN (${some.join(', ')}) MAXRESULTS ${pageSize}`)),
    );
  }
  return rows;
}
