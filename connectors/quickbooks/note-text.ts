/** Intuit's limit for the text of a note. */
export const noteLimit = 2000;

/**
 * The text within the limit (UTF-16 units, as vendors count), cut at a word with "…", with the marker kept at its
 * end. A text that fits comes back unchanged.
 */
export function fitNote(text: string, marker: string, limit = noteLimit): string {
  if (text.length <= limit) return text;
  const tail = `… ${marker}`;
  const room = text.replace(marker, '').slice(0, Math.max(0, limit - tail.length));
  const lastGap = room.search(/\s\S*$/);
  // a text without gaps is cut anywhere but inside a surrogate pair
  const kept = lastGap > room.length / 2 ? room.slice(0, lastGap) : room.replace(/[\uD800-\uDBFF]$/, '');
  return kept.trimEnd() + tail;
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
