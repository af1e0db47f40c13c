import { getCompany } from '../../companies/company.store.ts';
import { dayAt } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import type { Position } from '../../receivables/position.ts';
import { readPositions } from '../../receivables/read-positions.store.ts';
import { needsAttention } from '../attention.store.ts';
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
  wish: PageWish & { customerId?: string; pastDue?: boolean; attention?: boolean },
  now: Date,
) {
  let query = positions(tx, companyId).where(behind(wish, keys));
  if (wish.customerId !== undefined) query = query.where('p.customer_id', '=', wish.customerId);
  if (wish.pastDue === true) query = query.where('p.past_due_minor', '>', 0);
  if (wish.pastDue === false) query = query.where('p.past_due_minor', '=', 0);
  const company = await getCompany(tx, companyId);
  if (wish.attention === true) query = query.where(needsAttention(dayAt(now, company.time_zone)));
  const rows = await query.orderBy('p.customer_id').orderBy('p.currency').limit(rowsWanted(wish)).execute();
  const customerIds = [...new Set(rows.map((row) => row.customer_id))];
  const behindThem = new Map(
    (await readPositions(tx, company, now, { customerIds })).map((position) => [keyOf(position), position]),
  );
  return pageOf(
    rows,
    wish,
    (row) => [row.customer_id, row.currency],
    (row) => shown(row, behindThem.get(`${row.customer_id} ${row.currency}`)),
  );
}

function keyOf({ customerId, currency }: Position): string {
  return `${customerId} ${currency}`;
}

const nothing = {
  openMinor: 0,
  notDueMinor: 0,
  pastDueMinor: 0,
  ages: { d1to30Minor: 0, d31to60Minor: 0, d61to90Minor: 0, over90Minor: 0 },
  heldMinor: 0,
  creditsMinor: 0,
  credits: [],
  askMinor: 0,
  oldestDueOn: null,
  holds: [],
  lines: [],
};

/**
 * As the facts say by now, so that the figures are always the sums of the lines beside them; of what was settled since
 * it was computed nothing is left. When it is computed next, and what the ledger said of it, is as stored.
 */
function shown(row: Row, position: Position | undefined) {
  const { currency } = row;
  const { ages, ...of } = position ?? nothing;
  return {
    customerId: row.customer_id,
    customerName: row.name,
    currency,
    open: money(of.openMinor, currency),
    notDue: money(of.notDueMinor, currency),
    pastDue: money(of.pastDueMinor, currency),
    ages: {
      from1To30Days: money(ages.d1to30Minor, currency),
      from31To60Days: money(ages.d31to60Minor, currency),
      from61To90Days: money(ages.d61to90Minor, currency),
      over90Days: money(ages.over90Minor, currency),
    },
    held: money(of.heldMinor, currency),
    credits: money(of.creditsMinor, currency),
    creditsBehind: of.credits.map(({ kind, id, minor }) => ({ kind, id, amount: money(minor, currency) })),
    ask: money(of.askMinor, currency),
    oldestDueOn: of.oldestDueOn,
    holds: [...of.holds],
    lines: of.lines.map((line) => ({
      invoiceId: line.invoiceId,
      customerId: line.customerId,
      number: line.number,
      issuedOn: line.issuedOn,
      dueOn: line.dueOn,
      daysLate: line.daysLate,
      state: line.state,
      reasons: [...line.reasons],
      holds: [...line.holds],
      open: money(line.openMinor, currency),
      total: money(line.totalMinor, currency),
    })),
    ledger: moneyOrNull(row.ledger_minor, currency),
    tiesOut: row.ties_out,
    nextEventOn: row.next_event_on,
    computedOn: row.computed_on,
    computedAt: iso(row.computed_at),
  };
}
