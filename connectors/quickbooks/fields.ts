import type { RejectedRow, RowKind } from '../../src/domain/books.ts';
import { type Currency, parseCurrency } from '../../src/domain/currency.ts';
import { type Day, parseDay } from '../../src/domain/day.ts';
import { amount, at, shown, text } from '../../src/platform/json.ts';

/** A field that can't be read. The whole row is then rejected, with this reason in words (R8). */
class Unreadable extends Error {}

export type Parsed<T> = { readonly value: T } | { readonly rejected: RejectedRow };

/** Runs a row's parser; an unreadable field rejects this row and no other. */
export function parseRow<T>(kind: RowKind, raw: unknown, parser: (raw: unknown) => T): Parsed<T> {
  try {
    return { value: parser(raw) };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const id = text(at(raw, 'Id'));
    const customerId = kind === 'customer' ? id : text(at(raw, 'CustomerRef', 'value'));
    return { rejected: { kind, id, customerId, reason: error.message } };
  }
}

/** Rejects the row with these words. */
export function unreadable(reason: string): never {
  throw new Unreadable(reason);
}

/** Text that must be there: ids above all. */
export function needText(raw: unknown, ...path: readonly string[]): string {
  const found = text(at(raw, ...path));
  return found ?? unreadable(`${path.join('.')} is ${shown(at(raw, ...path))}, not a text`);
}

/** A day that must be there and exist in the calendar. */
export function needDay(raw: unknown, name: string): Day {
  return parseDay(at(raw, name)) ?? unreadable(`${name} is ${shown(at(raw, name))}, not a day`);
}

/** A day that may be absent; one that is there must exist. */
export function mayDay(raw: unknown, name: string): Day | null {
  return at(raw, name) === undefined || at(raw, name) === null ? null : needDay(raw, name);
}

/** Minor units of an amount that must be there, exact in the currency. */
export function needMinor(raw: unknown, name: string, currency: Currency): number {
  const found = amount(at(raw, name), currency);
  return found ?? unreadable(`${name} is ${shown(at(raw, name))}, not an amount in ${currency}`);
}

/** The same of money and credit, which can't be less than nothing. */
export function needMoney(raw: unknown, name: string, currency: Currency): number {
  const minor = needMinor(raw, name, currency);
  return minor < 0 ? unreadable(`${name} is ${shown(at(raw, name))}, below zero`) : minor;
}

/** The row's currency; the company's own where the row names none, as companies with one currency write it. */
export function currencyOf(raw: unknown, home: Currency): Currency {
  const written = at(raw, 'CurrencyRef', 'value');
  if (written === undefined || written === null) return home;
  return parseCurrency(written) ?? unreadable(`CurrencyRef is ${shown(written)}, not a currency in use`);
}

const stamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})$/;

/** As Intuit usually writes it: day, hour, minute, the rest to the second or millisecond, offset. */
const plainStamp =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d)(\.\d{3})?(?:Z|([+-])([01]\d):([0-5]\d))$/;
const dayMinutes = 1_440;

/** An ISO instant in UTC, or null. Accepts Intuit's offsets with and without colon and its nanoseconds. */
export function instantOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const plain = withinDay(value);
  if (plain !== null) return plain;
  if (!stamp.test(value)) return null;
  try {
    return new Date(Temporal.Instant.from(value).epochMilliseconds).toISOString();
  } catch {
    return null;
  }
}

/** The instant of a stamp whose day is the same in UTC, by moving its hours alone: two thirds of all stamps; else null. */
function withinDay(value: string): string | null {
  const found = plainStamp.exec(value);
  const [, day, hour, minute, second, fraction = '.000', sign, hours, minutes] = found ?? [];
  if (day === undefined || parseDay(day) === null) return null;
  const offset = sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  const moved = Number(hour) * 60 + Number(minute) - offset;
  if (moved < 0 || moved >= dayMinutes) return null;
  return `${day}T${two(Math.floor(moved / 60))}:${two(moved % 60)}${second}${fraction}Z`;
}

function two(part: number): string {
  return part < 10 ? `0${part}` : String(part);
}

/** When the ledger last changed the row, and its change token. */
export function stampOf(raw: unknown): { readonly changedAt: string; readonly version: string } {
  const written = at(raw, 'MetaData', 'LastUpdatedTime');
  const changedAt = instantOf(written) ?? unreadable(`LastUpdatedTime is ${shown(written)}, not an instant`);
  return { changedAt, version: text(at(raw, 'SyncToken')) ?? '' };
}

const separators = /[\s,;<>]+/;

function isEmail(part: string): boolean {
  return part.length <= 254 && /^[^\s@"(),:;<>[\\\]]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(part);
}

/** Usable e-mail addresses of a field that may hold several, in their order, each once. */
export function emailsOf(value: unknown): readonly string[] {
  const written = text(value);
  if (written === null) return [];
  // nearly always there is one
  if (isEmail(written) && !separators.test(written)) return [written];
  const found = new Map<string, string>();
  for (const part of written.split(separators)) {
    if (isEmail(part) && !found.has(part.toLowerCase())) found.set(part.toLowerCase(), part);
  }
  return [...found.values()];
}

/** A voided transaction keeps its row: everything zero, and the private note starts with "Voided". */
export function isVoided(raw: unknown, totalMinor: number): boolean {
  if (text(at(raw, 'status')) === 'Voided') return true;
  return totalMinor === 0 && /^voided/i.test(text(at(raw, 'PrivateNote')) ?? '');
}
