import { formatMoney } from '../../domain/money.ts';
import type { MergeFields } from '../liquid.ts';
import { oneLine, shorten } from '../plain.ts';
import { orderedGroups, pastDueMinor, type ReminderContent, type ReminderInvoice } from '../reminder.ts';
import { counted, dayWords, joined, stepNames } from './phrases.ts';

/** At most so many invoices are named in a sentence; more are counted, the table names them. */
const NAMED = 3;

/** The names a template may use; `checkTemplate` refuses every other (CON-09). */
export const fieldNames: ReadonlySet<string> = new Set([
  'service',
  'creditor',
  'contact',
  'records',
  'one',
  'others',
  'invoices',
  'them',
  'open',
  'due_on',
  'late',
  'ask',
  'pay_by',
]);

/**
 * The merge fields of a reminder. `invoices`, `them`, `open`, `due_on`, `late` and `one` speak of the invoices at the
 * message's own step only, so that the strictest wording never reaches one that has not been through the earlier
 * steps (S2); `others` tells whether the table has more. `ask` is everything, net of credits (R4).
 */
export function fieldsOf(content: ReminderContent): MergeFields {
  const groups = orderedGroups(content);
  const atStep = groups.find((group) => group.stepKey === content.stepKey)?.invoices ?? [];
  const oldest = atStep[0];
  if (oldest === undefined) throw new RangeError(`no invoice is at the step ${content.stepKey}`);
  const one = atStep.length === 1;
  const creditor = shorten(oneLine(content.brand.name), 80);
  return {
    service: content.style === 'service',
    creditor,
    contact: shorten(oneLine(content.brand.contactName), 80),
    records: content.style === 'service' ? `the books of ${creditor}` : 'our books',
    one,
    others: groups.length > 1,
    invoices: namesOf(atStep, content.locale),
    them:
      atStep.length > NAMED
        ? `the ${counted(atStep.length, 'invoice')} under “${stepNames[content.stepKey]}”`
        : namesOf(atStep, content.locale),
    open: formatMoney(pastDueMinor(atStep), content.currency, content.locale),
    due_on: dayWords(oldest.dueOn, content.locale),
    late: counted(oldest.daysLate, 'day'),
    ask: formatMoney(content.askMinor, content.currency, content.locale),
    pay_by: dayWords(content.payBy, content.locale, true),
  };
}

/** How an invoice is called within a sentence: by its number, else the customer's reference, else its due date. */
export function invoiceName(invoice: ReminderInvoice, locale: string): string {
  const number = oneLine(invoice.number ?? '');
  if (number !== '') return `invoice ${shorten(number, 40)}`;
  const reference = oneLine(invoice.reference ?? '');
  if (reference !== '') return `the invoice for ${shorten(reference, 40)}`;
  return `the invoice that was due on ${dayWords(invoice.dueOn, locale)}`;
}

function namesOf(invoices: readonly ReminderInvoice[], locale: string): string {
  const numbers = invoices.map((invoice) => shorten(oneLine(invoice.number ?? ''), 40));
  if (invoices.length === 1) return invoices.map((invoice) => invoiceName(invoice, locale)).join();
  if (invoices.length > NAMED || numbers.includes('')) return counted(invoices.length, 'invoice');
  return `invoices ${joined(numbers)}`;
}
