import type { Currency } from '../domain/currency.ts';
import { type Day, formatDay, parseDay } from '../domain/day.ts';
import { formatMoney } from '../domain/money.ts';

/** How the touch was made. */
export type Made =
  /** Duly sent it. `repeats`: the same message had gone out on that day, and a person sent it again (IDM-11). */
  | { readonly kind: 'mail'; readonly repeats: { readonly on: Day; readonly by: string } | null }
  /** A person called or posted it, and says how it went. */
  | { readonly kind: 'call' | 'letter'; readonly by: string; readonly how: string };

export interface NoteFacts {
  /** Who spoke: the person of the business, or the service acting for it. */
  readonly sender: string;
  readonly stepName: string;
  readonly recipientName: string;
  readonly recipientEmail: string;
  readonly sentOn: Day;
  readonly currency: Currency;
  readonly locale: string;
  /** What was open on this invoice when it was said. */
  readonly openMinor: number;
  readonly daysLate: number;
  /** What the whole message asked for, when it was about more than this invoice. */
  readonly askMinor: number;
  readonly invoiceCount: number;
  readonly listedOnly: boolean;
  /** R11: it asked for what was short of a payment plan, not for the invoice. */
  readonly ofPlan: boolean;
  readonly made: Made;
  /** Where the message can be read. */
  readonly link: string;
  readonly marker: string;
}

/** S10: what a bookkeeper reads on the invoice: who, what, step, recipient, amount, days late, outcome, link, marker. */
export function noteText(facts: NoteFacts): string {
  const money = (minor: number): string => formatMoney(minor, facts.currency, facts.locale);
  const late = facts.daysLate === 1 ? '1 day' : `${facts.daysLate} days`;
  const { said, asked, end } =
    facts.made.kind === 'mail' ? mailWords(facts, facts.made) : taskWords(facts, facts.made);
  const on = facts.ofPlan ? 'of the payment plan' : `on ${facts.invoiceCount} invoices`;
  const besides = facts.invoiceCount > 1 || facts.ofPlan ? ` ${asked} ${money(facts.askMinor)} ${on}.` : '';
  return `${said} Open on this invoice: ${money(facts.openMinor)}, ${late} past due.${besides} ${end} ${facts.link} ${facts.marker}`;
}

interface MadeWords {
  readonly said: string;
  /** Goes on with an amount. */
  readonly asked: string;
  /** Goes on with the link. */
  readonly end: string;
}

function mailWords(facts: NoteFacts, { repeats }: Extract<Made, { kind: 'mail' }>): MadeWords {
  const what =
    facts.listedOnly && !facts.ofPlan
      ? `This invoice was listed in a ${facts.stepName}`
      : `${facts.stepName.charAt(0).toUpperCase()}${facts.stepName.slice(1)}`;
  const recipient = `${plain(facts.recipientName)} <${plain(facts.recipientEmail)}>`;
  const again =
    repeats === null
      ? ''
      : ` The same message as on ${formatDay(repeats.on, facts.locale)}, sent again by ${plain(repeats.by)}.`;
  return {
    said: `${plain(what)} sent by e-mail on ${formatDay(facts.sentOn, facts.locale)} to ${recipient}, from ${plain(facts.sender)}.${again}`,
    asked: 'The message asked for',
    end: 'Accepted for delivery. Read it:',
  };
}

function taskWords(facts: NoteFacts, made: Exclude<Made, { kind: 'mail' }>): MadeWords {
  const name = plain(facts.recipientName);
  const step = plain(facts.stepName);
  const how = daysInNote(plain(made.how), facts.locale).replace(/[.!?]?$/, '.');
  const what =
    made.kind === 'call'
      ? `Called ${name} on ${formatDay(facts.sentOn, facts.locale)} (${step})`
      : `Letter to ${name} (${step})`;
  return {
    said: `${what}: ${how} By ${plain(made.by)}.`,
    asked: `The ${made.kind} was about`,
    end: 'More:',
  };
}

/** Days inside a sentence, as the company writes them. */
function daysInNote(words: string, locale: string): string {
  return words.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (text) => {
    const day = parseDay(text);
    return day === null ? text : formatDay(day, locale);
  });
}

/** One line, without what a vendor may refuse or cut, and never with something that looks like our marker (WB-12). */
function plain(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll(/\[(?=\s*duly)/giu, '(')
    .trim();
}

/**
 * Our marker, unique per touch and invoice, at the end of the note: how it is found again. `seal` is a keyed hash of
 * both, so that nobody can write down the marker of a note that does not stand in the ledger yet (WB-12).
 */
export function noteMarker(touchId: string, invoiceId: string, seal: string): string {
  return `[duly:${touchId}:${invoiceId}:${seal}]`;
}

/**
 * What makes the write idempotent at the vendor; at most 50 characters, the narrower limit (facts 1.2, 2.8).
 * Pinned by a test: changing it could write a note twice. `generation` from 1: a later one when repeating the key
 * would bring back a note that was deleted (WB-05).
 */
export function noteKey(touchId: string, invoiceId: string, generation: number): string {
  const short = invoiceId.replaceAll('-', '');
  const touch = touchId.replaceAll('-', '');
  return generation === 1 ? `${touch}-${short.slice(-17)}` : `${touch}-${short.slice(-13)}-${generation}`;
}
