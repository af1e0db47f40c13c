import type { Currency } from '../../../domain/currency.ts';
import { addDays, type Day, parseDay } from '../../../domain/day.ts';
import { decimalText, sumMinor } from '../../../domain/money.ts';
import { type How, hows, MOST_INSTALMENTS } from '../../../receivables/agreements/agreement.ts';
import { covered, type OpenInvoice } from '../../agreement-open.ts';
import { fieldOf, fieldsOf } from '../../form-fields.ts';
import { typedAmount } from '../../typed-amount.ts';

/** What a form holds, as text: shown again as it was typed when something is wrong with it. */
export interface Values {
  readonly invoices: readonly string[];
  readonly currency: string;
  /** The promised day, or the last day of an offer. */
  readonly date: string;
  /** Promised, or the reduced sum; empty: all of it, or the discount says. */
  readonly amount: string;
  readonly percent: string;
  readonly saidBy: string;
  readonly how: string;
  readonly note: string;
  readonly count: string;
  readonly rhythm: string;
  readonly firstOn: string;
  readonly grace: string;
  readonly rows: readonly { readonly on: string; readonly amount: string }[];
}

export type FieldName = Exclude<keyof Values, 'rows'> | 'rows' | 'form';
export type Faults = Partial<Readonly<Record<FieldName, string>>>;

/** What the customer has open, and the day and language in which the form is read. */
export interface FormGround {
  readonly open: readonly OpenInvoice[];
  /** Business days by which a promise may be late. */
  readonly promiseGrace: number;
  readonly today: Day;
  readonly locale: string;
}

/** A form read: what it asks for, or what is wrong with it, field by field. */
export type Read<T> = { readonly ask: T } | { readonly faults: Faults };

export interface Cover {
  readonly invoiceIds: readonly string[] | null;
  readonly currency: Currency;
  readonly debtMinor: number;
}

export interface Told extends Cover {
  readonly how: How;
  readonly note: string;
}

export function valuesOf(source: unknown): Values {
  const text = (name: string, max = 40): string => fieldOf(source, name, max);
  const amounts = fieldsOf(source, 'rowAmount');
  return {
    invoices: fieldsOf(source, 'invoices').slice(0, 500),
    currency: text('currency', 3),
    date: text('date', 20),
    amount: text('amount'),
    percent: text('percent', 10),
    saidBy: text('saidBy', 200),
    how: text('how', 20),
    note: text('note', 500),
    count: text('count', 5),
    rhythm: text('rhythm', 20),
    firstOn: text('firstOn', 20),
    grace: text('grace', 3),
    rows: fieldsOf(source, 'rowOn')
      .slice(0, MOST_INSTALMENTS + 1)
      .map((on, index) => ({
        on: on.trim().slice(0, 20),
        amount: (amounts[index] ?? '').trim().slice(0, 40),
      })),
  };
}

/** What an untouched form holds: a week from today, by telephone, three months of instalments. */
export function freshValues(today: Day): Values {
  return {
    ...valuesOf({}),
    date: addDays(today, 7),
    how: 'phone',
    count: '3',
    rhythm: 'monthly',
    firstOn: addDays(today, 7),
    grace: '2',
  };
}

/** An amount as a person types it; null: it is none in this currency, or not above zero. */
export function amountOf(text: string, currency: Currency): number | null {
  const minor = typedAmount(text, currency);
  return minor !== null && minor > 0 ? minor : null;
}

/** Which invoices it covers and what is open on them; the reason why not, for the field of the invoices. */
export function coverOf(values: Values, { open }: FormGround): Read<Cover> {
  const known = new Map(open.map((one) => [one.invoiceId, one]));
  if (values.invoices.some((id) => !known.has(id)))
    return { faults: { invoices: 'One of the invoices is not open any more. Choose again.' } };
  const invoiceIds = values.invoices.length === 0 ? null : [...new Set(values.invoices)];
  const currencies = [...new Set(covered(open, invoiceIds, null).map((one) => one.currency))];
  const [only] = currencies;
  if (only === undefined)
    return { faults: { invoices: 'Nothing is past due. Choose the invoices it is about.' } };
  if (invoiceIds !== null && currencies.length > 1)
    return { faults: { invoices: 'Choose invoices of one currency; make one for each.' } };
  const currency = currencies.find((one) => one === values.currency) ?? only;
  if (currencies.length > 1 && currency !== values.currency)
    return { faults: { currency: 'Choose the currency it is about.' } };
  const lines = covered(open, invoiceIds, currency);
  const agreed = lines.find((one) => one.agreed);
  if (agreed !== undefined)
    return { faults: { invoices: `${agreed.number ?? 'An invoice'} is agreed already. Choose the others.` } };
  return { ask: { invoiceIds, currency, debtMinor: sumMinor(lines.map((one) => one.openMinor)) } };
}

/** What all three forms say; its faults are written into `faults`. */
export function readTold(values: Values, ground: FormGround, faults: Record<string, string>): Told | null {
  const how = hows.find((known) => known === values.how);
  if (how === undefined) faults.how = 'Choose one of the list.';
  const cover = coverOf(values, ground);
  if ('faults' in cover) Object.assign(faults, cover.faults);
  return 'faults' in cover || how === undefined ? null : { ...cover.ask, how, note: values.note };
}

/** Today or a later day. */
export function dayFrom(
  text: string,
  today: Day,
  faults: Record<string, string>,
  field: FieldName,
): Day | null {
  const day = parseDay(text);
  if (day === null) faults[field] = 'Choose a day that exists, from the calendar or as YYYY-MM-DD.';
  else if (day < today) faults[field] = 'That day has passed. Choose today or a later day.';
  else return day;
  return null;
}

/** An amount of this currency as it may be typed. */
export function sample({ debtMinor, currency }: Cover): string {
  return decimalText(debtMinor, currency);
}
