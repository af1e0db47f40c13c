import { sql } from 'kysely';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';

/** Whether positions were worked out from the books read, or there is nothing open to work out. */
export function isReconciled(duly: Duly, companyId: string): Promise<boolean> {
  return inCompany(duly.db, companyId, async (tx) => {
    const { rows } = await sql<{ done: boolean }>`
      select exists (select from position where company_id = ${companyId})
        or not exists (select from invoice where company_id = ${companyId} and status = 'open' and open_minor > 0) done`.execute(
      tx,
    );
    return rows[0]?.done === true;
  });
}
