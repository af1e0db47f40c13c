import type { ComposedReminder, ReminderContent } from '../reminder.ts';
import { letterOf } from './letter.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';

/** A letter as it is kept: the printable page, and the same as plain text. Throws as `letterOf`. */
export function composeLetter(content: ReminderContent, address: readonly string[]): ComposedReminder {
  const letter = letterOf(content, address);
  return {
    subject: letter.matter,
    fromName: letter.signedBy,
    html: letterHtml(letter),
    text: letterText(letter),
  };
}
