// control characters, and the marks that make text run in another direction than it is written: with them, a name
// could rewrite the line it stands in
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]+/gu;

/** One line of plain text: no control characters, no line breaks, no direction overrides, single spaces. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(UNSAFE, ' ').replace(/\s+/gu, ' ').trim();
}

/** The lines of a text that may have several, each as `oneLine`, empty ones left out. */
export function lines(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map(oneLine)
    .filter((line) => line !== '');
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most `max` UTF-16 units, with an ellipsis where something was cut off; a visible character is never split. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML, in content and in quoted attributes alike (CON-08). */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
