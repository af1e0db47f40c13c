import { type RawBuilder, sql } from 'kysely';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { ColumnType, MirrorTable } from './mirror-tables.ts';

interface Options {
  /** Columns that are the same for every row, whatever the row says. */
  readonly constants?: Readonly<Record<string, Date>>;
  /** True: hardly any row will be there already, as in a first sync. Only a matter of speed. */
  readonly fresh: boolean;
  /** Called when the statement is on its way, so that its time can be used. */
  readonly sent?: (() => void) | undefined;
}

/**
 * Inserts or updates rows of the mirror by their key, one statement for all of them: a column travels as one array in
 * PostgreSQL's own form. Of two rows with one key the last counts. A stored row that the ledger stamped later stays as it
 * is (SYN-08), and one that is the same already is not written again (SYN-07).
 */
export async function upsert<Row>(
  tx: Tx,
  companyId: string,
  table: MirrorTable<Row>,
  rows: readonly Row[],
  options: Options,
): Promise<void> {
  if (rows.length === 0) return;
  const insert = insertion(companyId, table, encoded(table, rows), options.constants ?? {});
  if (!options.fresh) {
    await running(sql`${insert} ${sql.raw(onConflict(table))}`.execute(tx), options.sent);
    return;
  }
  // looking for each row before it is inserted costs a sixth; the key itself refuses what is there
  await sql`savepoint fresh_rows`.execute(tx);
  try {
    await running(insert.execute(tx), options.sent);
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    await sql`rollback to savepoint fresh_rows`.execute(tx);
    await sql`${insert} ${sql.raw(onConflict(table))}`.execute(tx);
  }
  await sql`release savepoint fresh_rows`.execute(tx);
}

const UNIQUE_VIOLATION = '23505';

async function running(work: Promise<unknown>, sent: (() => void) | undefined): Promise<void> {
  // not before the statement has left this process
  if (sent !== undefined) setImmediate(sent);
  await work;
}

/** Rows that were encoded before their turn came, by the very list that holds them. */
const ready = new WeakMap<readonly unknown[], readonly Buffer[]>();

/** Encodes rows that will be stored soon, while there is time. The list must not change any more. */
export function encodeAhead<Row>(table: MirrorTable<Row>, rows: readonly Row[]): void {
  if (rows.length > 0) ready.set(rows, encode(table, rows));
}

function encoded<Row>(table: MirrorTable<Row>, rows: readonly Row[]): readonly Buffer[] {
  return ready.get(rows) ?? encode(table, rows);
}

function encode<Row>(table: MirrorTable<Row>, rows: readonly Row[]): readonly Buffer[] {
  const last = lastOf(table, rows);
  return table.columns.map(({ type, value }) => binaryArray(elementOf(type), last.map(value)));
}

/** A page may name a row twice; one statement may not. The last mention is the newest. */
function lastOf<Row>(table: MirrorTable<Row>, rows: readonly Row[]): readonly Row[] {
  const idOf = table.columns[0].value;
  if (new Set(rows.map(idOf)).size === rows.length) return rows;
  return [...new Map(rows.map((row) => [idOf(row), row])).values()];
}

/** Lists and JSON travel as text: there are no arrays of those. */
function elementOf(type: ColumnType): Exclude<ColumnType, 'text[]' | 'jsonb'> {
  return type === 'text[]' || type === 'jsonb' ? 'text' : type;
}

function insertion<Row>(
  companyId: string,
  { name: table, columns }: MirrorTable<Row>,
  arrays: readonly Buffer[],
  constants: Readonly<Record<string, Date>>,
): RawBuilder<unknown> {
  const names = sql.raw(columns.map(({ name }) => `"${name}"`).join(', '));
  const typed = columns.map(({ type }, at) => sql`${arrays[at]}${sql.raw(`::${elementOf(type)}[]`)}`);
  const values = columns.map(({ name, type }) => {
    const constant = constants[name];
    if (constant !== undefined) return sql`${constant}${sql.raw(`::${type}`)}`;
    return sql.raw(elementOf(type) === type ? `row."${name}"` : `row."${name}"::${type}`);
  });
  return sql`insert into ${sql.table(table)} as stored (company_id, ${names})
    select ${companyId}::uuid, ${sql.join(values)} from unnest(${sql.join(typed)}) as row (${names})`;
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
