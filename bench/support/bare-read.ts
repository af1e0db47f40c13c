import { sql } from 'kysely';
import { type Db, inCompany } from '../../src/platform/db.ts';

/** What a full recompute reads of every invoice, in the form in which it reads it (src/receivables/facts.store.ts). */
const COLUMNS = `invoice_id, number, customer_id, issued_on, due_on, currency, total_minor, open_minor, sent, reference,
  terms, emails <> '{}' as has_email, (sent_at at time zone 'America/Los_Angeles')::date as sent_on`;
const ROWS_AT_A_TIME = 10_000;

/**
 * What a full recompute is measured against: every open invoice of the company, read once into this process by the same
 * driver and its parsers, a batch at a time, in the order in which the table has them, and dropped. Returns the rows.
 */
export async function bareRead(db: Db, companyId: string): Promise<number> {
  return await inCompany(db, companyId, async (tx) => {
    let read = 0;
    await sql`declare bare_read no scroll cursor for
      select ${sql.raw(COLUMNS)} from invoice
      where company_id = ${sql.lit(companyId)} and status = 'open' and open_minor > 0`.execute(tx);
    for (;;) {
      const { rows } = await sql`fetch forward ${sql.lit(ROWS_AT_A_TIME)} from bare_read`.execute(tx);
      if (rows.length === 0) return read;
      read += rows.length;
    }
  });
}
