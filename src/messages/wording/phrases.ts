import { type Day, formatDay } from '../../domain/day.ts';
import type { Stage } from '../../policies/step.ts';

/** `1 day`, `12 days`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a, b and c`. */
export function joined(items: readonly string[]): string {
  if (items.length < 2) return items.join();
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/**
 * A day as the company writes it. A month's name is part of an English sentence, so a company whose own language is
 * another gets the day in plain English order.
 */
export function dayWords(of: Day, locale: string, withWeekday = false): string {
  return formatDay(of, /^en\b/i.test(locale) ? locale : 'en-GB', withWeekday);
}

/** What a group of invoices is called in the table. */
export const groupNames: Readonly<Record<Stage | 'listed', string>> = {
  courtesy: 'Not yet due',
  first: 'First reminder',
  second: 'Second reminder',
  third: 'Third reminder',
  final: 'Final notice',
  listed: 'Also past due',
};
