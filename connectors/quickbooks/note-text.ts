import { fitNote as fitWithin } from '../../src/domain/note-limit.ts';

/** Intuit's limit for the text of a note. */
export const noteLimit = 2000;

/** The note within Intuit's limit, its marker kept. */
export function fitNote(text: string, marker: string, limit = noteLimit): string {
  return fitWithin(text, marker, limit);
}

/** Whether the text carries this marker, and not a longer one that begins alike. */
export function carries(text: string, marker: string): boolean {
  for (let from = text.indexOf(marker); from >= 0; from = text.indexOf(marker, from + 1)) {
    const before = text[from - 1] ?? ' ';
    const after = text[from + marker.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
