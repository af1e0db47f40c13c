import type { Day } from '../domain/day.ts';

/** A finding in words: what happened, what it means for reminders, what to do. */
export interface Told {
  readonly what: string;
  readonly meaning: string;
  readonly action: string;
}

interface Named {
  readonly number: string | null;
  readonly issuedOn: Day;
}

export interface CreditSum {
  readonly credit: string;
  readonly pastDue: string;
}

export interface OtherTerms {
  readonly line: Named & { readonly dueOn: Day | null };
  /** What is usual for the customer. */
  readonly usual: string;
  /** What the invoice says; null: its due date alone tells. */
  readonly found: string | null;
}

export interface SentLate {
  readonly line: Named;
  readonly sentOn: Day;
  readonly days: number;
}

/** So many invoices are named in one sentence. */
const MOST_NAMED = 5;

export function noDueDate(lines: readonly Named[]): Told | null {
  if (lines.length === 0) return null;
  return {
    what: `${invoices(lines)} ${has(lines)} no due date.`,
    meaning: `${they(lines)} never chased, because nobody can say that ${it(lines)} late.`,
    action: 'Set the due date in the ledger.',
  };
}

export function neverSent(lines: readonly Named[]): Told | null {
  if (lines.length === 0) return null;
  return {
    what: `${invoices(lines)} ${lines.length === 1 ? 'was' : 'were'} never sent to the customer, says the ledger.`,
    meaning: 'The customer is not reminded of an invoice they may not have.',
    action: 'Send the invoice first; or say in Settings that you send invoices outside the ledger.',
  };
}

export const noRecipient: Told = {
  what: 'This customer has no usable e-mail address.',
  meaning: 'No e-mail is sent; its step stays open until there is an address. Letters and calls go on.',
  action: 'Add an e-mail address to the customer in the ledger.',
};

export function creditCovers(sums: readonly CreditSum[]): Told | null {
  if (sums.length === 0) return null;
  return {
    what: `Unapplied credit covers what is past due: ${sums.map(({ credit, pastDue }) => `${credit} for ${pastDue}`).join('; ')}.`,
    meaning: 'The customer is not chased for money that they have already given.',
    action: 'Apply the credit to the invoices in the ledger.',
  };
}

export function creditUnapplied(sums: readonly CreditSum[]): Told | null {
  if (sums.length === 0) return null;
  return {
    what: `A credit is not applied to any invoice: ${sums.map(({ credit, pastDue }) => `${credit}, while ${pastDue} is past due`).join('; ')}.`,
    meaning: 'Reminders go on; they name the credit and ask for what remains after it.',
    action: 'Apply the credit to the invoices in the ledger, so that the customer sees the same sums as you.',
  };
}

export function referenceMissing(lines: readonly Named[]): Told | null {
  if (lines.length === 0) return null;
  return {
    what: `${invoices(lines)} ${has(lines)} no order number, while the customer’s other invoices carry one.`,
    meaning: 'Reminders go on; an accounts-payable department may not be able to pay without the number.',
    action: 'Ask the customer for the order number, add it to the invoice in the ledger and send it again.',
  };
}

export function termsDiffer(found: readonly OtherTerms[]): Told | null {
  const [first] = found;
  if (first === undefined) return null;
  const each = ({ line, found: terms }: OtherTerms): string =>
    terms === null
      ? `${label(line)} (dated ${line.issuedOn}, due ${line.dueOn})`
      : `${label(line)} (${terms})`;
  return {
    what: `Other terms than the customer’s usual ${first.usual}: ${listed(found.map(each))}.`,
    meaning: 'Reminders go on by the due date of the invoice; the customer may count from other terms.',
    action:
      'Set the terms or the due date right on the invoice in the ledger, or the usual terms on the customer.',
  };
}

export function sentLate(found: readonly SentLate[]): Told | null {
  if (found.length === 0) return null;
  const each = ({ line, sentOn, days }: SentLate): string =>
    `${label(line)} (dated ${line.issuedOn}, sent ${sentOn}, ${days} days later)`;
  return {
    what: `Sent long after its date: ${listed(found.map(each))}.`,
    meaning: 'Reminders go on by the due date of the invoice, though the customer had fewer days to pay.',
    action: 'Move the due date in the ledger by the days that were lost, if you want to be fair.',
  };
}

export function doesNotTieOut(ours: string, theirs: string): Told {
  return {
    what: `Our sum is ${ours}, the ledger says ${theirs}.`,
    meaning: 'This customer gets no reminder until both agree.',
    action:
      'Nothing for now: Duly compares again with the next read. If it stays, look at the customer in the ledger.',
  };
}

function label({ number, issuedOn }: Named): string {
  return number ?? `one without a number of ${issuedOn}`;
}

function invoices(lines: readonly Named[]): string {
  return `${lines.length === 1 ? 'Invoice' : 'Invoices'} ${listed(lines.map(label))}`;
}

/** The first five, and how many more. */
function listed(parts: readonly string[]): string {
  const named = parts.slice(0, MOST_NAMED);
  const more = parts.length - named.length;
  if (more > 0) return `${named.join(', ')} and ${more} more`;
  const last = named.at(-1) ?? '';
  return named.length < 2 ? last : `${named.slice(0, -1).join(', ')} and ${last}`;
}

function has(lines: readonly Named[]): string {
  return lines.length === 1 ? 'has' : 'have';
}

function they(lines: readonly Named[]): string {
  return lines.length === 1 ? 'It is' : 'They are';
}

function it(lines: readonly Named[]): string {
  return lines.length === 1 ? 'it is' : 'they are';
}
