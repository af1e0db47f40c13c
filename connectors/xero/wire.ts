import { type Currency, parseCurrency } from '../../src/domain/currency.ts';
import { type Day, parseDay } from '../../src/domain/day.ts';
import { amount, at, isNumber, shown, text } from '../../src/platform/json.ts';

/** What is wrong with one row, in words for the problems page (R8). Caught where rows are read, one by one. */
export class RowFault extends Error {
  override readonly name = 'RowFault';
}

const microsoftDate = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;
const zonelessIso = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?$/;

/**
 * Milliseconds since 1970 of `/Date(1539993600000+0000)/` or `/Date(1539993600000)/`, null for anything else. The
 * number alone is the instant, whatever offset follows it.
 */
export function wireMilliseconds(value: unknown): number | null {
  const found = typeof value === 'string' ? microsoftDate.exec(value) : null;
  const milliseconds = found === null ? Number.NaN : Number(found[1]);
  return Math.abs(milliseconds) <= 8.64e15 ? milliseconds : null;
}

/**
 * A business day. Xero writes midnight UTC of the organisation's own calendar day, so the UTC calendar day is the
 * day, and no local time may come near it. Null when it isn't a day.
 */
function wireDay(value: unknown): Day | null {
  const milliseconds = wireMilliseconds(value);
  if (milliseconds !== null) return parseDay(new Date(milliseconds).toISOString().slice(0, 10));
  const iso = typeof value === 'string' ? zonelessIso.exec(value) : null;
  return iso === null ? null : parseDay(iso[1]);
}

export function requireText(row: unknown, ...path: string[]): string {
  const found = text(at(row, ...path));
  if (found === null) throw new RowFault(`${path.join('.')} is missing`);
  return found;
}

/** The row's day; throws RowFault when it is missing or impossible: never today by default. */
export function requireDay(row: unknown, name: string): Day {
  const value = at(row, name);
  const found = wireDay(value);
  if (found === null) throw new RowFault(`${name} is ${shown(value)}, not a day`);
  return found;
}

/** Null when the row has none; throws RowFault when it has one that can't be. */
export function optionalDay(row: unknown, name: string): Day | null {
  const value = at(row, name);
  return value === undefined || value === null || value === '' ? null : requireDay(row, name);
}

/** ISO instant in UTC. */
export function requireInstant(row: unknown, name: string): string {
  const value = at(row, name);
  const found = wireMilliseconds(value);
  if (found === null) throw new RowFault(`${name} is ${shown(value)}, not an instant`);
  return new Date(found).toISOString();
}

export function requireCurrency(row: unknown, ...path: string[]): Currency {
  const value = at(row, ...path);
  const found = parseCurrency(value);
  if (found === null) throw new RowFault(`${path.join('.')} is ${shown(value)}, not a currency in use`);
  return found;
}

/** Minor units; throws RowFault for text, for nothing, and for decimals that the currency doesn't have. */
export function requireAmount(row: unknown, name: string, currency: Currency): number {
  const value = at(row, name);
  const found = amount(value, currency);
  if (found !== null) return found;
  const what = isNumber(value) ? `not an amount in ${currency}` : 'not an amount';
  throw new RowFault(`${name} is ${shown(value)}, ${what}`);
}

/** The same of money and credit, which can't be less than nothing. */
export function requireMoney(row: unknown, name: string, currency: Currency): number {
  const minor = requireAmount(row, name, currency);
  if (minor < 0) throw new RowFault(`${name} is ${shown(at(row, name))}, below zero`);
  return minor;
}
