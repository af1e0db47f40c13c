import { addDays, type Day } from '../domain/day.ts';
import { MOST_INSTALMENTS } from '../receivables/agreements/agreement.ts';

export const rhythms = ['weekly', 'fortnightly', 'monthly'] as const;
export type Rhythm = (typeof rhythms)[number];

export interface ProposedInstalment {
  readonly on: Day;
  readonly amountMinor: number;
}

/**
 * Equal instalments that add up exactly to the debt; the last one takes the remainder. A month without the first
 * one's day of the month has it on its last day. Minor units. There are never more instalments than units of money.
 */
export function proposeInstalments(
  debtMinor: number,
  count: number,
  firstOn: Day,
  rhythm: Rhythm,
): readonly ProposedInstalment[] {
  const parts = Math.max(1, Math.min(Math.trunc(count), debtMinor, MOST_INSTALMENTS));
  const each = Math.floor(debtMinor / parts);
  return Array.from({ length: parts }, (_, index) => ({
    on: stepped(firstOn, index, rhythm),
    amountMinor: index < parts - 1 ? each : debtMinor - each * (parts - 1),
  }));
}

function stepped(firstOn: Day, index: number, rhythm: Rhythm): Day {
  if (rhythm !== 'monthly') return addDays(firstOn, index * (rhythm === 'weekly' ? 7 : 14));
  return Temporal.PlainDate.from(firstOn).add({ months: index }, { overflow: 'constrain' }).toString() as Day;
}

/**
 * What a discount leaves of a debt, in minor units, the discount rounded down to a whole unit. Null: the discount has
 * more than two decimals, takes nothing off, or leaves nothing.
 */
export function reducedBy(debtMinor: number, percent: number): number | null {
  const hundredths = Math.round(percent * 100);
  if (!Number.isFinite(percent) || Math.abs(hundredths - percent * 100) > 1e-6) return null;
  if (hundredths <= 0 || hundredths >= 10_000) return null;
  const off = Number((BigInt(debtMinor) * BigInt(hundredths)) / 10_000n);
  return off > 0 && off < debtMinor ? debtMinor - off : null;
}

/** How much less a reduced sum is, in per cent with one decimal. */
export function percentOff(debtMinor: number, reducedMinor: number): number {
  return debtMinor <= 0 ? 0 : Math.round(((debtMinor - reducedMinor) / debtMinor) * 1_000) / 10;
}
