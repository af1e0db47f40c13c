import type { Step } from './step.ts';

/**
 * The calendar days from the due date that a step's offset can mean, weekends counted, holidays not: business days
 * become more calendar days depending on the weekday they are counted from.
 */
export function offsetRange(some: Pick<Step, 'offsetDays' | 'offsetUnit'>): { low: number; high: number } {
  const { offsetDays: days, offsetUnit } = some;
  if (offsetUnit === 'calendar' || days === 0) return { low: days, high: days };
  const count = Math.abs(days);
  // from a Sunday the first weekend is over already; from a Friday it lies ahead
  const [few, many] = [count + 2 * Math.floor((count - 1) / 5), count + 2 * Math.ceil(count / 5)];
  return days > 0 ? { low: few, high: many } : { low: -many, high: -few };
}
