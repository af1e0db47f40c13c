import { oneLine, shorten } from './plain.ts';
import { leadingInvoices, type ReminderContent } from './reminder.ts';
import { kindOf, titles } from './template.ts';
import { instalmentName, invoiceAndDueDate, invoiceName, isNameless } from './wording/fields.ts';
import { dayWords } from './wording/phrases.ts';

const MAX = 120;

/**
 * One line of at most 120 characters: the invoice, its state, the business, the case's reference. It names the
 * invoice that has been through most steps and not the step itself, so that it stays the same, and the messages stay
 * one conversation, from the first reminder to the third. The final notice starts a conversation of its own.
 */
export function subjectOf(content: ReminderContent): string {
  const start = `${matterOf(content)} – `;
  const end = ` (${shorten(oneLine(content.reference), 20)})`;
  return `${start}${shorten(oneLine(content.brand.name), MAX - start.length - end.length)}${end}`;
}

function matterOf(content: ReminderContent): string {
  const [leading] = leadingInvoices(content);
  if (leading === undefined) throw new RangeError('a message needs an invoice');
  const name = capitalised(invoiceName(leading, content.locale).replace(/^the /, ''));
  switch (kindOf(content.template)) {
    case 'statement':
      return `Statement of ${dayWords(content.today, content.locale)}`;
    case 'thanks':
      return 'Thank you for your payment';
    case 'withdrawal':
      return `${name}: what we announced is withdrawn`;
    case 'courtesy':
      return capitalised(invoiceAndDueDate(leading, content.locale).replace(/^the /, ''));
    case 'instalment':
      return content.instalment === null ? name : `${instalmentName(content.instalment)} of your plan`;
    default:
      return `${name}${isNameless(leading) ? ' is' : ''} past due${finalWords(content)}`;
  }
}

function finalWords({ stage, template }: ReminderContent): string {
  return stage === 'final' ? `, ${titles[template].toLowerCase()}` : '';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
