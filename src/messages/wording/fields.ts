import { formatMoney } from '../../domain/money.ts';
import type { MergeFields } from '../liquid.ts';
import { oneLine, shorten } from '../plain.ts';
import {
  allInvoices,
  type DueInstalment,
  leadingInvoices,
  openMinorOf,
  orderedGroups,
  pastDueMinor,
  type ReminderContent,
  type ReminderInvoice,
} from '../reminder.ts';
import { type Kind, kindOf } from '../template.ts';
import { counted, dayWords, groupNames, joined } from './phrases.ts';

/** At most so many invoices are named in a sentence; more are counted, the table names them. */
const NAMED = 3;

/** The names a template may use; `checkTemplate` refuses every other (CON-09). */
export const fieldNames: ReadonlySet<string> = new Set([
  'service',
  'owner',
  'creditor',
  'contact',
  'records',
  'one',
  'others',
  'earlier',
  'twice',
  'invoices',
  'them',
  'open',
  'due_on',
  'late',
  'asks',
  'ask',
  'pay_by',
  'today',
  'past_due',
  'has_past_due',
  'has_not_due',
  'letter',
  'letter_on',
  'promise',
  'promised_on',
  'copied',
  'copied_to',
  'head',
  'head_name',
  'wrote',
  'wrote_on',
  'instalment',
  'instalments',
  'instalment_due',
  'part_paid',
  'plan',
  'plan_on',
  'received',
  'has_received',
  'announced',
  'announced_on',
]);

/**
 * The merge fields of a message. `invoices`, `them`, `open`, `due_on`, `late` and `one` speak of the invoices at the
 * message's own stage only, so that the strictest wording never reaches one that has not been through the earlier
 * steps (S2); `others` tells whether the table has more. `ask` is everything, net of credits (R4). Where a text may be
 * missing, a field of yes or no stands beside it: `letter` beside `letter_on`.
 */
export function fieldsOf(content: ReminderContent): MergeFields {
  const { currency, locale, style } = content;
  const leading = leadingInvoices(content);
  const oldest = leading[0];
  if (oldest === undefined) throw new RangeError(`no invoice is at the step ${content.stage}`);
  const all = allInvoices(content);
  const one = leading.length === 1;
  const creditor = shorten(oneLine(content.brand.name), 80);
  const names = namesOf(leading, content);
  const money = (minor: number): string => formatMoney(minor, currency, locale);
  return {
    service: style === 'service',
    owner: content.signer.owner,
    creditor,
    contact: shorten(oneLine(content.signer.name), 80),
    records: style === 'service' ? `the books of ${creditor}` : 'our books',
    one,
    others: all.length > leading.length,
    earlier: content.earlier > 0,
    twice: content.earlier === 2,
    invoices: names,
    them: leading.length > NAMED ? manyOf(content, leading.length) : names,
    open: money(openMinorOf(leading)),
    due_on: dayWords(oldest.dueOn, locale),
    late: counted(oldest.daysLate, 'day'),
    asks: content.askMinor > 0,
    ask: money(content.askMinor),
    pay_by: dayWords(content.payBy, locale, true),
    today: dayWords(content.today, locale),
    past_due: money(pastDueMinor(all)),
    has_past_due: all.some((invoice) => invoice.daysLate > 0),
    has_not_due: all.some((invoice) => invoice.daysLate <= 0),
    ...factsOf(content),
  };
}

/** What happened before this message, each with whether it did. */
function factsOf(content: ReminderContent): MergeFields {
  const { letterOn, promisedOn, announcedOn, wroteOn, locale } = content;
  const copiedTo = shorten(oneLine(content.copiedTo ?? ''), 80);
  const head = shorten(oneLine(content.head ?? ''), 80);
  return {
    letter: letterOn !== null,
    letter_on: letterOn === null ? '' : dayWords(letterOn, locale),
    promise: promisedOn !== null,
    promised_on: promisedOn === null ? '' : dayWords(promisedOn, locale),
    copied: copiedTo !== '',
    copied_to: copiedTo,
    head: head !== '',
    head_name: head,
    wrote: wroteOn !== null,
    wrote_on: wroteOn === null ? '' : dayWords(wroteOn, locale),
    ...planFields(content),
    announced: announcedOn !== null,
    announced_on: announcedOn === null ? '' : dayWords(announcedOn, locale),
  };
}

/** R11: `instalments`: several are short; `part_paid`: something of the only one came in. */
function planFields({ instalment, currency, locale }: ReminderContent): MergeFields {
  const [oldest, ...others] = instalment?.short ?? [];
  const received = instalment?.receivedMinor ?? 0;
  return {
    plan: instalment !== null,
    plan_on: instalment === null ? '' : dayWords(instalment.agreedOn, locale),
    instalment: instalment === null ? '' : instalmentName(instalment),
    instalments: others.length > 0,
    instalment_due: oldest === undefined ? '' : dayWords(oldest.dueOn, locale),
    part_paid: oldest !== undefined && others.length === 0 && oldest.openMinor < oldest.amountMinor,
    has_received: received > 0,
    received: received > 0 ? formatMoney(received, currency, locale) : '',
  };
}

/** `Instalment 2 of 6`, `Instalments 2 and 3 of 6`, `Instalments 2 to 5 of 6`. */
export function instalmentName({ short, count }: DueInstalment): string {
  const numbers = short.map(({ number }) => number);
  const [first, last] = [numbers[0] ?? 0, numbers.at(-1) ?? 0];
  if (numbers.length < 2) return `Instalment ${first} of ${count}`;
  return `Instalments ${first} ${numbers.length === 2 ? 'and' : 'to'} ${last} of ${count}`;
}

/** `due on Dec 8, 2026`; of several since when. */
export function instalmentDue({ short }: DueInstalment, locale: string): string {
  const [oldest, ...others] = short;
  if (oldest === undefined) return '';
  return `due ${others.length > 0 ? 'since' : 'on'} ${dayWords(oldest.dueOn, locale)}`;
}

function manyOf(content: ReminderContent, count: number): string {
  const stage = orderedGroups(content).length > 1 ? groupNames[content.stage] : null;
  return `the ${counted(count, 'invoice')}${stage === null ? '' : ` under “${stage}”`}`;
}

/** How an invoice is called within a sentence: by its number, else the customer's reference, else its due date. */
export function invoiceName(invoice: ReminderInvoice, locale: string): string {
  const number = oneLine(invoice.number ?? '');
  if (number !== '') return `invoice ${shorten(number, 40)}`;
  const reference = oneLine(invoice.reference ?? '');
  if (reference !== '') return `the invoice for ${shorten(reference, 40)}`;
  return `your invoice due on ${dayWords(invoice.dueOn, locale)}`;
}

/** The same, with the due date said once, whatever the name: `invoice 1042 due on Dec 8, 2026`. */
export function invoiceAndDueDate(invoice: ReminderInvoice, locale: string): string {
  const name = invoiceName(invoice, locale);
  return isNameless(invoice) ? name : `${name} due on ${dayWords(invoice.dueOn, locale)}`;
}

/** Whether its due date is all that an invoice can be called by. */
export function isNameless(invoice: ReminderInvoice): boolean {
  return oneLine(invoice.number ?? '') === '' && oneLine(invoice.reference ?? '') === '';
}

/** These kinds of messages do not say in their words when an invoice was due. */
const dateless: ReadonlySet<Kind> = new Set(['statement', 'thanks', 'withdrawal', 'instalment']);

function namesOf(invoices: readonly ReminderInvoice[], { template, locale }: ReminderContent): string {
  const numbers = invoices.map((invoice) => shorten(oneLine(invoice.number ?? ''), 40));
  const [only] = invoices;
  if (only !== undefined && invoices.length === 1)
    // the same sentence says the date that it would be called by
    return isNameless(only) && !dateless.has(kindOf(template)) ? 'your invoice' : invoiceName(only, locale);
  if (invoices.length > NAMED || numbers.includes('')) return counted(invoices.length, 'invoice');
  return `invoices ${joined(numbers)}`;
}
