import { fitNote } from '../../src/domain/note-limit.ts';

/** The most that Xero keeps of one history note, in characters. */
const noteLimit = 2500;

/** The note within Xero's limit, its marker kept. */
export function noteText(whole: string, marker: string, limit = noteLimit): string {
  return fitNote(whole, marker, limit);
}
