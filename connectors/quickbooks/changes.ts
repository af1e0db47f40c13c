import { LedgerError } from '../../src/platform/errors.ts';
import { at, list, text } from '../../src/platform/json.ts';
import type { BooksPage } from '../../src/ports/ledger.ts';
import type { QuickBooksClient } from './client.ts';
import { type ChangeCursor, type Place, readCursor, start, writeCursor } from './cursor.ts';
import { sinceOf, whereAll } from './first-sync.ts';
import { readPage, rowsByIds, toSeconds } from './query.ts';
import { addRows, type Entity, entities, noRows, type Rows, stageOf } from './rows.ts';

/** The change feed looks back 30 days; a day is left for the way there. */
const lookBackMs = 29 * 24 * 3600_000;
/** The change feed answers at most so many objects, has no pages, and doesn't say that it left some out. */
const feedCap = 1000;

interface Feed {
  readonly byEntity: ReadonlyMap<Entity, readonly unknown[]>;
  readonly size: number;
  /** Where the next change read begins. */
  readonly since: string;
}

/**
 * What changed since the cursor: one read when little did. Too much for the feed, or too long ago: the entities it
 * can't show whole are queried by their time of change, and the last page alone carries the new cursor.
 *
 * `confirm` (R9) costs nothing in the ordinary case: an invoice that the feed doesn't name has not changed since the
 * cursor, which is the confirmation. It is read by id when the feed can't vouch for it: a payment or credit was
 * voided or deleted (its links are gone, so the invoices it touched are unknown), or the feed wasn't whole.
 */
export async function* readChanges(
  client: QuickBooksClient,
  now: () => Date,
  written: string,
  confirm: readonly string[],
): AsyncGenerator<BooksPage> {
  const cursor = readCursor(written);
  if (cursor.at !== 'changes')
    throw new LedgerError('invalid', 'The first read of this company is not finished');
  const asked = now();
  const tooOld = asked.getTime() - Date.parse(cursor.since) > lookBackMs;
  // even then the feed is the only place that tells of deletions
  const from = tooOld ? new Date(asked.getTime() - lookBackMs).toISOString() : cursor.since;
  const feed = await readFeed(client, entities, from, asked);
  const whole = { feeds: [feed], beyond: [] };
  const { feeds, beyond: tooMany } = feed.size < feedCap ? whole : await cappedEntities(client, from, asked);
  const beyond: readonly Entity[] = tooOld ? entities : tooMany;

  const rows = noRows();
  for (const each of feeds) addFeed(rows, each, cursor.home, asked.toISOString());
  for (const entity of beyond) yield* readBeyond(client, entity, cursor, written);
  const doubtful = beyond.length > 0 || unlinked(rows) ? confirm : [];
  await addInvoices(client, rows, [...doubtful, ...linkedInvoices(rows)], cursor, asked.toISOString());

  const since = feed.since > cursor.since ? feed.since : cursor.since;
  const next: ChangeCursor = { at: 'changes', home: cursor.home, since };
  const count = rows.customers.length + rows.invoices.length + rows.payments.length + rows.credits.length;
  const progress = { stage: 'changes', rows: count + rows.removed.length, total: null };
  yield { ...rows, progress, cursor: writeCursor(next), done: true };
}

async function readFeed(
  client: QuickBooksClient,
  names: readonly Entity[],
  since: string,
  asked: Date,
): Promise<Feed> {
  const body = await client.get('cdc', { entities: names.join(','), changedSince: toSeconds(since) });
  const responses = at(body, 'CDCResponse');
  if (!Array.isArray(responses))
    throw new LedgerError('unavailable', 'QuickBooks left out the list of changes');
  const slots = responses.flatMap((response) => list(at(response, 'QueryResponse')));
  const byEntity = new Map<Entity, readonly unknown[]>();
  for (const name of names)
    byEntity.set(
      name,
      slots.flatMap((slot) => list(at(slot, name))),
    );
  const size = [...byEntity.values()].reduce((sum, found) => sum + found.length, 0);
  return { byEntity, size, since: sinceOf(body, asked) };
}

/** After a feed that was cut: each entity alone, and the names of those that are too many even so. */
async function cappedEntities(client: QuickBooksClient, from: string, asked: Date) {
  const feeds: Feed[] = [];
  const beyond: Entity[] = [];
  for (const entity of entities) {
    const feed = await readFeed(client, [entity], from, asked);
    feeds.push(feed);
    if (feed.size >= feedCap) beyond.push(entity);
  }
  return { feeds, beyond };
}

/** All rows of an entity changed since the cursor. These pages keep the old cursor: only the whole is a step. */
async function* readBeyond(
  client: QuickBooksClient,
  entity: Entity,
  cursor: ChangeCursor,
  written: string,
): AsyncGenerator<BooksPage> {
  const all = whereAll(entity);
  const where = `${all === '' ? 'WHERE' : `${all} AND`} MetaData.LastUpdatedTime >= '${toSeconds(cursor.since)}'`;
  let read = 0;
  for (let place: Place | null = start; place !== null; ) {
    const page = await readPage(client, entity, where, place);
    const rows = noRows();
    addRows(rows, entity, page.rows, cursor.home, cursor.since);
    read += page.rows.length;
    place = page.next;
    const progress = { stage: stageOf[entity], rows: read, total: null };
    yield { ...rows, progress, cursor: written, done: false };
  }
}

function addFeed(rows: Rows, feed: Feed, home: ChangeCursor['home'], readAt: string): void {
  for (const [entity, raws] of feed.byEntity) addRows(rows, entity, raws, home, readAt);
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
  client: QuickBooksClient,
  rows: Rows,
  ids: readonly string[],
  cursor: ChangeCursor,
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
  addRows(rows, 'Invoice', raws, cursor.home, readAt);
  const found = new Set(raws.map((raw) => text(at(raw, 'Id'))));
  for (const id of missing) if (!found.has(id)) rows.removed.push({ kind: 'invoice', id, changedAt: readAt });
}
