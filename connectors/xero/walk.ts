import { LedgerError } from '../../src/platform/errors.ts';
import { at, list, text, whole } from '../../src/platform/json.ts';
import type { XeroClient } from './client.ts';
import type { Stage } from './stages.ts';
import { wireMilliseconds } from './wire.ts';

/** The largest page that Xero gives. */
const pageSize = 1000;
/** A list that keeps changing while it is read is read at most this often; the next change read has the rest. */
const mostPasses = 3;

/**
 * Where the reading of one list stands; plain values, so that it can be stored. `since` and `origin` are
 * If-Modified-Since texts (UTC, to the second), `began` is Xero's own time at the first page of this pass (ms).
 */
export interface Place {
  readonly origin: string | null;
  readonly since: string | null;
  readonly page: number;
  /** Some pages had to be told apart by number alone. */
  readonly numbered: boolean;
  /** The id of the first row of the page before, if that one was told apart by number. */
  readonly first?: string | null;
  readonly began: number | null;
  /** A row changed while we were reading. */
  readonly moved: boolean;
  readonly pass: number;
  readonly rows: number;
  readonly total: number | null;
}

export interface RawPage {
  readonly rows: readonly unknown[];
  /** Xero's own time when it answered, ms; null: not stated. */
  readonly answeredAt: number | null;
  readonly itemCount: number | null;
  readonly pageCount: number | null;
}

export function startOf(origin: string | null): Place {
  const fresh = { numbered: false, began: null, moved: false, pass: 1, rows: 0, total: null };
  return { origin, since: origin, page: 1, ...fresh };
}

/** Reads the page at a place. Throws LedgerError. */
export async function readPage(client: XeroClient, stage: Stage, place: Place): Promise<RawPage> {
  const body = await client.get(stage.list, {
    query: {
      ...stage.query,
      order: 'UpdatedDateUTC ASC',
      page: String(place.page),
      pageSize: String(pageSize),
    },
    modifiedSince: place.since,
  });
  if (body === null) return { rows: [], answeredAt: null, itemCount: null, pageCount: null };
  if (!Array.isArray(at(body, stage.list)))
    throw new LedgerError('unavailable', `Xero left out the list of ${stage.label}`);
  return {
    rows: list(at(body, stage.list)),
    answeredAt: wireMilliseconds(at(body, 'DateTimeUTC')),
    itemCount: whole(at(body, 'pagination', 'itemCount')),
    pageCount: whole(at(body, 'pagination', 'pageCount')),
  };
}

/**
 * Where to go on after a page, or null at the end of the list.
 *
 * Pages by number alone lose rows: one that changes moves to the end, the rest move up, and the first row of the
 * next page is now the last of the one already read. So the next page starts at the last stamp seen (less a second,
 * as the header has seconds only) and is page 1 again. Rows read twice do no harm. Only more than a page of rows
 * with one stamp (an import) have to be numbered, and then a change meanwhile starts the list again. Throws LedgerError
 * `unavailable` when the list does not move on or a page is empty where rows were promised (SYN-02, SYN-23).
 */
export function nextPlace(place: Place, page: RawPage): Place | null {
  const began = place.began ?? page.answeredAt;
  const stamps = page.rows.map((row) => wireMilliseconds(at(row, 'UpdatedDateUTC')) ?? 0);
  const last = Math.max(0, ...stamps);
  const moved = place.moved || (began !== null && last > began);
  const rows = place.rows + page.rows.length;
  const on = { ...place, began, moved, rows, total: place.total ?? page.itemCount };
  const first = text(at(page.rows[0], idOf(page.rows[0])));
  if (stands(place, page, first)) throw new LedgerError('unavailable', 'Xero’s list does not move on');
  if (!hasMore(place, page)) {
    const again = place.numbered && moved && place.pass < mostPasses;
    return again ? { ...startOf(place.origin), pass: place.pass + 1, rows, total: on.total } : null;
  }
  const since = headerTime(last - 1000);
  const further = last > 0 && (place.since === null || since > place.since);
  return further
    ? { ...on, since, page: 1, first: null }
    : { ...on, page: place.page + 1, numbered: true, first };
}

/** The very page before again, although the next one was asked for, or nothing at all where rows were promised. */
function stands(place: Place, page: RawPage, first: string | null): boolean {
  if (page.rows.length === 0) return (page.itemCount ?? 0) > 0 && (page.pageCount ?? 0) >= place.page;
  return place.page > 1 && first !== null && place.first === first;
}

/** Xero calls the id of a row after its list: InvoiceID, ContactID … */
function idOf(row: unknown): string {
  const names = ['PaymentID', 'CreditNoteID', 'OverpaymentID', 'PrepaymentID', 'InvoiceID', 'ContactID'];
  return names.find((name) => text(at(row, name)) !== null) ?? '';
}

function hasMore(place: Place, page: RawPage): boolean {
  if (page.rows.length === 0) return false;
  return page.pageCount === null ? page.rows.length >= pageSize : place.page < page.pageCount;
}

/** An instant (ms) for If-Modified-Since: UTC, cut to the second, without a zone. */
export function headerTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19);
}
