import { sql } from 'kysely';
import type { Tx } from '../../../platform/db.ts';
import type { BooksCounts } from './connection.view.tsx';

/** How much of the books is mirrored, and the rows that could not be read (at most 200). */
export async function readCounts(tx: Tx, companyId: string): Promise<BooksCounts> {
  const counts = await sql<{ customers: number; invoices: number; open: number; payments: number }>`
    select (select count(*) from customer where company_id = ${companyId}) customers,
      (select count(*) from invoice where company_id = ${companyId}) invoices,
      (select count(*) from invoice where company_id = ${companyId} and status = 'open' and open_minor > 0) open,
      (select count(*) from payment where company_id = ${companyId}) payments`.execute(tx);
  const rejected = await tx
    .selectFrom('rejected_row')
    .select(['kind', 'reason'])
    .where('company_id', '=', companyId)
    .orderBy('seen_at', 'desc')
    .limit(200)
    .execute();
  const [row] = counts.rows;
  return {
    customers: row?.customers ?? 0,
    invoices: row?.invoices ?? 0,
    openInvoices: row?.open ?? 0,
    payments: row?.payments ?? 0,
    rejected,
  };
}
