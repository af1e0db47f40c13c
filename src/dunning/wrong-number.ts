import { addBusinessDays, type BusinessCalendar } from '../domain/calendar.ts';
import type { Day } from '../domain/day.ts';
import type { Debtor } from './debtors.store.ts';

/** S9: numbers that did not reach whom they are of, by customer: the number as `numberKey`, and when that was said. */
export type WrongNumbers = ReadonlyMap<string, ReadonlyMap<string, Day>>;

/** Blanks, brackets and dashes make no other number, a country code does; empty: whoever called looked one up. */
export function numberKey(phone: string | null): string {
  return (phone ?? '').replaceAll(/\D/g, '');
}

/** Business days of the company in which another number is waited for, from the day of the last wrong one. */
const WAITS_BUSINESS_DAYS = 5;

/** Where a call goes; or that every number in the books is wrong, since when, and on which day the call is passed over. */
export type Callable =
  | { readonly phone: string | null }
  | { readonly wrong: string | null; readonly wrongOn: Day; readonly passedOverOn: Day };

/** `escalation`: it is to the head of the customer's business (P11), else to the billing contact. */
export type CallableOf = (escalation: boolean) => Callable;

type Numbers = Pick<Debtor, 'customerId' | 'phone' | 'escalation'>;

/**
 * S9: the number for a call to this debtor; a head without a number of their own is asked for at the customer's. No call
 * goes to a number that was wrong. Whoever has none at all is called nevertheless: who calls can look one up, once.
 * `calendar`: the company's.
 */
export function callableOf(
  debtor: Numbers | undefined,
  wrongNumbers: WrongNumbers,
  calendar: BusinessCalendar,
): CallableOf {
  const wrong = wrongNumbers.get(debtor?.customerId ?? '') ?? new Map<string, Day>();
  return (escalation) => {
    const all = numbersOf(debtor, escalation);
    const phone = all.find((number) => !wrong.has(numberKey(number)));
    if (phone !== undefined || wrong.size === 0) return { phone: phone ?? null };
    const own = all.flatMap((number) => wrong.get(numberKey(number)) ?? []);
    const wrongOn = (own.length > 0 ? own : [...wrong.values()]).sort().at(-1);
    if (wrongOn === undefined) return { phone: null };
    const passedOverOn = addBusinessDays(wrongOn, WAITS_BUSINESS_DAYS, calendar);
    return { wrong: all[0] ?? null, wrongOn, passedOverOn };
  };
}

/** Whether calls to this debtor go to numbers none of which was wrong: nothing is left to put right. */
export function isPutRight(debtor: Numbers, wrongNumbers: WrongNumbers): boolean {
  const wrong = wrongNumbers.get(debtor.customerId);
  const all = numbersOf(debtor, true);
  return all.length > 0 && all.every((number) => wrong?.has(numberKey(number)) !== true);
}

function numbersOf(debtor: Numbers | undefined, escalation: boolean): readonly string[] {
  const head = escalation ? debtor?.escalation?.phone : null;
  return [head, debtor?.phone].flatMap((number) => (number == null || number === '' ? [] : [number]));
}

/** The number, as a sentence begins with it. */
export function numberWords(phone: string | null): string {
  return phone === null ? 'The number that was called' : `The number ${phone}`;
}
