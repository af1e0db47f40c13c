import { decimalsOf, parseCurrency } from '../../domain/currency.ts';
import type { Amounts } from '../policy.ts';

/**
 * How many units of a currency are, for a rule of thumb, worth a US dollar. Nothing is ever converted by it: it only
 * makes a starting value round in each currency, which the business then changes.
 */
const perDollar: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 1,
  GBP: 1,
  CHF: 1,
  CAD: 1,
  AUD: 1,
  NZD: 1,
  SGD: 1,
  DKK: 10,
  HKD: 10,
  NOK: 10,
  SEK: 10,
  MXN: 20,
  ZAR: 20,
  INR: 100,
  JPY: 100,
};

/** About so many dollars in each of the usual currencies, in minor units. */
export function about(dollars: number): Amounts {
  return Object.fromEntries(
    Object.entries(perDollar).flatMap(([code, rate]) => {
      const currency = parseCurrency(code);
      return currency === null ? [] : [[code, dollars * rate * 10 ** decimalsOf(currency)]];
    }),
  );
}
