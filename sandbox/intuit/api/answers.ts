import type { BookView } from '../book-view.ts';
import type { Wire } from '../wire/shared.ts';
import { stamp } from '../wire/stamps.ts';
import { entityNamed } from './entities.ts';
import type { Item } from './entity.ts';
import { fault, invalidParameter, missing, notFound, type Refusal } from './faults.ts';
import { parseQuery, QueryError } from './query-parse.ts';
import { instantSeconds, runQuery } from './query-run.ts';
import { Refused } from './reply.ts';

const CDC_DAYS = 30;
const CDC_OBJECTS = 1000;

/** Runs a query's text; throws Refused with 4000 or 4001. */
export function queryResponse(text: string, view: BookView): Wire {
  try {
    const query = parseQuery(text);
    const entity = entityNamed(query.entity);
    if (entity === undefined) {
      throw new QueryError('4001', `QueryValidationError: Metadata not found for Entity: ${query.entity}`);
    }
    const { items, total } = runQuery(query, entity, view);
    if (query.count) return { totalCount: total };
    if (items.length === 0) return {};
    return {
      [entity.name]: items.map((item) => item.wire()),
      startPosition: query.start,
      maxResults: items.length,
    };
  } catch (error) {
    if (error instanceof QueryError) throw new Refused(queryFault(error));
    throw error;
  }
}

function queryFault(error: QueryError): Refusal {
  return fault(error.code, error.code === '4000' ? 'Error parsing query' : 'Invalid query', error.message);
}

/** One object by id; throws Refused with 610 when it is not there or deleted. */
export function readOne(entityName: string, id: string, view: BookView): Wire {
  const item = entityNamed(entityName)
    ?.items(view)
    .find((one) => one.id === id);
  if (item === undefined || item.deleted) throw new Refused(notFound());
  return item.wire();
}

/**
 * What changed since a moment (inclusive, to the second), one slot for each entity asked for; an empty slot is
 * `{}`. At most 1000 objects in all, the newest first, and nothing says that there were more.
 */
export function changeResponse(
  entities: string | undefined,
  changedSince: string | undefined,
  view: BookView,
  now: Date,
): Wire {
  if (!entities) throw new Refused(missing('entities'));
  if (!changedSince) throw new Refused(missing('changedSince'));
  const since = instantSeconds(changedSince);
  if (Number.isNaN(since)) throw new Refused(invalidParameter('changedSince', 'changedSince'));
  if (since < now.getTime() / 1000 - CDC_DAYS * 86_400) {
    const detail = `Operation cdc with changedSince date ${changedSince} which is older than fixed days is not supported.`;
    throw new Refused(fault('500', 'Unsupported Operation', detail));
  }
  let room = CDC_OBJECTS;
  const slots = entities.split(',').map((name) => {
    const entity = entityNamed(name.trim());
    if (entity === undefined) throw new Refused(invalidParameter(`entities ${name}`, 'entities'));
    const changed = entity
      .items(view)
      .filter((item) => seconds(item.updatedAt) >= since)
      .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0))
      .slice(0, room);
    room -= changed.length;
    if (changed.length === 0) return {};
    const list = changed.map((item) => (item.deleted ? stub(item, view) : item.wire()));
    return { [entity.name]: list, startPosition: 1, maxResults: list.length };
  });
  return { CDCResponse: [{ QueryResponse: slots }] };
}

function seconds(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}

function stub(item: Item, view: BookView): Wire {
  return {
    domain: 'QBO',
    status: 'Deleted',
    Id: item.id,
    MetaData: { LastUpdatedTime: stamp(item.updatedAt, view.zone) },
  };
}
