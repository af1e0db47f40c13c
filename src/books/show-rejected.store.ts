import { openSubjects, raiseProblems, resolveSubjects } from '../activity/problem.store.ts';
import type { Tx } from '../platform/db.ts';

/**
 * Rows that could not be read stand on the problems page until the ledger sends them readable (R8). However many there
 * are, it is two questions when none is new: books that did not change cost next to nothing.
 */
export async function showRejectedRows(tx: Tx, companyId: string, now: Date): Promise<void> {
  const rejected = await tx
    .selectFrom('rejected_row')
    .select(['kind', 'row_id', 'customer_id', 'reason', 'seen_at'])
    .where('company_id', '=', companyId)
    .execute();
  const rows = new Map(rejected.map((row) => [`${row.kind}:${row.row_id}`, row]));
  const shown = await openSubjects(tx, companyId, 'row_unreadable');
  const fresh = [...rows].filter(([subject, row]) => {
    const seen = shown.get(subject);
    return seen === undefined || seen < row.seen_at;
  });
  await raiseProblems(
    tx,
    companyId,
    now,
    fresh.map(([subject, row]) => ({
      kind: 'row_unreadable',
      subject,
      customerId: row.customer_id,
      what: `The ledger sent ${row.kind} ${row.row_id} in a form that can't be read: ${row.reason}`,
      meaning: 'The last readable state is kept and this customer gets no reminder.',
      action: `Open the ${row.kind} in the ledger, correct it and save it.`,
    })),
  );
  const settled = [...shown.keys()].filter((subject) => !rows.has(subject));
  await resolveSubjects(tx, companyId, now, 'row_unreadable', settled);
}
