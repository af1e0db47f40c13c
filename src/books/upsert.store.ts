import { sql } from 'kysely';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { ColumnType, MirrorTable } from './mirror-tables.ts';

/**
 * Inserts or updates rows of the mirror by their key, one statement for all of them: a column travels as one array in
 * PostgreSQL's own form. Of two rows with one key the last counts. A stored row that the ledger stamped later stays as it
 * is (SYN-08), and one that is the same already is not written again (SYN-07). `sent` is called when the statement is on
 * its way, so that its time can be used.
 */
export async function upsert<Row>(
  tx: Tx,
  companyId: string,
  table: MirrorTable<Row>,
  rows: readonly Row[],
  sent?: () => void,
): Promise<void> {
  if (rows.length === 0) return;
  const last = lastOf(table, rows);
  const arrays = table.columns.map(({ type, value }) => {
    const element = type === 'text[]' || type === 'jsonb' ? 'text' : type;
    return sql`${binaryArray(element, last.map(value))}${sql.raw(`::${element}[]`)}`;
  });
  const done = sql`${sql.raw(insertInto(table))} select ${companyId}::uuid, ${sql.raw(selection(table))}
    from unnest(${sql.join(arrays)}) as row (${sql.raw(names(table))}) ${sql.raw(onConflict(table))}`.execute(
    tx,
  );
  if (sent !== undefined) setImmediate(sent);
  await done;
}

/** A page may name a row twice; one statement may not. The last mention is the newest. */
function lastOf<Row>(table: MirrorTable<Row>, rows: readonly Row[]): readonly Row[] {
  const byId = new Map(rows.map((row) => [table.columns[0].value(row), row]));
  return byId.size === rows.length ? rows : [...byId.values()];
}

function names<Row>({ columns }: MirrorTable<Row>): string {
  return columns.map(({ name }) => `"${name}"`).join(', ');
}

function insertInto<Row>(table: MirrorTable<Row>): string {
  return `insert into ${table.name} as stored (company_id, ${names(table)})`;
}

/** What came as text becomes what the column holds. */
function selection<Row>({ columns }: MirrorTable<Row>): string {
  const cast = (type: ColumnType): string => (type === 'text[]' || type === 'jsonb' ? `::${type}` : '');
  return columns.map(({ name, type }) => `row."${name}"${cast(type)}`).join(', ');
}

function onConflict<Row>({ columns: [id, ...others] }: MirrorTable<Row>): string {
  const changing = others.filter(({ update }) => update !== null);
  const stored = changing.map(({ name }) => `stored."${name}"`);
  const next = changing.map(({ name, update }) => update ?? `excluded."${name}"`);
  const set = changing.map(({ name }, at) => `"${name}" = ${next[at]}`);
  return `on conflict (company_id, ${id.name}) do update set ${set.join(', ')}
    where stored.changed_at <= excluded.changed_at
      and (${stored.join(', ')}) is distinct from (${next.join(', ')})`;
}
