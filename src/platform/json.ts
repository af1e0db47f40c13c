import type { Currency } from '../domain/currency.ts';
import { parseMinor } from '../domain/money.ts';

/** A JSON number that a float might not hold: its source text, kept as the sender wrote it (R2). */
class JsonNumber {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
  toJSON(): string {
    return this.source;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
// the compiler's own type of JSON.parse doesn't know the third parameter yet
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;

/**
 * A number literal of more than 15 characters or with an exponent. Every other one has at most 15 significant digits,
 * which a float gives back exactly as they were written (IEEE 754), so it may pass through one. May match inside a
 * text as well: that only costs time.
 */
const delicate = /[:[,]\s*-?(?:[\d.]{16}|[\d.]+[eE])/;

/**
 * Lossless JSON: no digit of any number gets lost. Numbers come out as `number` where that is exact and as
 * `JsonNumber` where it might not be (all of a text's numbers, if it has one of these; seven times slower): read
 * them with `amount`, `whole` or `text`. Returns `undefined` (which JSON can't say) when the text isn't JSON, as
 * with the XML and HTML that gateways answer; never throws.
 */
export function readJson(text: string): unknown {
  try {
    if (!delicate.test(text)) return JSON.parse(text);
    return parse(text, (_key, value, context) =>
      typeof value === 'number' ? new JsonNumber(context.source ?? String(value)) : value,
    );
  } catch {
    return undefined;
  }
}

/** The digits of a number from `readJson`; null for anything else. */
function digits(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return value instanceof JsonNumber ? value.source : null;
}

/** Whether the value is a JSON number, in either form. */
export function isNumber(value: unknown): boolean {
  return digits(value) !== null;
}

/** The value as an object, or null. A number, a list and `null` aren't objects. */
export function object(value: unknown): JsonObject | null {
  if (typeof value !== 'object' || value === null) return null;
  return Array.isArray(value) || value instanceof JsonNumber ? null : (value as JsonObject);
}

/** The member at the end of a path, or `undefined`; a step through anything but an object gives `undefined`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const step of path) {
    const inside = object(here);
    if (inside === null || !Object.hasOwn(inside, step)) return undefined;
    here = inside[step];
  }
  return here;
}

/** The value as a list; empty when it isn't one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text, trimmed; null when absent or empty. Ids that a sender wrote as numbers come out as their digits. */
export function text(value: unknown): string | null {
  if (typeof value !== 'string') return digits(value);
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

/** A JSON boolean, or the words "true" and "false"; null otherwise. */
export function flag(value: unknown): boolean | null {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  return null;
}

/** A small whole number such as a count or seconds; null when it isn't one or isn't exact. */
export function whole(value: unknown): number | null {
  const written = digits(value);
  return written !== null && /^-?\d{1,15}$/.test(written) ? Number(written) + 0 : null;
}

/** Minor units of a JSON number; null for text, for nothing, and for decimals the currency doesn't have (R8). */
export function amount(value: unknown, currency: Currency): number | null {
  const written = digits(value);
  return written === null ? null : parseMinor(written, currency);
}

/** A value for a sentence such as `Balance is "abc", not an amount`: short, on one line, cut at 40 characters. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value instanceof JsonNumber) return value.source.slice(0, 40);
  const written = JSON.stringify(value) ?? 'missing';
  return written.length > 40 ? `${written.slice(0, 39)}…` : written;
}
