import { oneLine, shorten } from './plain.ts';
import { allInvoices, type ReminderContent } from './reminder.ts';
import { invoiceName } from './wording/fields.ts';

const MAX = 120;

/**
 * One line of at most 120 characters: the invoice, its state, the business, the case's reference. It names the
 * invoice that has been through most steps and not the step itself, so that it stays the same, and the messages stay
 * one conversation, from the first reminder to the third. The final notice starts a conversation of its own.
 */
export function subjectOf(content: ReminderContent): string {
  const leading = allInvoices(content)[0];
  if (leading === undefined) throw new RangeError('a reminder needs an invoice');
  const name = capitalised(invoiceName(leading, content.locale));
  const state = content.stepKey === 'final' ? 'past due, final notice' : 'past due';
  const start = `${name} ${state} – `;
  const end = ` (${shorten(oneLine(content.reference), 20)})`;
  return `${start}${shorten(oneLine(content.brand.name), MAX - start.length - end.length)}${end}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
