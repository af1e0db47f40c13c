import { sql } from 'kysely';
import { markStale } from '../../src/books/mirror.store.ts';
import { type Db, inCompany } from '../../src/platform/db.ts';
import type { LargeBook } from './large-book.ts';

const CUSTOMERS = 1_000;

/**
 * One more cent is owed on one invoice of each of 1,000 customers, anywhere in the book, and the customers are marked as the
 * mirror marks them; other ones for every `round`. Only the changed invoices are touched, as a reading of changes does.
 */
export async function changeCustomers(
  db: Db,
  { companyId, invoices }: LargeBook,
  round: number,
): Promise<void> {
  await inCompany(db, companyId, async (tx) => {
    const { rows } = await sql<{ customer_id: string; invoice_id: string }>`
      select customer_id, invoice_id from invoice where company_id = ${companyId} and invoice_id in (
        select (1 + (hashint8extended(one, ${round}) & 4611686018427387903) % ${invoices})::text
        from generate_series(1::bigint, ${CUSTOMERS * 3}) as one)`.execute(tx);
    const changed = [...new Map(rows.map((row) => [row.customer_id, row.invoice_id]))].slice(0, CUSTOMERS);
    if (changed.length < CUSTOMERS) throw new Error(`there are only ${changed.length} customers to change`);
    await sql`update invoice set open_minor = open_minor + 1
      where company_id = ${companyId} and invoice_id = any(${changed.map(([, id]) => id)})`.execute(tx);
    await markStale(
      tx,
      companyId,
      changed.map(([id]) => id),
    );
  });
}
