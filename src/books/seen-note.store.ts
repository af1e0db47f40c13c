import type { Tx } from '../platform/db.ts';
import type { SeenNote } from '../ports/ledger.ts';

/** Keeps our notes as a change read showed them; the newest sight of a note counts. The daily comparison takes them. */
export async function keepSeenNotes(
  tx: Tx,
  companyId: string,
  notes: readonly SeenNote[],
  now: Date,
): Promise<void> {
  const newest = [...new Map(notes.map((note) => [note.noteId, note])).values()];
  if (newest.length === 0) return;
  await tx
    .insertInto('seen_note')
    .values(
      newest.map((note) => ({
        company_id: companyId,
        note_id: note.noteId,
        invoice_id: note.invoiceId,
        text: note.text,
        removed: note.removed,
        seen_at: now,
      })),
    )
    .onConflict((oc) =>
      oc.columns(['company_id', 'note_id']).doUpdateSet((eb) => ({
        invoice_id: eb.ref('excluded.invoice_id'),
        text: eb.ref('excluded.text'),
        removed: eb.ref('excluded.removed'),
        seen_at: eb.ref('excluded.seen_at'),
      })),
    )
    .execute();
}
