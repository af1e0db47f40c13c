import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import { afterSighting, type Sighting, type Standing } from './compare.ts';
import { noteWritten } from './note.store.ts';
import { markerAtEnd } from './ownership.ts';
import { loadStanding, type StandingRow, saveStanding } from './standing.store.ts';

/**
 * Takes what the ledger's changes showed of our notes since the last time: each is confirmed, or differs. A note whose
 * answer was lost is written once it is seen.
 */
export async function takeSeenNotes(tx: Tx, companyId: string, now: Date): Promise<void> {
  const sightings = await takeSightings(tx, companyId);
  if (sightings.length === 0) return;
  const markers = sightings.flatMap(({ text }) => markerAtEnd(text) ?? []);
  const ids = sightings.map(({ noteId }) => noteId);
  const notes = await loadStanding(
    tx,
    companyId,
    sql`n.marker = any(${markers}::text[]) or n.ledger_note_id = any(${ids}::text[])
      or (n.differs is not null and n.twins && ${ids}::text[])`,
  );
  const changed = notes.flatMap((note) => {
    const after = sightings.reduce<Standing>(afterSighting, note);
    return after === note ? [] : [{ ...note, ...after }];
  });
  await saveStanding(tx, companyId, changed, now);
  for (const note of changed)
    if (arrived(note)) await noteWritten(tx, companyId, note, note.ledgerNoteId, now);
}

/** It was not known to stand in the ledger. */
function arrived(note: StandingRow): boolean {
  return (note.state === 'pending' || note.state === 'failed') && note.differs !== 'removed';
}

/** Oldest first; they are told once. */
async function takeSightings(tx: Tx, companyId: string): Promise<readonly Sighting[]> {
  const { rows } = await sql<{
    note_id: string;
    invoice_id: string | null;
    text: string;
    removed: boolean;
    seen_at: Date;
  }>`delete from seen_note where company_id = ${companyId}
    returning note_id, invoice_id, text, removed, seen_at`.execute(tx);
  return rows
    .map((row) => ({
      noteId: row.note_id,
      invoiceId: row.invoice_id,
      text: row.text,
      removed: row.removed,
      at: row.seen_at,
    }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}
