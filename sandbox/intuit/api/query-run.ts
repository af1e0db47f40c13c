import type { BookView } from '../book-view.ts';
import type { Entity, FieldKind, Item } from './entity.ts';
import { type Condition, type Query, QueryError } from './query-parse.ts';

export interface Found {
  /** The page. */
  readonly items: readonly Item[];
  /** How many there are in all. */
  readonly total: number;
}

/** Answers a parsed query from the books. Throws QueryError 4001 for a property that can't be asked for. */
export function runQuery(query: Query, entity: Entity, view: BookView): Found {
  const tests = query.where.map((one) => test(one, entity));
  const named = query.where.some((one) => one.property === 'Active');
  const byActive = 'Active' in entity.fields && !named;
  const found = entity.items(view).filter((item) => {
    if (item.deleted) return false;
    // inactive customers only when somebody asks for them by name
    if (byActive && item.field('Active') === false) return false;
    return tests.every((passes) => passes(item));
  });
  const sorted = found.toSorted(order(query, entity));
  return { items: sorted.slice(query.start - 1, query.start - 1 + query.max), total: found.length };
}

function kindOf(property: string, entity: Entity): FieldKind {
  const kind = entity.fields[property];
  if (kind === undefined || !Object.hasOwn(entity.fields, property)) {
    throw new QueryError(
      '4001',
      `QueryValidationError: Property ${property} not found for Entity ${entity.name}`,
    );
  }
  return kind;
}

type Comparable = string | number | bigint | boolean;

function test({ property, operator, values }: Condition, entity: Entity): (item: Item) => boolean {
  const kind = kindOf(property, entity);
  if (operator === 'LIKE') {
    const escaped = (values[0] ?? '').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*');
    const pattern = new RegExp(`^${escaped}$`, 'is');
    return (item) => pattern.test(String(item.field(property) ?? ''));
  }
  const wanted = values.map((value) => comparable(value, kind, property));
  return (item) => {
    const raw = item.field(property);
    if (raw === undefined) return operator === '=' && values[0]?.trim() === '';
    const own = comparable(raw, kind, property);
    return wanted.some((other) => holds(compare(own, other), operator));
  };
}

function holds(order: number, operator: Condition['operator']): boolean {
  if (operator === '<') return order < 0;
  if (operator === '>') return order > 0;
  if (operator === '<=') return order <= 0;
  if (operator === '>=') return order >= 0;
  return order === 0;
}

function compare(a: Comparable, b: Comparable): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparable(value: string | number | boolean, kind: FieldKind, property: string): Comparable {
  const text = String(value);
  if (kind === 'id') return /^\d{1,40}$/.test(text) ? BigInt(text) : -1n;
  if (kind === 'text' || kind === 'boolean') return text.toLowerCase();
  if (kind === 'amount') return known(Number(text), text, property);
  if (kind === 'day') return /^\d{4}-\d\d-\d\d$/.test(text) ? text : known(Number.NaN, text, property);
  return known(instantSeconds(text), text, property);
}

function known(number: number, text: string, property: string): number {
  if (!Number.isNaN(number)) return number;
  throw new QueryError('4001', `QueryValidationError: Invalid value '${text}' for property ${property}.`);
}

/** Whole seconds since 1970 of an ISO instant; one without offset is in the time of Intuit's machines. NaN: none. */
export function instantSeconds(text: string): number {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)) return Number.NaN;
  if (/T.*(Z|[+-]\d\d:?\d\d)$/.test(text)) return Math.floor(Date.parse(text) / 1000);
  const day = text.includes('T') ? text : `${text}T00:00:00`;
  const local = Temporal.PlainDateTime.from(day).toZonedDateTime('America/Los_Angeles');
  return Math.floor(local.epochMilliseconds / 1000);
}

/** Without ORDERBY: the newest id first, so that nobody counts on an order by chance. */
function order(query: Query, entity: Entity): (a: Item, b: Item) => number {
  const asked = query.order.map(({ property, descending }) => ({
    property,
    kind: kindOf(property, entity),
    sign: descending ? -1 : 1,
  }));
  const keys = asked.length > 0 ? asked : [{ property: 'Id', kind: 'id' as const, sign: -1 }];
  return (a, b) => {
    for (const { property, kind, sign } of keys) {
      const [left, right] = [a.field(property), b.field(property)];
      if (left === right) continue;
      if (left === undefined || right === undefined) return sign * (left === undefined ? -1 : 1);
      const by = compare(comparable(left, kind, property), comparable(right, kind, property));
      if (by !== 0) return sign * by;
    }
    return compare(comparable(b.id, 'id', 'Id'), comparable(a.id, 'id', 'Id'));
  };
}
