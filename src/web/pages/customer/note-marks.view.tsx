import type { NoteSeen } from './touches.store.ts';

/** Whether the contact is in the books: one mark for all that are, a sentence for each that isn't. */
export function NoteMarks({ notes }: { readonly notes: readonly NoteSeen[] }) {
  if (notes.length === 0) return null;
  const written = notes.filter((note) => note.state === 'written' && stands(note));
  const confirmed = written.length > 0 && written.every((note) => note.confirmed);
  const waiting = notes.filter((note) => note.state === 'pending');
  const lost = notes.filter((note) => note.state === 'failed' || note.state === 'skipped');
  const differing = notes.filter((note) => note.state === 'written' && note.differs !== null);
  return (
    <ul class="t-small">
      {written.length === 0 ? null : (
        <li class="t-paid">
          ✓ noted in the ledger on {written.length === 1 ? 'invoice' : 'invoices'}{' '}
          {written.map(nameOf).join(', ')}
          {confirmed ? <span class="t-2"> (seen there)</span> : null}
        </li>
      )}
      {waiting.length === 0 ? null : (
        <li class="t-2">the note on {waiting.map(nameOf).join(', ')} is on its way to the ledger</li>
      )}
      {lost.map((note) => (
        <li key={note.invoiceId} class="t-soon">
          not noted on {nameOf(note)}: {note.failure ?? 'the ledger did not take it'}
        </li>
      ))}
      {differing.map((note) => (
        <li key={note.invoiceId} class="t-soon">
          the note on {nameOf(note)} {differences[note.differs ?? ''] ?? 'differs in the ledger'}
        </li>
      ))}
    </ul>
  );
}

/** Two of them, or one that somebody rewrote, are in the books; one that was taken away or is not shown isn't. */
function stands(note: NoteSeen): boolean {
  return note.differs !== 'removed' && note.differs !== 'missing';
}

function nameOf(note: NoteSeen): string {
  return note.number ?? note.invoiceId;
}

const differences: Readonly<Record<string, string>> = {
  removed: 'was removed from the ledger by somebody',
  changed: 'was rewritten in the ledger by somebody',
  twice: 'stands in the ledger more than once',
  missing: 'was written, but the ledger does not show it',
};
