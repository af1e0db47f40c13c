import { type Selectable, sql } from 'kysely';
import type { Tx } from '../../../platform/db.ts';
import type { Problem } from '../../../platform/db-types.ts';
import { kindOrder } from './kinds.ts';
import { PROBLEMS_PER_PAGE, type ProblemWish } from './wish.ts';

export type ProblemRow = Selectable<Problem> & { readonly customerName: string | null };

export interface ProblemList {
  /** One page, kinds in their order, the newest first. */
  readonly rows: readonly ProblemRow[];
  /** How many of the wish there are, all pages. */
  readonly count: number;
  /** How many there are of each kind, in their order, of the wished customer or of all. */
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  /** The wished customer, by name. */
  readonly customerName: string | null;
}

/** Open problems with the customers' names. */
export async function readProblems(tx: Tx, companyId: string, wish: ProblemWish): Promise<ProblemList> {
  const open = () => {
    const query = tx
      .selectFrom('problem')
      .where('problem.company_id', '=', companyId)
      .where('problem.resolved_at', 'is', null);
    return wish.customerId === null ? query : query.where('problem.customer_id', '=', wish.customerId);
  };
  const place = sql<number>`coalesce(array_position(${[...kindOrder]}::text[], problem.kind), 1000)`;
  const counts = await open()
    .select((eb) => ['problem.kind', eb.fn.countAll<number>().as('count')])
    .groupBy('problem.kind')
    .orderBy(place)
    .orderBy('problem.kind')
    .execute();
  const ofKind = wish.kind === null ? open() : open().where('problem.kind', '=', wish.kind);
  const rows = await ofKind
    .leftJoin('customer', (join) =>
      join
        .onRef('customer.company_id', '=', 'problem.company_id')
        .onRef('customer.customer_id', '=', 'problem.customer_id'),
    )
    .selectAll('problem')
    .select('customer.name as customerName')
    .orderBy(place)
    .orderBy('problem.kind')
    .orderBy('problem.first_seen_at', 'desc')
    .orderBy('problem.problem_id', 'desc')
    .limit(PROBLEMS_PER_PAGE)
    .offset((wish.page - 1) * PROBLEMS_PER_PAGE)
    .execute();
  const kinds = counts.map(({ kind, count }) => ({ kind, count: Number(count) }));
  const wished = kinds.filter(({ kind }) => wish.kind === null || kind === wish.kind);
  return {
    rows,
    count: wished.reduce((sum, { count }) => sum + count, 0),
    kinds,
    customerName: wish.customerId === null ? null : await nameOf(tx, companyId, wish.customerId),
  };
}

async function nameOf(tx: Tx, companyId: string, customerId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('customer')
    .select('name')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  return row?.name ?? null;
}
