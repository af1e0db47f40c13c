import { asConsequenceKind, consequenceName } from '../consequences/consequence.ts';
import type { Channel, DebtorType, Sender, Step } from '../step.ts';
import { amountWords, counted, joined } from './setting-words.ts';

/** `3 days after the due date`, `5 business days before the due date`. */
export function offsetWords({ offsetDays, offsetUnit }: Pick<Step, 'offsetDays' | 'offsetUnit'>): string {
  if (offsetDays === 0) return 'on the due date';
  const unit = offsetUnit === 'business' ? 'business day' : 'day';
  return `${counted(Math.abs(offsetDays), unit)} ${offsetDays < 0 ? 'before' : 'after'} the due date`;
}

export const channelWords: Readonly<Record<Channel, string>> = {
  email: 'e-mail',
  letter: 'letter',
  call: 'call',
  statement: 'statement',
};

export const senderWords: Readonly<Record<Sender, string>> = {
  bookkeeper: 'the bookkeeper',
  owner: 'the owner',
  service: 'the service acting for the business',
};

export const debtorTypeWords: Readonly<Record<DebtorType, string>> = {
  business: 'businesses',
  sole_trader: 'sole traders',
  consumer: 'consumers',
  unknown: 'customers of unknown type',
};

/** What a step announces, by the name that the catalogue of consequences has for it. */
export function announcedWords(key: Step['consequence']): string {
  if (key === null) return 'no consequence';
  const kind = asConsequenceKind(key);
  return `“${kind === null ? key : consequenceName(kind)}”`;
}

/** A step in one line: what, when, how, from whom, and what is special about it. */
export function stepWords(step: Step, segments: ReadonlyMap<string, string>, locale: string): string {
  const how = `${channelWords[step.channel]} ${step.channel === 'call' ? 'by' : 'from'} ${senderWords[step.sender]}`;
  return `${capital(step.name)}: ${[offsetWords(step), how, ...special(step, segments, locale)].join(', ')}.`;
}

function special(step: Step, segments: ReadonlyMap<string, string>, locale: string): readonly string[] {
  const { conditions, recipients } = step;
  const only = conditions.segments?.map((key) => `“${segments.get(key) ?? key}”`);
  return [
    ...(only === undefined ? [] : [`only for ${joined(only)}`]),
    ...(conditions.debtorTypes === null
      ? []
      : [`only to ${joined(conditions.debtorTypes.map((type) => debtorTypeWords[type]))}`]),
    ...(Object.keys(conditions.minimum).length === 0
      ? []
      : [`only from ${amountWords(conditions.minimum, locale)}`]),
    ...(conditions.daysSincePayment === null
      ? []
      : [`not within ${counted(conditions.daysSincePayment, 'day')} of a payment`]),
    ...(recipients.contacts ? ['also to the contacts for invoices'] : []),
    ...(recipients.escalation ? [escalationWords(step)] : []),
    ...(recipients.informSales ? ['after a word to whoever owns the relationship'] : []),
    ...(step.needsPerson ? ['released by a person'] : []),
    ...(step.consequence === null ? [] : ['announcing a consequence']),
    ...(step.waitsBusinessDays === null
      ? []
      : [`passed over when nobody did it for ${counted(step.waitsBusinessDays, 'business day')}`]),
    ...(step.repeat === null
      ? []
      : [`again every ${counted(step.repeat.everyDays, 'day')}, at most ${step.repeat.most} times`]),
  ];
}

function escalationWords({ channel }: Step): string {
  return channel === 'call'
    ? 'to the escalation contact where one is named'
    : 'with the escalation contact copied in';
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
