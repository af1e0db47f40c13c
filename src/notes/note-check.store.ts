import { sql } from 'kysely';
import { raiseProblem, resolveProblems } from '../activity/problem.store.ts';
import type { Tx } from '../platform/db.ts';

/** Every sent touch has its note on every invoice that it covered, or a problem (S10). */
export async function checkNotes(tx: Tx, companyId: string, now: Date): Promise<void> {
  const { rows } = await sql<{ touch_id: string; invoice_id: string; customer_id: string }>`
    select ti.touch_id, ti.invoice_id, t.customer_id from touch_invoice ti
    join touch t on t.company_id = ti.company_id and t.touch_id = ti.touch_id and t.state = 'sent'
    left join note n on n.company_id = ti.company_id and n.touch_id = ti.touch_id and n.invoice_id = ti.invoice_id
    where ti.company_id = ${companyId} and n.touch_id is null`.execute(tx);
  for (const row of rows) {
    await raiseProblem(tx, companyId, now, {
      kind: 'note_missing',
      subject: `${row.touch_id} ${row.invoice_id}`,
      customerId: row.customer_id,
      what: 'A sent reminder has no note on one of its invoices.',
      meaning: 'The ledger does not show everything that was said.',
      action: 'Tell Duly’s support: this should not happen.',
    });
  }
  await resolveProblems(
    tx,
    companyId,
    now,
    'note_missing',
    rows.map((row) => `${row.touch_id} ${row.invoice_id}`),
  );
}
