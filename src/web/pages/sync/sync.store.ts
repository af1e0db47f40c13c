import { sql } from 'kysely';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';

/** Whether the books just read were worked out: positions, and decisions where something is past due. */
export function isReconciled(duly: Duly, companyId: string): Promise<boolean> {
  return inCompany(duly.db, companyId, async (tx) => {
    const { rows } = await sql<{ done: boolean }>`
      select case
        when exists (select from position where company_id = ${companyId} and past_due_minor > 0)
          then exists (select from decision where company_id = ${companyId})
        else exists (select from position where company_id = ${companyId})
          or not exists (select from invoice where company_id = ${companyId} and status = 'open' and open_minor > 0)
        end done`.execute(tx);
    return rows[0]?.done === true;
  });
}
