/** The most that Xero keeps of one history note, in characters. */
const noteLimit = 2500;

/**
 * The note within Xero's limit: cut at a word, with "…" and with our marker at its end when the cut would have
 * taken it, as the marker is how the note is found again (S10).
 */
export function noteText(whole: string, marker: string, limit = noteLimit): string {
  if (whole.length <= limit) return whole;
  const beginning = atWord(whole, limit - 1);
  if (beginning.includes(marker)) return `${beginning}…`;
  const tail = `… ${marker}`;
  return atWord(whole, limit - tail.length) + tail;
}

function atWord(whole: string, length: number): string {
  const cut = whole.slice(0, length);
  if (/\s/.test(whole.charAt(length))) return cut.trimEnd();
  const upToSpace = cut.replace(/\S+$/, '').trimEnd();
  // one endless word: cut it, but never through a surrogate pair
  return upToSpace === '' ? cut.replace(/[\uD800-\uDBFF]$/, '') : upToSpace;
}
