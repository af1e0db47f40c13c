import type { Tx } from '../../platform/db.ts';
import type { HoldReason } from '../../receivables/holds.ts';
import type { PositionLine } from '../../receivables/position.ts';
import { behind, type Key, type PageWish, pageOf, rowsWanted } from './page.store.ts';
import { iso, money, moneyOrNull } from './schema.ts';

const keys: readonly Key[] = [
  { column: 'p.customer_id', holds: 'text' },
  { column: 'p.currency', holds: 'text' },
];

function positions(tx: Tx, companyId: string) {
  return tx
    .selectFrom('position as p')
    .leftJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'p.company_id').onRef('c.customer_id', '=', 'p.customer_id'),
    )
    .selectAll('p')
    .select('c.name')
    .where('p.company_id', '=', companyId);
}

type Row = Awaited<ReturnType<ReturnType<typeof positions>['executeTakeFirstOrThrow']>>;

export async function listPositions(
  tx: Tx,
  companyId: string,
  wish: PageWish & { customerId?: string; pastDue?: boolean },
) {
  let query = positions(tx, companyId).where(behind(wish, keys));
  if (wish.customerId !== undefined) query = query.where('p.customer_id', '=', wish.customerId);
  if (wish.pastDue === true) query = query.where('p.past_due_minor', '>', 0);
  if (wish.pastDue === false) query = query.where('p.past_due_minor', '=', 0);
  const rows = await query.orderBy('p.customer_id').orderBy('p.currency').limit(rowsWanted(wish)).execute();
  return pageOf(rows, wish, (row) => [row.customer_id, row.currency], shown);
}

function shown(row: Row) {
  const { currency } = row;
  return {
    customerId: row.customer_id,
    customerName: row.name,
    currency,
    open: money(row.open_minor, currency),
    notDue: money(row.not_due_minor, currency),
    pastDue: money(row.past_due_minor, currency),
    held: money(row.held_minor, currency),
    credits: money(row.credits_minor, currency),
    ask: money(row.ask_minor, currency),
    oldestDueOn: row.oldest_due_on,
    holds: [...(row.holds as unknown as readonly HoldReason[])],
    lines: (row.lines as unknown as readonly PositionLine[]).map(({ openMinor, totalMinor, ...line }) => ({
      ...line,
      reasons: [...line.reasons],
      open: money(openMinor, currency),
      total: money(totalMinor, currency),
    })),
    ledger: moneyOrNull(row.ledger_minor, currency),
    tiesOut: row.ties_out,
    nextEventOn: row.next_event_on,
    computedOn: row.computed_on,
    computedAt: iso(row.computed_at),
  };
}
