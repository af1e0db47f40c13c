import { sql } from 'kysely';
import { knownLinks } from '../../books/papers.store.ts';
import { getCompany } from '../../companies/company.store.ts';
import { dayAt } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import type { HoldReason } from '../../receivables/holds.ts';
import type { PositionLine } from '../../receivables/position.ts';
import { behind, type Key, type PageWish, pageOf, rowsWanted } from './page.store.ts';
import { money } from './schema.ts';

const keys: readonly Key[] = [{ column: 'invoice_id', holds: 'text' }];

type Status = 'draft' | 'open' | 'closed' | 'void' | 'deleted';
type Sent = 'yes' | 'no' | 'unknown';

interface LineRow {
  readonly customer_id: string;
  readonly line: PositionLine;
  readonly holds: readonly HoldReason[];
}

export async function listInvoices(
  tx: Tx,
  companyId: string,
  wish: PageWish & { customerId?: string; invoiceId?: string; open?: boolean },
  now: Date,
) {
  let query = tx
    .selectFrom('invoice')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(behind(wish, keys));
  if (wish.customerId !== undefined) query = query.where('customer_id', '=', wish.customerId);
  if (wish.invoiceId !== undefined) query = query.where('invoice_id', '=', wish.invoiceId);
  if (wish.open === true) query = query.where('open_minor', '>', 0);
  if (wish.open === false) query = query.where('open_minor', '<=', 0);
  const rows = await query.orderBy('invoice_id').limit(rowsWanted(wish)).execute();
  const owed = rows.filter((row) => row.open_minor > 0);
  const lines = await linesOf(tx, companyId, owed);
  const { time_zone: timeZone } = await getCompany(tx, companyId);
  const ids = rows.map((row) => row.invoice_id);
  const links = await knownLinks(tx, companyId, ids, { now, today: dayAt(now, timeZone) });
  return pageOf(
    rows,
    wish,
    (row) => [row.invoice_id],
    (row) => {
      const found = lines.get(row.invoice_id);
      return {
        invoiceId: row.invoice_id,
        number: row.number,
        customerId: row.customer_id,
        issuedOn: row.issued_on,
        dueOn: row.due_on,
        total: money(row.total_minor, row.currency),
        open: money(row.open_minor, row.currency),
        status: row.status as Status,
        sent: row.sent as Sent,
        reference: row.reference,
        daysLate: found?.line.daysLate ?? null,
        state: found?.line.state ?? null,
        why: [...(found?.line.reasons ?? [])],
        customerHolds: [...(found?.holds ?? [])],
        chasedAt: found?.customer_id ?? null,
        onlineUrl: links.get(row.invoice_id) ?? null,
      };
    },
  );
}

/** The lines of these invoices in the positions of their customers, or of the parents their bills go to (R12). */
async function linesOf(
  tx: Tx,
  companyId: string,
  invoices: readonly { invoice_id: string; customer_id: string }[],
): Promise<ReadonlyMap<string, LineRow>> {
  if (invoices.length === 0) return new Map();
  const invoiceIds = invoices.map((row) => row.invoice_id);
  const customerIds = [...new Set(invoices.map((row) => row.customer_id))];
  const { rows } = await sql<LineRow>`
    with recursive family as (
      select customer_id, parent_id from customer
        where company_id = ${companyId} and customer_id = any(${customerIds})
      union
      select parent.customer_id, parent.parent_id from customer parent
        join family on family.parent_id = parent.customer_id where parent.company_id = ${companyId})
    select p.customer_id, line, p.holds from position p
      cross join lateral jsonb_array_elements(p.lines) line
      where p.company_id = ${companyId} and p.customer_id in (select customer_id from family)
        and line->>'invoiceId' = any(${invoiceIds})`.execute(tx);
  return new Map(rows.map((row) => [row.line.invoiceId, row]));
}
