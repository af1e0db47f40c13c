import { LedgerError } from '../../src/platform/errors.ts';
import { at, list, text } from '../../src/platform/json.ts';
import type { BooksPage, ReadOptions, StatedCount } from '../../src/ports/ledger.ts';
import type { QuickBooksClient } from './client.ts';
import { type ChangeCursor, type Place, readCursor, start, writeCursor } from './cursor.ts';
import { sinceOf, whereAll } from './first-sync.ts';
import type { TermNames } from './parse.ts';
import { countRows, readPage, rowsByIds, toSeconds } from './query.ts';
import { addRows, type Entity, entities, kindOf, noRows, type Rows, stageOf } from './rows.ts';
import { seenNotes } from './seen-notes.ts';

/** The change feed looks back 30 days; a day is left for the way there. */
const lookBackMs = 29 * 24 * 3600_000;
/** An empty answer leaves the cursor where it is (SYN-21), unless it would soon be out of the feed's reach. */
const moveOnMs = 20 * 24 * 3600_000;
/** The change feed answers at most so many objects, has no pages, and doesn't say that it left some out. */
const feedCap = 1000;
/** What the feed is asked for: the books, and in the same read our own notes. */
const feedNames = [...entities, 'Attachable'] as const;
type FeedName = (typeof feedNames)[number];

interface Feed {
  readonly byName: ReadonlyMap<FeedName, readonly unknown[]>;
  readonly size: number;
  /** Where the next change read begins. */
  readonly since: string;
}

/**
 * What changed since the cursor: one read when little did. Too much for the feed, or too long ago: the entities it
 * can't show whole are queried by their time of change, and the last page alone carries the new cursor. A query shows
 * no deletions, so that page also states how many rows there are of these kinds (SYN-15).
 *
 * `confirm` (R9) costs nothing in the ordinary case: an invoice that the feed doesn't name has not changed since the
 * cursor, which is the confirmation. It is read by id when the feed can't vouch for it: a payment or credit was
 * voided or deleted (its links are gone, so the invoices it touched are unknown), or the feed wasn't whole.
 */
export async function* readChanges(
  client: QuickBooksClient,
  now: () => Date,
  written: string,
  { confirm = [], terms = new Map() }: ReadOptions = {},
): AsyncGenerator<BooksPage> {
  const cursor = readCursor(written);
  if (cursor.at !== 'changes')
    throw new LedgerError('invalid', 'The first read of this company is not finished');
  const asked = now();
  const age = asked.getTime() - Date.parse(cursor.since);
  const tooOld = age > lookBackMs;
  // even then the feed is the only place that tells of deletions
  const from = tooOld ? new Date(asked.getTime() - lookBackMs).toISOString() : cursor.since;
  const feed = await readFeed(client, feedNames, from, asked);
  const whole = { feeds: [feed], beyond: [] };
  const { feeds, beyond: tooMany } = feed.size < feedCap ? whole : await cappedFeeds(client, from, asked);
  const beyond: readonly Entity[] = tooOld ? entities : tooMany;

  const rows = noRows();
  for (const each of feeds) addFeed(rows, each, cursor.home, asked.toISOString(), terms);
  const here = { client, cursor, written, terms };
  for (const entity of beyond) yield* readBeyond(here, entity);
  const doubtful = beyond.length > 0 || unlinked(rows) ? confirm : [];
  await addInvoices(here, rows, [...doubtful, ...linkedInvoices(rows)], asked.toISOString());

  const notes = feeds.flatMap((each) => seenNotes(each.byName.get('Attachable') ?? []));
  const count = rows.customers.length + rows.invoices.length + rows.payments.length + rows.credits.length;
  const quiet = feed.size === 0 && beyond.length === 0 && age < moveOnMs;
  const since = feed.since > cursor.since && !quiet ? feed.since : cursor.since;
  const next: ChangeCursor = { at: 'changes', home: cursor.home, since };
  const progress = { stage: 'changes', rows: count + rows.removed.length, total: null };
  const stated = await statedCounts(client, beyond);
  yield {
    ...rows,
    ...(notes.length > 0 && { notes }),
    ...(stated.length > 0 && { stated }),
    progress,
    cursor: writeCursor(next),
    done: true,
  };
}

/** How many rows there are of the entities whose deletions the feed could not show. */
async function statedCounts(
  client: QuickBooksClient,
  beyond: readonly Entity[],
): Promise<readonly StatedCount[]> {
  const stated: StatedCount[] = [];
  for (const entity of beyond)
    stated.push({ kind: kindOf[entity], rows: await countRows(client, entity, whereAll(entity)) });
  return stated;
}

async function readFeed(
  client: QuickBooksClient,
  names: readonly FeedName[],
  since: string,
  asked: Date,
): Promise<Feed> {
  const body = await client.get('cdc', { entities: names.join(','), changedSince: toSeconds(since) });
  const responses = at(body, 'CDCResponse');
  if (!Array.isArray(responses))
    throw new LedgerError('unavailable', 'QuickBooks left out the list of changes');
  const slots = responses.flatMap((response) => list(at(response, 'QueryResponse')));
  const byName = new Map<FeedName, readonly unknown[]>();
  for (const name of names)
    byName.set(
      name,
      slots.flatMap((slot) => list(at(slot, name))),
    );
  const size = [...byName.values()].reduce((sum, found) => sum + found.length, 0);
  return { byName, size, since: sinceOf(body, asked) };
}

/** After a feed that was cut: each entity alone, and the names of those that are too many even so. */
async function cappedFeeds(client: QuickBooksClient, from: string, asked: Date) {
  const feeds: Feed[] = [];
  const beyond: Entity[] = [];
  for (const name of feedNames) {
    const feed = await readFeed(client, [name], from, asked);
    feeds.push(feed);
    // a note that the cut hides is found by its search; a row of the books must not be missed
    if (feed.size >= feedCap && name !== 'Attachable') beyond.push(name);
  }
  return { feeds, beyond };
}

interface Reading {
  readonly client: QuickBooksClient;
  readonly cursor: ChangeCursor;
  readonly written: string;
  readonly terms: TermNames;
}

/** All rows of an entity changed since the cursor. These pages keep the old cursor: only the whole is a step. */
async function* readBeyond(
  { client, cursor, written, terms }: Reading,
  entity: Entity,
): AsyncGenerator<BooksPage> {
  const all = whereAll(entity);
  const where = `${all === '' ? 'WHERE' : `${all} AND`} MetaData.LastUpdatedTime >= '${toSeconds(cursor.since)}'`;
  let read = 0;
  for (let place: Place | null = start; place !== null; ) {
    const page = await readPage(client, entity, where, place);
    const rows = noRows();
    addRows(rows, entity, page.rows, cursor.home, cursor.since, terms);
    read += page.rows.length;
    place = page.next;
    const progress = { stage: stageOf[entity], rows: read, total: null };
    yield { ...rows, progress, cursor: written, done: false };
  }
}

function addFeed(rows: Rows, feed: Feed, home: ChangeCursor['home'], readAt: string, terms: TermNames): void {
  for (const entity of entities) addRows(rows, entity, feed.byName.get(entity) ?? [], home, readAt, terms);
}

/** Whether something lost its links to invoices: they can't be named any more. */
function unlinked(rows: Rows): boolean {
  return (
    rows.removed.some((row) => row.kind === 'payment' || row.kind === 'credit') ||
    rows.payments.some((payment) => payment.status === 'void') ||
    rows.rejected.some((row) => row.kind === 'payment')
  );
}

/** Invoices that changed payments settle. Intuit doesn't promise that the invoice itself is in the feed as well. */
function linkedInvoices(rows: Rows): readonly string[] {
  return rows.payments.flatMap((payment) => payment.allocations.map((part) => part.invoiceId));
}

/** Reads invoices that the page doesn't hold yet; one that doesn't come back was deleted. */
async function addInvoices(
  { client, cursor, terms }: Reading,
  rows: Rows,
  ids: readonly string[],
  readAt: string,
): Promise<void> {
  const held = new Set([
    ...rows.invoices.map((invoice) => invoice.invoiceId),
    ...rows.removed.filter((row) => row.kind === 'invoice').map((row) => row.id),
    ...rows.rejected.filter((row) => row.kind === 'invoice').map((row) => row.id),
  ]);
  const missing = [...new Set(ids)].filter((id) => !held.has(id));
  if (missing.length === 0) return;
  const raws = await rowsByIds(client, 'Invoice', missing);
  addRows(rows, 'Invoice', raws, cursor.home, readAt, terms);
  const found = new Set(raws.map((raw) => text(at(raw, 'Id'))));
  for (const id of missing) if (!found.has(id)) rows.removed.push({ kind: 'invoice', id, changedAt: readAt });
}
