import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

/** So many statements at most are kept by a connection; each holds its plan in the server's memory. */
const MOST_STATEMENTS = 200;
/** A longer text has grown with its rows, and hardly comes a second time. */
const LONGEST_TEXT = 6_000;

/**
 * A pool whose connections keep the plans of their statements (prepared statements): for work that asks the same small
 * questions for thousands of companies, where PostgreSQL would else plan longer than it reads. Not for large sets: a kept
 * plan is made for no set in particular, and reckons with ten members of an array.
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const own = clients.get(client) ?? preparingClient(client);
      clients.set(client, own);
      return own;
    },
  };
}

/** The names by text: the same on every connection of this process. */
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS || !isLasting(text)) return known;
  const name = `duly_${names.size + 1}`;
  names.set(text, name);
  return name;
}

/** A migration that adds a column while an older process runs breaks a kept statement that asks for all columns. */
function isLasting(text: string): boolean {
  return text.length <= LONGEST_TEXT && !/(?:^|\))\s*select \*|returning \*|\.\*/.test(text);
}

/** With every transaction: a plan for these very values would be made each time as long as it looks the cheaper one. */
const BEGIN = 'begin; set local plan_cache_mode = force_generic_plan';

function preparingClient(client: pg.PoolClient): PostgresPoolClient {
  const query = async (text: string, values: readonly unknown[]): Promise<pg.QueryResult> => {
    if (text === 'begin') return await client.query(BEGIN);
    const name = values.length === 0 ? undefined : nameOf(text);
    return await client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
  };
  return {
    query: query as <R>(text: string, values: readonly unknown[]) => Promise<PostgresQueryResult<R>>,
    release: (error) => client.release(error),
  } as PostgresPoolClient;
}
