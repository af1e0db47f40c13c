import { at } from '../../src/platform/json.ts';
import type { BooksPage, Known } from '../../src/ports/ledger.ts';
import type { QuickBooksClient } from './client.ts';
import { type Cursor, type FirstSyncCursor, readCursor, start, writeCursor } from './cursor.ts';
import { instantOf } from './fields.ts';
import { countRows, readPage } from './query.ts';
import { addRows, type Entity, entities, noRows, stageOf } from './rows.ts';

/** Changes are asked for again from this long before: rows become visible a little after their own stamp. */
const overlapMs = 5 * 60_000;

/** The instant from which a later change read must begin, given an answer (Intuit's own clock) and ours. */
export function sinceOf(answer: unknown, now: Date): string {
  const read = instantOf(at(answer, 'time'));
  return new Date((read === null ? now.getTime() : Date.parse(read)) - overlapMs).toISOString();
}

/** Inactive customers are left out of queries unless they are asked for. */
export function whereAll(entity: Entity): string {
  return entity === 'Customer' ? 'WHERE Active IN (true, false)' : '';
}

/**
 * Everything, page by page, whatever its age; one page in memory at a time. Besides the pages it costs one read: the
 * number of invoices. The change cursor is stamped by the first page, long enough before it that rows changed while
 * paging come again with the first change read.
 */
export async function* readAll(
  client: QuickBooksClient,
  now: () => Date,
  resumeFrom: string | null,
  known: Known,
): AsyncGenerator<BooksPage> {
  const resumed = resumeFrom === null ? null : readCursor(resumeFrom);
  let cursor: Cursor = resumed ?? begin(now(), known);
  if (cursor.at === 'changes')
    yield { ...noRows(), progress: allRead, cursor: writeCursor(cursor), done: true };
  while (cursor.at === 'all') {
    const asked = now();
    const here: FirstSyncCursor = await counted(client, cursor);
    const page = await readPage(client, here.entity, whereAll(here.entity), here.place);
    // the very first answer tells Intuit's own time, which may be behind ours
    const began = here.entity === entities[0] && here.rows === 0 ? sinceOf(page.body, asked) : here.since;
    const since = began < here.since ? began : here.since;
    const rows = noRows();
    addRows(rows, here.entity, page.rows, here.home, since, known.terms);
    const read = here.rows + page.rows.length;
    cursor =
      page.next === null ? after({ ...here, since }) : { ...here, since, place: page.next, rows: read };
    // rows that are read once more are counted once more
    const progress = {
      stage: stageOf[here.entity],
      rows: Math.min(read, here.total ?? read),
      total: here.total,
    };
    yield { ...rows, progress, cursor: writeCursor(cursor), done: cursor.at === 'changes' };
  }
}

const allRead = { stage: 'all read', rows: 0, total: null };

function begin(asked: Date, { baseCurrency: home }: Known): FirstSyncCursor {
  const since = sinceOf(undefined, asked);
  return { at: 'all', home, since, entity: entities[0], place: start, rows: 0, total: null };
}

/** Only invoices are counted beforehand: they are what the person waits for, and every count is a metered read. */
async function counted(client: QuickBooksClient, cursor: FirstSyncCursor): Promise<FirstSyncCursor> {
  if (cursor.entity !== 'Invoice' || cursor.total !== null) return cursor;
  return { ...cursor, total: await countRows(client, 'Invoice') };
}

function after(cursor: FirstSyncCursor): Cursor {
  const { home, since } = cursor;
  const entity = entities[entities.indexOf(cursor.entity) + 1];
  if (entity === undefined) return { at: 'changes', home, since };
  return { at: 'all', home, since, entity, place: start, rows: 0, total: null };
}
