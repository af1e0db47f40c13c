import { randomUUID } from 'node:crypto';
import { msBare } from './dates.ts';

/** Which page of how many; only on answers that were paged. */
export interface Pagination {
  page: number;
  pageSize: number;
  pageCount: number;
  itemCount: number;
}

export type Wire = Record<string, unknown>;

/** The frame of every successful answer: `{Id, Status, ProviderName, DateTimeUTC[, pagination], <name>: rows}`. */
export function envelope(name: string, rows: readonly Wire[], now: Date, pagination?: Pagination): Wire {
  return {
    Id: randomUUID(),
    Status: 'OK',
    ProviderName: 'Duly',
    DateTimeUTC: msBare(now.toISOString()),
    ...(pagination ? { pagination } : {}),
    [name]: rows,
  };
}
