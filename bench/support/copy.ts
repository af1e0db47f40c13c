import path from 'node:path';
import type pg from 'pg';
import { creditTable, customerTable, invoiceTable, paymentTable } from '../../src/books/mirror-tables.ts';

const tables = [customerTable, invoiceTable, paymentTable, creditTable].map(({ name, columns }) => ({
  name,
  columns: ['company_id', ...columns.map((column) => column.name)].map((column) => `"${column}"`).join(', '),
}));

/**
 * What the mirror is measured against: PostgreSQL's COPY of the very rows that the mirror holds into tables with the same
 * columns, defaults, checks, primary keys, indexes and foreign key (but without row-level security, which COPY refuses).
 * The server reads text that it wrote itself from a file of its own, all in one transaction: no network, no client, no
 * encoding is part of its time.
 */
export interface CopyBaseline {
  /** Seconds for all tables, from begin to commit, into empty ones. */
  run(): Promise<number>;
  /** How many rows of the copy differ from the mirror's, either way. */
  differences(): Promise<number>;
}

/** Writes the company's rows to files of the server and makes the tables. */
export async function copyBaseline(pool: pg.Pool, companyId: string): Promise<CopyBaseline> {
  const { rows } = await pool.query<{ data_directory: string }>('show data_directory');
  const fileOf = (name: string): string => path.join(rows[0]?.data_directory ?? '', `bench_${name}.copy`);
  await pool.query('drop schema if exists bench cascade; create schema bench');
  for (const { name, columns } of tables) {
    await pool.query(`create table bench.${name} (like public.${name} including all)`);
    await pool.query(`alter table bench.${name} add foreign key (company_id) references public.company`);
    const ours = `select ${columns} from public.${name} where company_id = '${companyId}'`;
    await pool.query(`copy (${ours}) to '${fileOf(name)}'`);
  }
  return {
    async run() {
      await pool.query(`truncate ${tables.map(({ name }) => `bench.${name}`).join(', ')}; checkpoint`);
      const client = await pool.connect();
      try {
        const started = performance.now();
        await client.query('begin');
        for (const { name, columns } of tables)
          await client.query(`copy bench.${name} (${columns}) from '${fileOf(name)}'`);
        await client.query('commit');
        return (performance.now() - started) / 1_000;
      } finally {
        client.release();
      }
    },
    async differences() {
      let count = 0;
      for (const { name, columns } of tables) {
        const [copied, ours] = ['bench', 'public'].map(
          (schema) => `select ${columns} from ${schema}.${name}`,
        );
        const { rows: found } = await pool.query<{ count: number }>(
          `select count(*)::int as count from ((${copied} except ${ours}) union all (${ours} except ${copied})) as one_sided`,
        );
        count += found[0]?.count ?? 0;
      }
      return count;
    },
  };
}

/** Empties the mirror's own tables, so that every round begins alike. */
export async function emptyMirror(pool: pg.Pool): Promise<void> {
  await pool.query(`truncate ${tables.map(({ name }) => `public.${name}`).join(', ')}; checkpoint`);
}
