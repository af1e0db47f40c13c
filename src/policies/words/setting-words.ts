import { parseCurrency } from '../../domain/currency.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Amounts, LateFee, PolicySettings, Statement } from '../policy.ts';
import { ordinal } from './ordinal.ts';

type Field = keyof PolicySettings;

/** What the words need besides the value: names of sequences by key, and the reader's locale for amounts. */
export interface Naming {
  readonly sequences: ReadonlyMap<string, string>;
  readonly locale: string;
  /** Amounts are told in these where there are any in them; without it in all of them. */
  readonly currencies?: readonly string[] | undefined;
}

/** One setting as a sentence. */
export function settingWords<F extends Field>(field: F, value: PolicySettings[F], naming: Naming): string {
  return words[field](value, naming);
}

/** In the order in which a person reads them. */
export const settingFields: readonly Field[] = [
  'sequence',
  'window',
  'sendDays',
  'minGapBusinessDays',
  'caps',
  'restAfterPaymentBusinessDays',
  'promiseGraceBusinessDays',
  'minimumBalance',
  'worthACall',
  'worthALetter',
  'statement',
  'thankYou',
  'lateFee',
];

const words: { readonly [F in Field]: (value: PolicySettings[F], naming: Naming) => string } = {
  sequence: (key, { sequences }) =>
    key === null ? 'Nothing is sent.' : `Reminders follow the sequence “${sequences.get(key) ?? key}”.`,
  window: ({ from, to }) => `Customers are contacted from ${from} until before ${to}, their time.`,
  sendDays: (days) => `Customers are contacted on ${dayWords(days)}, and on no public holiday.`,
  minGapBusinessDays: (days) => `Between two contacts lie at least ${counted(days, 'business day')}.`,
  caps: ({ perWeek, perMonth }) =>
    `A customer is contacted at most ${times(perWeek)} in 7 days and ${times(perMonth)} in 30 days.`,
  restAfterPaymentBusinessDays: (days) =>
    days === 0
      ? 'After a payment reminders go on at once.'
      : `After a payment reminders rest for ${counted(days, 'business day')}.`,
  promiseGraceBusinessDays: (days) =>
    days === 0
      ? 'A promise is broken on the day after it.'
      : `A promise may be ${counted(days, 'business day')} late.`,
  minimumBalance: (amounts, { locale, currencies }) =>
    isNone(amounts)
      ? 'No amount is too small for a reminder.'
      : `No reminder for ${amountWords(amounts, locale, currencies)} or less.`,
  worthACall: (amounts, { locale, currencies }) =>
    isNone(amounts)
      ? 'Every amount is worth a call.'
      : `No call under ${amountWords(amounts, locale, currencies)}.`,
  worthALetter: (amounts, { locale, currencies }) =>
    isNone(amounts)
      ? 'Every amount is worth a letter.'
      : `No letter under ${amountWords(amounts, locale, currencies)}.`,
  statement: statementWords,
  thankYou: (yes) =>
    yes
      ? 'Whoever was reminded and has paid is thanked.'
      : 'Nobody is thanked for having paid after a reminder.',
  lateFee: lateFeeWords,
};

/**
 * `$100.00, €100.00 or £100.00`: each currency stands for itself. Long lists name the first ones; of `currencies` all
 * are named and nothing else, when the amounts have one of them.
 */
export function amountWords(amounts: Amounts, locale: string, currencies: readonly string[] = []): string {
  const met = Object.entries(amounts).filter(([code]) => currencies.includes(code));
  const told = met.length > 0 ? met : Object.entries(amounts);
  const all = told.flatMap(([code, minor]) => {
    const currency = parseCurrency(code);
    return currency === null ? [] : [formatMoney(minor, currency, locale)];
  });
  const most = 4;
  return all.length > most
    ? `${all.slice(0, most).join(', ')} (and as set for ${all.length - most} more currencies)`
    : joined(all, 'or');
}

/** `3 business days`, `1 day`. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** `a, b and c`. */
export function joined(parts: readonly string[], word: 'and' | 'or' = 'and'): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${word} ${last}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** ISO weekdays: `Monday to Friday`, `Tuesday and Thursday`. */
export function dayWords(days: readonly number[]): string {
  const sorted = [...days].sort((one, other) => one - other);
  const names = sorted.map((day) => weekdays[day - 1] ?? String(day));
  const [first, last] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const isRun = sorted.length > 2 && last - first === sorted.length - 1;
  return isRun ? `${names[0]} to ${names.at(-1)}` : joined(names);
}

function isNone(amounts: Amounts): boolean {
  return Object.values(amounts).every((minor) => minor === 0);
}

function statementWords({ forWhom, businessDay }: Statement): string {
  if (forWhom === 'nobody') return 'No statements are sent.';
  const whom = forWhom === 'everybody' ? 'everybody who owes' : 'whoever has several open invoices';
  return `A statement goes to ${whom} on the ${ordinal(businessDay)} business day of the month, in place of that day’s reminder.`;
}

function lateFeeWords(fee: LateFee | null): string {
  if (fee === null) return 'No late fee and no interest is computed.';
  const after = fee.graceDays === 0 ? '' : `, ${counted(fee.graceDays, 'day')} after the due date`;
  const rate =
    fee.kind === 'statutory' || fee.yearlyRateBp === null
      ? 'Interest and fixed sums by law are computed'
      : `Interest of ${rateWords(fee.yearlyRateBp)} a year by our terms is computed`;
  const who = fee.attestedBy === null ? '' : ` (stated by ${fee.attestedBy} on ${fee.attestedOn ?? ''})`;
  return `${rate}${after}${who}. Only a message that announces interest names a sum.`;
}

/** Hundredths of a percent as people write them: 1850 is `18.5 %`. */
export function rateWords(bp: number): string {
  return `${bp / 100} %`;
}
