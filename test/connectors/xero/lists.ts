import { json, type WireServer } from '../wire-server.ts';
import { envelope, now } from './support.ts';

export interface ListedRow {
  readonly [member: string]: unknown;
}

/** Xero's lists in memory: sorted by stamp, paged by number, filtered by If-Modified-Since and by IDs. */
export class Lists {
  readonly rows = new Map<string, ListedRow[]>();
  /** Called before every page is cut: the place to change rows while somebody is reading. */
  before: (list: string, page: number) => void = () => {};
  clock = now.getTime();
  private readonly largest: number;

  constructor(server: WireServer, largest = 1000) {
    this.largest = largest;
    server.answer = (request, response) => {
      const asked = new URL(request.path, server.url);
      const list = asked.pathname.split('/').at(-1) ?? '';
      const page = Number(asked.searchParams.get('page') ?? 1);
      this.before(list, page);
      const since = Date.parse(`${String(request.headers['if-modified-since'] ?? '1970-01-01T00:00:00')}Z`);
      const ids = asked.searchParams.get('IDs')?.split(',');
      const kept = [...(this.rows.get(list) ?? [])]
        .filter((row) => stamp(row) >= since && (ids === undefined || ids.includes(String(row.InvoiceID))))
        .sort((a, b) => stamp(a) - stamp(b));
      const size = Math.min(this.largest, Number(asked.searchParams.get('pageSize') ?? 100));
      const rows = kept.slice((page - 1) * size, page * size);
      const pagination = {
        page,
        pageSize: size,
        pageCount: Math.ceil(kept.length / size),
        itemCount: kept.length,
      };
      const DateTimeUTC = `/Date(${this.clock})/`;
      json(response, 200, envelope(list, rows, { pagination, DateTimeUTC }));
    };
  }

  add(list: string, ...rows: ListedRow[]): void {
    this.rows.set(list, [...(this.rows.get(list) ?? []), ...rows]);
  }

  /** Changes rows of a list; each gets the present stamp, which moves it to the end. */
  touch(list: string, which: (row: ListedRow) => boolean): void {
    const changed = (this.rows.get(list) ?? []).map((row) =>
      which(row) ? { ...row, UpdatedDateUTC: `/Date(${this.clock}+0000)/` } : row,
    );
    this.rows.set(list, changed);
  }
}

function stamp(row: ListedRow): number {
  return Number(/-?\d+/.exec(String(row.UpdatedDateUTC))?.[0] ?? 0);
}
