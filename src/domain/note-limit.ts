/**
 * A note within a ledger's limit (UTF-16 units, as vendors count): cut at a word with "…", our marker kept, at its end
 * if the cut would have taken it: the marker is how the note is found again (S10). A text that fits is not changed.
 */
export function fitNote(text: string, marker: string, limit: number): string {
  if (text.length <= limit) return text;
  const beginning = cutAtWord(text, limit - 1);
  if (beginning.includes(marker)) return `${beginning}…`;
  const tail = `… ${marker}`;
  return cutAtWord(text.replace(marker, ''), Math.max(0, limit - tail.length)) + tail;
}

function cutAtWord(text: string, length: number): string {
  const room = text.slice(0, length);
  const lastGap = /\s/.test(text.charAt(length)) ? room.length : room.search(/\s\S*$/);
  // a text without gaps is cut anywhere but inside a surrogate pair
  return (
    lastGap > room.length / 2 ? room.slice(0, lastGap) : room.replace(/[\uD800-\uDBFF]$/, '')
  ).trimEnd();
}
