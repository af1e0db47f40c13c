import type { RemovedRow } from '../../src/domain/books.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { BooksPage, ReadOptions } from '../../src/ports/ledger.ts';
import { idsPerRead, invoicesByIds } from './by-id.ts';
import type { XeroClient } from './client.ts';
import { type FirstCursor, readCursor, writeCursor } from './cursor.ts';
import { invoiceStage, type Rows, type Stage, stages } from './stages.ts';
import { headerTime, nextPlace, type Place, type RawPage, readPage, startOf } from './walk.ts';

/** How far every change read reaches back behind its cursor: clocks differ, and rows are stamped before they show. */
const overlapMs = 5 * 60_000;
const noRows: Rows = { customers: [], invoices: [], payments: [], credits: [], rejected: [] };

/** Everything, list by list, each page with a cursor from which a later run goes on. Throws LedgerError. */
export async function* readAll(
  client: XeroClient,
  clock: Clock,
  resumeFrom: string | null,
): AsyncIterable<BooksPage> {
  const resumed = resumeFrom === null ? null : readCursor(resumeFrom);
  if (resumed?.kind === 'changes') {
    yield page('all read', noRows, [], startOf(null), writeCursor(resumed), true);
    return;
  }
  let here: FirstCursor = resumed ?? { v: 1, kind: 'first', startedAt: null, stage: 0, place: startOf(null) };
  for (let stage = stages[here.stage]; stage !== undefined; stage = stages[here.stage]) {
    const raw = await readPage(client, stage, here.place);
    const startedAt = here.startedAt ?? earlier(clock.now(), raw.answeredAt);
    const next = nextPlace(here.place, raw);
    const seen = next ?? { ...here.place, rows: here.place.rows + raw.rows.length };
    here =
      next === null
        ? { v: 1, kind: 'first', startedAt, stage: here.stage + 1, place: startOf(null) }
        : { ...here, startedAt, place: next };
    const done = here.stage >= stages.length;
    const cursor = done ? writeCursor({ v: 1, kind: 'changes', since: startedAt }) : writeCursor(here);
    yield page(
      stage.label,
      stage.parse(raw.rows),
      [],
      { ...seen, total: seen.total ?? raw.itemCount },
      cursor,
      done,
    );
  }
}

/**
 * What changed since the cursor, then the present state of the invoices to confirm, which is read last so that it
 * is as fresh as can be (R9). Until the last page the cursor stays: a run that breaks off is done again. A thorough
 * read of an unchanged organisation costs one small read for each of the six lists, as Xero has no common feed;
 * otherwise one: a payment, a credit, an allocation all move the invoice they touch, so invoices are asked first, and
 * if none moved, nothing else is asked and no page comes (docs/decisions/0012).
 */
export async function* readChanges(
  client: XeroClient,
  clock: Clock,
  cursor: string,
  { confirm = [], thorough = true }: ReadOptions = {},
): AsyncIterable<BooksPage> {
  const from = readCursor(cursor);
  if (from.kind !== 'changes')
    throw new LedgerError('invalid', 'the first reading of these books is not finished');
  const place = startOf(headerTime(Date.parse(from.since) - overlapMs));
  const read = new Map<Stage, RawPage>();
  const began = clock.now();
  // by Xero's own clock, from the first answer that tells: a 304 has no body
  let answeredAt: number | null = null;
  if (!thorough) {
    const invoices = await readPage(client, invoiceStage, place);
    if (invoices.rows.length === 0 && confirm.length === 0) return;
    read.set(invoiceStage, invoices);
    answeredAt = invoices.answeredAt;
  }
  let quiet = true;
  for (const stage of stages) {
    for (let here: Place | null = place; here !== null; ) {
      const already: RawPage | undefined = here === place ? read.get(stage) : undefined;
      const raw: RawPage = already ?? (await readPage(client, stage, here));
      answeredAt ??= raw.answeredAt;
      here = nextPlace(here, raw);
      if (raw.rows.length === 0) continue;
      quiet = false;
      yield changed(stage, raw, cursor);
    }
  }
  for (let first = 0; first < confirm.length; first += idsPerRead) {
    const rows = await invoicesByIds(client, clock, confirm.slice(first, first + idsPerRead));
    yield page('confirmed invoices', { ...noRows, ...rows }, rows.removed, startOf(null), cursor, false);
  }
  // an empty answer says nothing about when it was true, so the cursor stays (SYN-21); it never goes back (SYN-06)
  const startedAt = earlier(began, answeredAt);
  const since = quiet || startedAt < from.since ? from.since : startedAt;
  yield page('changes', noRows, [], startOf(null), writeCursor({ v: 1, kind: 'changes', since }), true);
}

function changed(stage: Stage, raw: RawPage, cursor: string): BooksPage {
  const seen = { ...startOf(null), rows: raw.rows.length, total: raw.itemCount };
  return page(stage.label, stage.parse(raw.rows), [], seen, cursor, false);
}

function page(
  stage: string,
  rows: Rows,
  removed: readonly RemovedRow[],
  seen: Pick<Place, 'rows' | 'total'>,
  cursor: string,
  done: boolean,
): BooksPage {
  // rows at the seam of two pages are read twice
  const read = seen.total === null ? seen.rows : Math.min(seen.rows, seen.total);
  return { ...rows, removed, progress: { stage, rows: read, total: seen.total }, cursor, done };
}

/** The earlier of our clock and Xero's: whichever is fast, nothing falls between two reads. ISO instant. */
function earlier(ours: Date, theirs: number | null): string {
  return new Date(Math.min(ours.getTime(), theirs ?? Number.POSITIVE_INFINITY)).toISOString();
}
