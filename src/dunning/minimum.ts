import { formatMoney } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import type { Policy } from '../policies/policy.ts';
import type { Position } from '../receivables/position.ts';

/**
 * TOL-01, TOL-05: why nothing is asked of a customer who owes too little, or null. What counts is what remains to ask
 * for, after part payments, credits and holds; at the policy's minimum it is too little, one minor unit more is not.
 * TOL-02: each currency has a minimum of its own; without one everything is chased, and nothing is ever converted.
 */
export function underMinimum(
  position: Pick<Position, 'currency' | 'askMinor'>,
  policy: Pick<Policy, 'minimumBalance'>,
  locale: string,
): Reason | null {
  const { currency, askMinor } = position;
  const minimum = Object.hasOwn(policy.minimumBalance, currency)
    ? policy.minimumBalance[currency]
    : undefined;
  if (minimum === undefined || askMinor <= 0 || askMinor > minimum) return null;
  const money = (minor: number): string => formatMoney(minor, currency, locale);
  return {
    rule: 'TOL-01',
    words: `What remains, ${money(askMinor)}, is not above the policy’s minimum of ${money(minimum)}: no reminder for so little.`,
  };
}
