import type { FastifyReply, FastifyRequest } from 'fastify';
import { cut, pageOf, sorted } from '../query/page.ts';
import { sinceOf } from '../query/since.ts';
import { parseWhere, type Row } from '../query/where.ts';
import type { XeroRuntime } from '../runtime.ts';
import { envelope, type Pagination, type Wire } from '../wire/envelope.ts';
import { answer } from './reply.ts';

/** What every list takes: page, pageSize, where, order, summaryOnly and If-Modified-Since. */
export interface Listing {
  query: Record<string, string>;
  since: number | undefined;
  paged: boolean;
  summary: boolean;
}

/** Reads the common parameters. `canSummarise`: whether summaryOnly means something here; it forces paging. */
export function listingOf(request: FastifyRequest, canSummarise = false): Listing {
  const query = request.query as Record<string, string>;
  const summary = canSummarise && query.summaryOnly?.toLowerCase() === 'true';
  const since = sinceOf(request.headers['if-modified-since']);
  return { query, since, summary, paged: query.page !== undefined || summary };
}

/** Filters by `where`, sorts, and cuts the page when one was asked for. */
export function list<T>(
  rows: readonly T[],
  asked: Listing,
  row: (item: T) => Row,
  id: string,
): { rows: T[]; pagination?: Pagination } {
  const { where, order } = asked.query;
  const test = where?.trim() ? parseWhere(where) : undefined;
  const kept = test ? rows.filter((item) => test(row(item))) : rows;
  const all = sorted(kept, order, row, id);
  const page = pageOf(asked.query, asked.summary);
  if (!page) return { rows: all };
  const [part, pagination] = cut(all, page);
  return { rows: part, pagination };
}

/** A comma list parameter as a test; everything passes when it was not given. */
export function among(parameter: string | undefined): (value: string) => boolean {
  if (!parameter?.trim()) return () => true;
  const wanted = new Set(parameter.split(',').map((each) => each.trim().toLowerCase()));
  return (value) => wanted.has(value.toLowerCase());
}

/** Sends a list; when nothing changed since If-Modified-Since, 304 where the stand-in is set to that. */
export function answerList(
  runtime: XeroRuntime,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Listing,
  { name, rows, pagination }: { name: string; rows: readonly Wire[]; pagination: Pagination | undefined },
): FastifyReply {
  if (runtime.answers304 && asked.since !== undefined && rows.length === 0) return reply.code(304).send();
  return answer(request, reply, envelope(name, rows, runtime.ctx.clock.now(), pagination));
}
