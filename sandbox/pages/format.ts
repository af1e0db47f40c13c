/** How the pages write amounts, days and instants. Pure. */

import { decimalsOf } from '../books/decimals.ts';

/** `1,234.50`; negative in parentheses. */
export function amount(minor: number, currency: string): string {
  const digits = decimalsOf(currency);
  const text = new Intl.NumberFormat('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(Math.abs(minor) / 10 ** digits);
  return minor < 0 ? `(${text})` : text;
}

/** The same without grouping, for an input field. */
export function plainAmount(minor: number, currency: string): string {
  return (minor / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));
}

/** What somebody typed as minor units; undefined when it is not a positive amount of that currency. */
export function typedAmount(text: string, currency: string): number | undefined {
  const digits = decimalsOf(currency);
  const found = /^(\d{1,11})(?:\.(\d*))?$/.exec(text.trim().replaceAll(',', ''));
  const decimals = found?.[2] ?? '';
  if (found === null || decimals.length > digits) return undefined;
  const minor = Number(`${found[1]}${decimals.padEnd(digits, '0')}`);
  return minor > 0 ? minor : undefined;
}

/** `23 Nov 2026` */
export function dayWords(day: string | undefined): string {
  if (day === undefined) return '–';
  return Temporal.PlainDate.from(day).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}

/** `Mon 23 Nov 2026, 10:00` in the zone. */
export function momentWords(instant: string, timeZone: string): string {
  return new Date(instant).toLocaleString('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}
