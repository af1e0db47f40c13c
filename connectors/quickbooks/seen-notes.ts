import { at, list, text } from '../../src/platform/json.ts';
import type { SeenNote } from '../../src/ports/ledger.ts';

/** What every note of ours carries; a person's own attachments and notes are none of our business. */
const ourMarker = /\[duly:[^\]]+\]/;

/**
 * Our notes among the attachments of a change feed. A removed one is a stub without text, so every removed attachment
 * is told, and every other one by its id alone: whoever kept the id knows whether it was ours.
 */
export function seenNotes(attachables: readonly unknown[]): readonly SeenNote[] {
  return attachables.flatMap((raw): readonly SeenNote[] => {
    const noteId = text(at(raw, 'Id'));
    if (noteId === null) return [];
    if (text(at(raw, 'status')) === 'Deleted') return [{ noteId, invoiceId: null, text: '', removed: true }];
    const note = text(at(raw, 'Note')) ?? '';
    // without its words when it isn't marked: the id tells whether somebody rewrote one of ours
    const words = ourMarker.test(note) ? note : '';
    return [{ noteId, invoiceId: invoiceOf(raw), text: words, removed: false }];
  });
}

function invoiceOf(raw: unknown): string | null {
  const ref = list(at(raw, 'AttachableRef'))
    .map((each) => at(each, 'EntityRef'))
    .find((each) => text(at(each, 'type')) === 'Invoice');
  return text(at(ref, 'value'));
}
