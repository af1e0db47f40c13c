/**
 * A row of an ordered list was taken out of the draft: what is said of it, by its name, and where the keyboard goes on,
 * as the end of an address: at the row that took its place, or the one before the last; with no row left, at what adds
 * one (`doing=remove`). `rows`: as they stood before.
 */
export function rowRemoved(
  rows: readonly { readonly key: string; readonly name: string }[],
  key: string,
): { readonly said: string; readonly focus: string } {
  const index = rows.findIndex((one) => one.key === key);
  const name = rows[index]?.name ?? '';
  const heir = rows[index + 1] ?? rows[index - 1];
  return {
    said: name === '' ? 'It is out of your draft.' : `“${name}” is out of your draft.`,
    focus: heir === undefined ? '&doing=remove' : encodeURIComponent(heir.key),
  };
}
