import { getCompany } from '../../companies/company.store.ts';
import type { Tx } from '../../platform/db.ts';
import { differsSince, readTieOutTotals } from '../tie-out-totals.store.ts';
import { behind, type Key, type PageWish, pageOf, rowsWanted } from './page.store.ts';
import { isoOrNull, money, moneyOrNull } from './schema.ts';

const keys: readonly Key[] = [
  { column: 'p.customer_id', holds: 'text' },
  { column: 'p.currency', holds: 'text' },
];

/** R15: open invoices − unapplied credits per customer and currency, beside the ledger's own figure. */
export async function readTieOut(tx: Tx, companyId: string, wish: PageWish & { differing?: boolean }) {
  const company = await getCompany(tx, companyId);
  let query = tx
    .selectFrom('position as p')
    .leftJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'p.company_id').onRef('c.customer_id', '=', 'p.customer_id'),
    )
    .select(['p.customer_id', 'c.name', 'p.currency', 'p.open_minor', 'p.credits_minor', 'p.ledger_minor'])
    .select(['p.ties_out', differsSince.as('differs_since')])
    .where('p.company_id', '=', companyId)
    .where(behind(wish, keys));
  if (wish.differing !== undefined) query = query.where('p.ties_out', '=', !wish.differing);
  const rows = await query.orderBy('p.customer_id').orderBy('p.currency').limit(rowsWanted(wish)).execute();
  const page = pageOf(
    rows,
    wish,
    (row) => [row.customer_id, row.currency],
    (row) => {
      const ours = row.open_minor - row.credits_minor;
      return {
        customerId: row.customer_id,
        customerName: row.name,
        ours: money(ours, row.currency),
        ledger: moneyOrNull(row.ledger_minor, row.currency),
        difference: moneyOrNull(row.ledger_minor === null ? null : ours - row.ledger_minor, row.currency),
        tiesOut: row.ties_out,
        differsSince: isoOrNull(row.differs_since),
      };
    },
  );
  return { tiedOutAt: isoOrNull(company.tied_out_at), totals: await readTotals(tx, companyId), ...page };
}

async function readTotals(tx: Tx, companyId: string) {
  const totals = await readTieOutTotals(tx, companyId);
  return totals.map((row) => ({
    currency: row.currency,
    ours: money(row.ours, row.currency),
    ledger: money(row.ledger, row.currency),
    difference: money(row.ours - row.ledger, row.currency),
    differing: row.differing,
    notCompared: row.notCompared,
  }));
}
