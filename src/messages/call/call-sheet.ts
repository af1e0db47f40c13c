import type { Day } from '../../domain/day.ts';
import { formatMoney } from '../../domain/money.ts';
import type { CallTask } from '../caller.ts';
import { fillWording, refuseContradictions } from '../compose.ts';
import { renderText } from '../liquid.ts';
import { oneLine, shorten } from '../plain.ts';
import { leadingInvoices, type ReminderContent } from '../reminder.ts';
import { viewOf } from '../view.ts';
import { type InvoiceTable, tableOf } from '../view-table.ts';
import { fieldsOf, invoiceName } from '../wording/fields.ts';
import { counted, dayWords } from '../wording/phrases.ts';
import { wordingFor } from '../wording/words.ts';

/** What is known of a customer before a call (P26). Days in the company's zone. */
export interface CallFacts {
  readonly phone: string | null;
  /** Contacts that have left, newest first. */
  readonly earlier: readonly { readonly on: Day; readonly words: string }[];
  readonly lastPaymentOn: Day | null;
  readonly averageDaysLate: number | null;
  readonly promises: { readonly kept: number; readonly broken: number };
  /** P5: whose call it is, and from which day on. */
  readonly task: CallTask;
  /** Of the debtor's law: what the caller must know. */
  readonly law: readonly string[];
}

/** A call sheet (P6): the goal, the facts, what may be said and offered. Plain text throughout. */
export interface CallSheet {
  readonly title: string;
  readonly caller: string;
  /** P5: who is to call, and when: "For Anna Bell, bookkeeper; due Dec 3, 2026". */
  readonly task: string;
  /** P11: whom to ask for by name; null: whoever looks after invoices. */
  readonly askFor: string | null;
  readonly customer: string;
  readonly phone: string | null;
  readonly reference: string;
  readonly goal: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly table: InvoiceTable | null;
  readonly earlier: readonly { readonly on: string; readonly words: string }[];
  readonly say: readonly { readonly when: string; readonly words: readonly string[] }[];
  readonly mayOffer: readonly string[];
  readonly mindful: readonly string[];
}

/** Throws RangeError when the figures contradict one another. Pure. */
export function callSheetOf(content: ReminderContent, facts: CallFacts): CallSheet {
  refuseContradictions(content);
  const view = viewOf(content);
  const { wording } = wordingFor(content.template, content.language);
  const words = fillWording(wording, fieldsOf(content), renderText);
  const money = formatMoney(content.askMinor, content.currency, content.locale);
  const customer = shorten(oneLine(content.customer.name), 80);
  const [leading] = leadingInvoices(content);
  const about = leading === undefined ? '' : ` about ${invoiceName(leading, content.locale)}`;
  return {
    title: `Call ${customer}${about}`,
    caller: view.contact.name,
    task: `For ${oneLine(facts.task.for.words)}; due ${dayWords(facts.task.dueOn, content.locale)}`,
    askFor: content.head === null ? null : shorten(oneLine(content.head), 80),
    customer,
    phone: facts.phone === null ? null : oneLine(facts.phone),
    reference: view.reference,
    goal: `A day on which ${money} will be paid, or the reason why it is not.`,
    facts: factsOf(content, facts, money),
    table: tableOf(content),
    earlier: facts.earlier.map(({ on, words }) => ({ on: dayWords(on, content.locale), words })),
    say: [
      { when: 'To begin', words: words.opening },
      { when: 'Once you know who is speaking', words: words.request },
      { when: 'To end', words: words.closing },
    ],
    mayOffer: mayOffer(content),
    mindful: [
      ...(content.head === null
        ? []
        : [`Blame nobody at ${customer}: whoever was asked before may be doing what they can.`]),
      'Listen, stay calm, and keep to the goal; nothing that is said is meant for you.',
      'Name no consequence that is not on this sheet.',
      'Speak of money only with the customer itself; leave no message that mentions it.',
      'One call a day at most, whatever came of it.',
      ...facts.law,
    ],
  };
}

function factsOf(content: ReminderContent, facts: CallFacts, money: string): CallSheet['facts'] {
  const { kept, broken } = facts.promises;
  const promised = kept + broken === 0 ? null : `${kept} kept, ${broken} not kept`;
  const days = facts.averageDaysLate;
  const late =
    days === null
      ? null
      : days > 0
        ? `about ${counted(Math.round(days), 'day')} after the due date`
        : 'on time';
  const known: readonly (readonly [string, string | null])[] = [
    ['To be paid', money],
    [
      'Last payment',
      facts.lastPaymentOn === null ? 'none in the books' : dayWords(facts.lastPaymentOn, content.locale),
    ],
    ['Usually pays', late],
    ['Promises so far', promised],
  ];
  return known.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

function mayOffer(content: ReminderContent): readonly string[] {
  const payBy = dayWords(content.payBy, content.locale, true);
  return [
    `Payment by ${payBy}, or another day that the customer names: note it as a promise, and reminders rest until then.`,
    'Instalments with days and amounts: note them as a plan.',
    'If something about an invoice is wrong: note the dispute; the other invoices go on.',
    ...(content.creditsMinor > 0 ? ['The credit is taken off already; say so if it is asked for.'] : []),
    'A reduction only if the owner has agreed to it.',
  ];
}
