import { formatMoney } from '../domain/money.ts';
import type { Accrued } from '../policies/consequences/consequence.ts';
import { oneLine } from './plain.ts';
import { allInvoices, leadingInvoices, type ReminderContent } from './reminder.ts';
import { invoiceName } from './wording/fields.ts';
import { dayWords } from './wording/phrases.ts';

/**
 * P8: the approved consequence as a sentence, said of the invoices that went through the earlier steps only (S2), and
 * what interest comes to where that is known. `payBy` in words. Null: nothing is announced.
 */
export function consequenceOf(content: ReminderContent, payBy: string): string | null {
  const { consequence, locale } = content;
  if (consequence === null) return null;
  const clause = oneLine(consequence.words).replace(/[.\s]+$/, '');
  const leading = leadingInvoices(content);
  const which =
    allInvoices(content).length === leading.length
      ? ''
      : ` for ${leading.length === 1 ? leading.map((each) => invoiceName(each, locale)).join() : `these ${leading.length} invoices`}`;
  const said = `If we have neither the payment nor an agreement with you${which} by ${payBy}, then from ${dayWords(consequence.on, locale, true)} ${clause}.`;
  const { accrued = null } = consequence;
  return accrued === null ? said : `${said} ${accruedWords(accrued, content)}`;
}

function accruedWords(
  { interestMinor, fixedMinor, on }: Accrued,
  { currency, locale }: ReminderContent,
): string {
  const parts = [
    [interestMinor, 'interest'],
    [fixedMinor, 'fixed compensation'],
  ] as const;
  const sums = parts.filter(([minor]) => minor > 0);
  const named = sums.map(([minor, what]) => `${formatMoney(minor, currency, locale)} ${what}`);
  return `By ${dayWords(on, locale)} this comes to ${named.join(' and ')}.`;
}
