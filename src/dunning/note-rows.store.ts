import type { Tx } from '../platform/db.ts';

/** S10: a touch that was made owes each of its invoices a note in the ledger; asked for again it changes nothing. */
export async function oweNotes(
  tx: Tx,
  companyId: string,
  touchId: string,
  invoiceIds: readonly string[],
  now: Date,
): Promise<void> {
  if (invoiceIds.length === 0) return;
  await tx
    .insertInto('note')
    .values(
      invoiceIds.map((invoiceId) => ({
        company_id: companyId,
        touch_id: touchId,
        invoice_id: invoiceId,
        marker: '',
        text: '',
        idempotency_key: '',
        state: 'pending',
        next_attempt_at: now,
      })),
    )
    .onConflict((oc) => oc.doNothing())
    .execute();
}
