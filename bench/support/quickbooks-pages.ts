import type { HttpAnswer, HttpClient } from '../../src/platform/http.ts';
import { customerWire, invoiceOfPayment, invoiceWire, paymentWire } from './quickbooks-rows.ts';

/** How many rows the book has. */
export interface BookSize {
  readonly customers: number;
  readonly invoices: number;
  readonly payments: number;
}

/** The rows a page may have at most: the least number of reads follows from it. */
const pageSize = 1_000;
const queryOf =
  /^SELECT (\*|COUNT\(\*\)) FROM (\w+)(?: .*?)?(?: STARTPOSITION (\d+))?(?: MAXRESULTS (\d+))?$/;

/** Nobody asks a page for its bytes. */
const noBytes = new Uint8Array();

/** QuickBooks inside this process: counts every read of it. */
export interface PagesServer extends HttpClient {
  readonly reads: number;
}

/**
 * Serves a book's pages without a network. `held` makes every page beforehand and keeps them all, so that making one costs
 * nothing while the clock runs; otherwise each page is made when it is asked for and then forgotten.
 */
export function pagesServer(size: BookSize, held: boolean): PagesServer {
  const pages = new Map<string, string>();
  if (held) for (const [entity, rows] of Object.entries(rowsOf(size))) hold(pages, size, entity, rows);
  let reads = 0;
  return {
    get reads() {
      return reads;
    },
    async send(request) {
      reads += 1;
      const text = answer(size, new URL(request.url), pages);
      const found: HttpAnswer = { status: 200, headers: new Headers(), text, bytes: noBytes, traceId: null };
      return { ok: true, answer: found };
    },
  };
}

/** A page of 1,000 rows each; an entity without rows costs one read as well. */
export function minimumReads(size: BookSize): number {
  const pages = Object.values(rowsOf(size)).map((rows) => Math.max(1, Math.ceil(rows / pageSize)));
  return pages.reduce((sum, count) => sum + count, 0);
}

function rowsOf(size: BookSize): Readonly<Record<string, number>> {
  return { Customer: size.customers, Invoice: size.invoices, CreditMemo: 0, Payment: size.payments };
}

/** The connector begins every page with the last row of the one before, so that is how they are laid down. */
function hold(pages: Map<string, string>, size: BookSize, entity: string, rows: number): void {
  for (let from = 1; from <= Math.max(1, rows); from += pageSize - 1)
    pages.set(`${entity} ${from}`, page(size, entity, from, pageSize));
}

function answer(size: BookSize, url: URL, pages: ReadonlyMap<string, string>): string {
  if (url.pathname.includes('/companyinfo/')) return enveloped({ CompanyInfo: { CompanyName: 'Bench Ltd' } });
  if (url.pathname.endsWith('/preferences'))
    return enveloped({ Preferences: { CurrencyPrefs: { HomeCurrency: { value: 'USD' } } } });
  const [, what, entity = '', from = '1', most = '100'] =
    queryOf.exec(url.searchParams.get('query') ?? '') ?? [];
  if (what === 'COUNT(*)') return enveloped({ QueryResponse: { totalCount: rowsOf(size)[entity] ?? 0 } });
  if (what !== '*') throw new Error(`the bench doesn't serve ${url.href}`);
  const kept = Number(most) === pageSize ? pages.get(`${entity} ${from}`) : undefined;
  return kept ?? page(size, entity, Number(from), Math.min(Number(most), pageSize));
}

function page(size: BookSize, entity: string, from: number, most: number): string {
  const last = Math.min(entity === 'Term' ? 1 : (rowsOf(size)[entity] ?? 0), from + most - 1);
  const rows: object[] = [];
  for (let number = from; number <= last; number += 1) rows.push(row(size, entity, number));
  if (rows.length === 0) return enveloped({ QueryResponse: {} });
  return enveloped({
    QueryResponse: { [entity]: rows, startPosition: from, maxResults: rows.length },
  });
}

/** The only payment term; every row names it by its id. */
const term = { Id: '3', Name: 'Net 30' };

function row(size: BookSize, entity: string, number: number): object {
  if (entity === 'Term') return term;
  if (entity === 'Customer') return customerWire(number);
  if (entity === 'Invoice') return invoiceWire(number, size.customers);
  return paymentWire(number, invoiceOfPayment(number, size.invoices), size.customers);
}

/** As one flat text: what a decoded answer is. */
function enveloped(members: object): string {
  return JSON.stringify({ ...members, time: '2026-11-20T10:48:27.082-08:00' });
}
