import { at, list, text } from '../../src/platform/json.ts';
import type { SeenNote } from '../../src/ports/ledger.ts';

/** What every note of ours carries; a person's own attachments and notes are none of our business. */
const ourMarker = /\[duly:[^\]]+\]/;

/**
 * Our notes among the attachments of a change feed. A removed one is a stub without text, so every removed attachment
 * is told: whoever kept the id knows whether it was ours.
 */
export function seenNotes(attachables: readonly unknown[]): readonly SeenNote[] {
  return attachables.flatMap((raw): readonly SeenNote[] => {
    const noteId = text(at(raw, 'Id'));
    if (noteId === null) return [];
    if (text(at(raw, 'status')) === 'Deleted') return [{ noteId, invoiceId: null, text: '', removed: true }];
    const note = text(at(raw, 'Note')) ?? '';
    return ourMarker.test(note) ? [{ noteId, invoiceId: invoiceOf(raw), text: note, removed: false }] : [];
  });
}

function invoiceOf(raw: unknown): string | null {
  const ref = list(at(raw, 'AttachableRef'))
    .map((each) => at(each, 'EntityRef'))
    .find((each) => text(at(each, 'type')) === 'Invoice');
  return text(at(ref, 'value'));
}
