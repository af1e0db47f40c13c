import type { Currency } from '../domain/currency.ts';
import { parseMinor } from '../domain/money.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
// the compiler's own type of JSON.parse doesn't know the third parameter yet
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;

/**
 * A private-use character: what begins with it is a number that a float might not hold, as the sender wrote it (R2).
 * No text of a sender's begins with it.
 */
const mark = '\uE000';
/**
 * A number literal that a float might not give back as it was written: of more than 15 characters, or with an exponent.
 * Every other one has at most 15 significant digits, which a float keeps (IEEE 754), so it may pass through one.
 */
const delicate = /^(?=-?[\d.]{16}|.*[eE])/;
/** The same where a member's or an element's value can stand; also found inside a text, where it does no harm. */
const delicateValue =
  /(^|[:[,])(\s*)(?=-?[\d.]{16}|-?[\d.]+[eE])(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*(?:[\],}]|$))/g;
/** An exponent after a number; the look behind is tried last, at the few places where the rest fits. */
const exponent = /\d[eE][+-]?\d(?<=[:[,]\s*-?[\d.]+[eE][+-]?\d|^\s*-?[\d.]+[eE][+-]?\d)/;

/**
 * Lossless JSON: no digit of any number gets lost. Numbers come out as `number` where that is exact and as a marked text
 * where it might not be: read them with `amount`, `whole` or `text`. Returns `undefined` (which JSON can't say) when the
 * text isn't JSON, as with the XML and HTML that gateways answer; never throws.
 */
export function readJson(text: string): unknown {
  try {
    if (hasMark(text)) return readOneByOne(text);
    return hasDelicate(text) ? readDelicate(text) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** May say yes for nothing (16 digits inside a text): that only costs time. */
function hasDelicate(text: string): boolean {
  return hasLongRun(text) || exponent.test(text);
}

/** Whether 16 or more digits and dots follow each other: every such run covers one of the places that are looked at. */
function hasLongRun(text: string): boolean {
  for (let at = 15; at < text.length; at += 16) {
    if (!inNumber(text.charCodeAt(at))) continue;
    let from = at;
    while (from > at - 15 && inNumber(text.charCodeAt(from - 1))) from -= 1;
    let to = at + 1;
    while (to < from + 16 && inNumber(text.charCodeAt(to))) to += 1;
    if (to - from >= 16) return true;
  }
  return false;
}

/** 0 to 9 and the dot. */
function inNumber(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 46;
}

/**
 * Puts delicate numbers between quotes, behind the mark, and lets the runtime parse the rest. Inside a text that cannot
 * go unseen: the first quote ends the text, and what follows it, the mark, isn't JSON. Then every value is looked at one
 * by one (ten times slower).
 */
function readDelicate(text: string): unknown {
  try {
    return JSON.parse(text.replace(delicateValue, `$1$2"${mark}$3"`));
  } catch {
    return readOneByOne(text);
  }
}

/** Whether the sender's text has the mark, raw or escaped. */
function hasMark(text: string): boolean {
  return text.includes(mark) || (text.includes('\\u') && /\\u[eE]000/.test(text));
}

/** The slow way, which needs no trick; a text of the sender's loses a mark at its beginning. */
export function readOneByOne(text: string): unknown {
  return parse(text, (_key, value, { source }) => {
    if (typeof value === 'number')
      return source !== undefined && delicate.test(source) ? mark + source : value;
    return typeof value === 'string' ? value.replace(/^\uE000+/, '') : value;
  });
}

/** The digits of a number from `readJson`; null for anything else. */
function digits(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.startsWith(mark) ? value.slice(1) : null;
}

/** Whether the value is a JSON number, in either form of it. */
export function isNumber(value: unknown): boolean {
  return digits(value) !== null;
}

/** The value as an object, or null. A number, a list and `null` aren't objects. */
export function object(value: unknown): JsonObject | null {
  if (typeof value !== 'object' || value === null) return null;
  return Array.isArray(value) ? null : (value as JsonObject);
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

/**
 * Text, trimmed; null when absent or empty. Ids that a sender wrote as numbers come out as their digits. A NUL, which no
 * database stores in a text, becomes U+FFFD.
 */
export function text(value: unknown): string | null {
  if (typeof value !== 'string') return digits(value);
  if (value.startsWith(mark)) return digits(value);
  const trimmed = value.trim();
  if (trimmed === '') return null;
  return trimmed.includes('\0') ? trimmed.replaceAll('\0', '\uFFFD') : trimmed;
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
  if (isNumber(value)) return (digits(value) ?? '').slice(0, 40);
  const written = JSON.stringify(value) ?? 'missing';
  return written.length > 40 ? `${written.slice(0, 39)}…` : written;
}
