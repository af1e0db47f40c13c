import { Big } from 'big.js';
import { type Currency, decimalsOf } from './currency.ts';

/**
 * Amounts are integer minor units of a currency (cents, yen, fils) and never floats (rule R2).
 *
 * Reads a ledger's decimal text (`"362.07"`, `"275.0"`, `"-5"`, `"1e3"`) as minor units.
 * Returns `null` when it isn't a number, has more decimals than the currency, or is so large that sums of it would not be
 * exact: such a row is rejected, it never becomes zero (rule R8).
 */
export function parseMinor(text: unknown, currency: Currency): number | null {
  if (typeof text !== 'string') return null;
  const plain = plainMinor(text, decimalsOf(currency));
  if (plain !== null) return plain;
  if (!/^-?\d{1,18}(\.\d{1,12})?([eE][+-]?\d{1,2})?$/.test(text)) return null;
  const minor = new Big(text).times(new Big(10).pow(decimalsOf(currency)));
  if (!minor.eq(minor.round(0))) return null;
  const value = minor.toNumber();
  return Math.abs(value) <= MOST_MINOR ? value + 0 : null;
}

/** Ten times what a ledger takes for a row in cents; nine of them in one sum are still exact. */
const MOST_MINOR = 1e15;

/** Short amounts, nearly all there are, by moving their digits alone; null: not one of them. */
function plainMinor(text: string, decimals: number): number | null {
  const found = /^(-?\d{1,11})(?:\.(\d{1,3}))?$/.exec(text);
  const [, whole, fraction = ''] = found ?? [];
  if (whole === undefined || fraction.length > decimals) return null;
  return Number(whole + fraction.padEnd(decimals, '0')) + 0;
}

/** The decimal text of an amount, as ledgers write it: `36207` USD → `362.07`. */
export function decimalText(minor: number, currency: Currency): string {
  const places = decimalsOf(currency);
  return new Big(minor).div(new Big(10).pow(places)).toFixed(places);
}

/** Making one takes many times as long as using it. */
const formatters = new Map<string, Intl.NumberFormat>();

/** An amount for a reader: `$1,204.50`, `NZ$80.00`; `locale` is the company's, for example `en-NZ`. */
export function formatMoney(minor: number, currency: Currency, locale = 'en'): string {
  return written(minor, currency, locale, 'currency');
}

/** An amount without its currency, for a column whose head names it: `1,204.50`. */
export function formatAmount(minor: number, currency: Currency, locale = 'en'): string {
  return written(minor, currency, locale, 'decimal');
}

/** With all its decimals: the runtime's own number of them would round a forint's hundredths away. */
function written(minor: number, currency: Currency, locale: string, style: 'currency' | 'decimal'): string {
  const key = `${locale} ${currency} ${style}`;
  const places = decimalsOf(currency);
  const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
  const formatter = formatters.get(key) ?? new Intl.NumberFormat(locale, { style, currency, ...digits });
  formatters.set(key, formatter);
  // a decimal string is formatted exactly; a number would pass through a float
  return formatter.format(decimalText(minor, currency) as Intl.StringNumericLiteral);
}

/** Adds minor units and refuses a sum that a number can't hold exactly. */
export function sumMinor(parts: Iterable<number>): number {
  let total = 0;
  for (const part of parts) total += part;
  if (!Number.isSafeInteger(total)) throw new RangeError('sum of amounts is too large to be exact');
  return total;
}
