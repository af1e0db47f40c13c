import { isOurs } from './ownership.ts';

/** How a note in the ledger differs from what was written. */
export type Difference = 'removed' | 'changed' | 'twice' | 'missing';

/** What is known of a note of ours in the ledger. */
export interface Standing {
  readonly invoiceId: string;
  readonly marker: string;
  readonly text: string;
  /** The ledger's id of it; null where it gives none, or not known yet. */
  readonly ledgerNoteId: string | null;
  readonly seenAt: Date | null;
  readonly differs: Difference | null;
  /** Further notes that are the same: the ledger's ids, or running numbers. */
  readonly twins: readonly string[];
}

/** A note as the ledger's changes showed it. Removed: only its id is known. */
export interface Sighting {
  readonly noteId: string;
  readonly invoiceId: string | null;
  readonly text: string;
  readonly removed: boolean;
  readonly at: Date;
}

/** What one sighting says of one note; the same object when it is not about it. */
export function afterSighting(note: Standing, sighting: Sighting): Standing {
  const isIt = note.ledgerNoteId === sighting.noteId;
  const isTwin = note.twins.includes(sighting.noteId);
  if (sighting.removed) {
    if (isTwin)
      return withTwins(
        note,
        note.twins.filter((id) => id !== sighting.noteId),
        sighting.at,
      );
    return isIt ? withoutFirst(note, sighting.at) : note;
  }
  const ours = sighting.invoiceId === note.invoiceId && isOurs(sighting.text, note);
  if (ours && (isIt || note.ledgerNoteId === null || note.differs === 'removed'))
    return withTwins({ ...note, ledgerNoteId: sighting.noteId }, note.twins, sighting.at);
  if (ours) return isTwin ? note : withTwins(note, [...note.twins, sighting.noteId], sighting.at);
  if (isTwin)
    return withTwins(
      note,
      note.twins.filter((id) => id !== sighting.noteId),
      sighting.at,
    );
  return isIt ? { ...note, seenAt: sighting.at, differs: 'changed' } : note;
}

/** What a look at all notes on its invoice says of one note. */
export function afterLook(
  note: Standing,
  there: readonly { readonly noteId: string | null; readonly text: string }[],
  at: Date,
): Standing {
  const ids = there
    .filter(({ text }) => isOurs(text, note))
    .map(({ noteId }, index) => noteId ?? `${index + 1}`);
  const hasIds = there.some(({ noteId }) => noteId !== null);
  const [first] = ids;
  if (first === undefined) {
    const changed = note.ledgerNoteId !== null && there.some(({ noteId }) => noteId === note.ledgerNoteId);
    return { ...note, seenAt: changed ? at : null, differs: changed ? 'changed' : 'missing' };
  }
  const chosen = note.ledgerNoteId !== null && ids.includes(note.ledgerNoteId) ? note.ledgerNoteId : first;
  const ledgerNoteId = hasIds ? chosen : null;
  return withTwins(
    { ...note, ledgerNoteId },
    ids.filter((id) => id !== chosen),
    at,
  );
}

/** Seen, with what stands beside it. */
function withTwins(note: Standing, twins: readonly string[], at: Date): Standing {
  return { ...note, seenAt: at, twins, differs: twins.length > 0 ? 'twice' : null };
}

/** When one of two is taken away, the other one stands. */
function withoutFirst(note: Standing, at: Date): Standing {
  const [next, ...others] = note.twins;
  if (next === undefined) return { ...note, seenAt: at, differs: 'removed' };
  return withTwins({ ...note, ledgerNoteId: next }, others, at);
}
