import { fitNote as fitWithin } from '../../src/domain/note-limit.ts';

/** Intuit's limit for the text of a note. */
export const noteLimit = 2000;

/** The note within Intuit's limit, its marker kept. */
export function fitNote(text: string, marker: string, limit = noteLimit): string {
  return fitWithin(text, marker, limit);
}
