import { knownLinks } from '../../books/papers.store.ts';
import { type CompanyRow, getCompany } from '../../companies/company.store.ts';
import { dayAt } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import type { Position, PositionLine } from '../../receivables/position.ts';
import { readPositions } from '../../receivables/read-positions.store.ts';
import { behind, type Key, type PageWish, pageOf, rowsWanted } from './page.store.ts';
import { money } from './schema.ts';

const keys: readonly Key[] = [{ column: 'invoice_id', holds: 'text' }];

type Status = 'draft' | 'open' | 'closed' | 'void' | 'deleted';
type Sent = 'yes' | 'no' | 'unknown';

interface Found {
  readonly line: PositionLine;
  readonly position: Position;
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
  const company = await getCompany(tx, companyId);
  const lines = await linesOf(tx, company, now, owed);
  const ids = rows.map((row) => row.invoice_id);
  const links = await knownLinks(tx, companyId, ids, { now, today: dayAt(now, company.time_zone) });
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
        customerHolds: [...(found?.position.holds ?? [])],
        chasedAt: found?.position.customerId ?? null,
        onlineUrl: links.get(row.invoice_id) ?? null,
      };
    },
  );
}

/** The lines of these invoices in the positions of their customers, or of the parents their bills go to (R12). */
async function linesOf(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  invoices: readonly { customer_id: string }[],
): Promise<ReadonlyMap<string, Found>> {
  const customerIds = [...new Set(invoices.map((row) => row.customer_id))];
  const positions = await readPositions(tx, company, now, { customerIds });
  return new Map(
    positions.flatMap((position) => position.lines.map((line) => [line.invoiceId, { line, position }])),
  );
}
