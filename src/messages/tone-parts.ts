import { asksNothing, type Kind } from './template.ts';
import type { Finding } from './tone.ts';
import type { ReminderView } from './view.ts';

type Part = readonly [string, boolean];

/** The parts that a message of this kind must have and has not; `text` is its plain-text part. */
export function missingParts(text: string, view: ReminderView, kind: Kind): Finding[] {
  const parts = [
    ...everyMessage(text, view),
    ...(asksNothing(kind) ? [] : figures(text, view)),
    ...(view.waysToPay === null ? [] : request(text, view)),
  ];
  return parts
    .filter(([, present]) => !present)
    .map(([part]) => ({ rule: 'missing', severity: 'block', words: `The reminder lacks ${part}.` }));
}

function everyMessage(text: string, view: ReminderView): readonly Part[] {
  return [
    ['thanks', /\bthank(s|ful)?\b/i.test(text)],
    ['whom to contact', text.includes(view.contact.name) && text.includes(view.contact.email)],
    ['how to say that something is wrong', text.includes('Something wrong?')],
    [
      "the creditor's name and address",
      text.includes([view.creditor.legalName, ...view.creditor.address].join(', ')),
    ],
    ['how to stop e-mails', view.stop === null || text.includes(view.stop)],
    ['who the service is', view.service === null || text.includes(view.service.fullDisclosure)],
    ['what the law asks to be said', view.disclosures.every((words) => text.includes(words))],
    ['the consequence as it was approved', view.consequence === null || text.includes(view.consequence)],
  ];
}

function figures(text: string, view: ReminderView): readonly Part[] {
  const rows = (view.table?.groups ?? []).flatMap((group) => group.rows);
  return [
    ["the invoices' numbers", rows.every((row) => row.label === 'no number' || text.includes(row.label))],
    ['the amount', view.figure === null || text.includes(view.figure.amount)],
    ['the due dates', rows.every((row) => text.includes(row.due))],
  ];
}

function request(text: string, view: ReminderView): readonly Part[] {
  return [
    ['a request with a date', text.includes(`by ${view.payBy}`) && /\bplease\b/i.test(text)],
    [
      'a way to pay, or whom to ask for one',
      /\b(View and pay|ways to pay|How to pay|payment details)\b/.test(text),
    ],
  ];
}
