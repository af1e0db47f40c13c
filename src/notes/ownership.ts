/** What of our note's beginning must stand at the beginning of a ledger's note as well. */
const BEGINNING = 30;

/**
 * Whether a note in the ledger is this one of ours (WB-12): it ends with exactly our marker and begins as ours does. A
 * note of another touch or of a person that merely quotes the marker is not. The end is compared, not searched for: a
 * text that was cut to the vendor's limit still ends with its marker.
 */
export function isOurs(
  ledgerText: string,
  note: { readonly marker: string; readonly text: string },
): boolean {
  const there = oneLine(ledgerText);
  if (note.marker === '' || !there.endsWith(note.marker)) return false;
  return there.startsWith(oneLine(note.text).slice(0, BEGINNING));
}

/** The marker that a text ends with; null: none. */
export function markerAtEnd(text: string): string | null {
  return /\[duly:[^[\]\s]{1,200}\]$/u.exec(text.trimEnd())?.[0] ?? null;
}

/** A ledger may give a text back with other white space. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
