import type { Pagination } from '../wire/envelope.ts';
import { queryError } from '../wire/problem.ts';
import type { Row, Value } from './where.ts';

const LARGEST = 1000;
const USUAL = 100;

/** The page asked for, or undefined when the whole list was. Sizes out of 1–1000 are clamped, not refused. */
export function pageOf(
  query: Record<string, string>,
  forced: boolean,
): { page: number; pageSize: number } | undefined {
  if (query.page === undefined && !forced) return undefined;
  const page = Math.max(1, Math.trunc(Number(query.page ?? 1)) || 1);
  const size = Math.trunc(Number(query.pageSize ?? USUAL));
  return { page, pageSize: Number.isNaN(size) ? USUAL : Math.min(LARGEST, Math.max(1, size)) };
}

/** Cuts one page out of the list; beyond the end it is empty, not an error. */
export function cut<T>(rows: readonly T[], asked: { page: number; pageSize: number }): [T[], Pagination] {
  const start = (asked.page - 1) * asked.pageSize;
  return [
    rows.slice(start, start + asked.pageSize),
    { ...asked, pageCount: Math.ceil(rows.length / asked.pageSize), itemCount: rows.length },
  ];
}

/** Sorts by `Name [ASC|DESC], …`; the id decides between equals, as Xero's default does. */
export function sorted<T>(
  rows: readonly T[],
  order: string | undefined,
  row: (item: T) => Row,
  id: string,
): T[] {
  const keys = `${order?.trim() || 'UpdatedDateUTC ASC'}, ${id} ASC`.split(',').map((part) => {
    const [name = '', direction = 'ASC'] = part.trim().split(/\s+/);
    if (!/^(ASC|DESC)$/i.test(direction)) throw queryError(`Syntax error near '${direction}'`);
    return { name, sign: direction.toUpperCase() === 'DESC' ? -1 : 1 };
  });
  const valued = rows.map((item) => ({ item, values: keys.map(({ name }) => memberOf(row(item), name)) }));
  valued.sort((a, b) => {
    for (const [at, { sign }] of keys.entries()) {
      const difference = compare(a.values[at] ?? null, b.values[at] ?? null);
      if (difference !== 0) return difference * sign;
    }
    return 0;
  });
  return valued.map(({ item }) => item);
}

function memberOf(row: Row, name: string): Value {
  const value = row(name);
  if (value === undefined) throw queryError(`No property or field '${name}' exists`);
  return value;
}

function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
