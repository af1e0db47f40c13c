import { type Day, instantAt } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Channel } from '../policies/step.ts';

/** Something that may not happen before an instant, and why. */
export interface Limit {
  readonly at: Date;
  readonly reason: Reason;
}

/** The instant from which it is this day, or a later one, in all of these zones (IANA names). */
export function beginOf(day: Day, zones: readonly string[]): Date {
  const begins = zones.map((zone) => instantAt(day, '00:00', zone).getTime());
  return new Date(Math.max(...begins));
}

/** Whether a rule for these channels is about a touch of that one: a statement travels as e-mail. */
export function concerns(channels: readonly string[], channel: Channel): boolean {
  return channels.includes(channel) || (channel === 'statement' && channels.includes('email'));
}
