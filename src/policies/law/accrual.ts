import { Big } from 'big.js';
import { addDays, type Day, daysBetween } from '../../domain/day.ts';

/** What was owed, and what came in on which days; minor units of one currency. */
export interface Debt {
  readonly amountMinor: number;
  readonly dueOn: Day;
  readonly payments: readonly { readonly on: Day; readonly minor: number }[];
}

/** Days in a row with the same balance and the same rate; both ends included. */
export interface Piece {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly balanceMinor: number;
  readonly yearlyRateBp: number;
}

/** What is owed at the start of a day: a payment counts from the day after it. Never below zero (FEE-02). */
export function balanceOn(debt: Debt, on: Day): number {
  const paid = debt.payments.filter((payment) => payment.on < on);
  return Math.max(
    0,
    paid.reduce((rest, { minor }) => rest - minor, debt.amountMinor),
  );
}

/**
 * Splits the days `from` to `to` (both included) where the balance or the rate changes. `rateOn` gives the yearly rate
 * of a day and the last day on which it holds. Days on which nothing is owed are left out.
 */
export function pieces(
  debt: Debt,
  from: Day,
  to: Day,
  rateOn: (on: Day) => { readonly yearlyRateBp: number; readonly until: Day },
): Piece[] {
  const found: Piece[] = [];
  for (let start = from; start <= to; ) {
    const { yearlyRateBp, until } = rateOn(start);
    const begun = start;
    const nextPayment = debt.payments
      .map(({ on }) => on)
      .filter((on) => on >= begun)
      .toSorted()[0];
    const end = [to, until, nextPayment ?? to].toSorted()[0] ?? to;
    const balanceMinor = balanceOn(debt, start);
    const days = daysBetween(start, end) + 1;
    if (balanceMinor > 0) found.push({ from: start, to: end, days, balanceMinor, yearlyRateBp });
    start = addDays(end, 1);
  }
  return found;
}

/**
 * Simple interest by the day over 365 days a year, leap years too, rounded once at the end to the nearest minor unit,
 * half up. Throws RangeError when it does not fit a safe integer.
 */
export function simpleInterest(parts: readonly Piece[]): number {
  const sum = parts.reduce(
    (all, part) => all.plus(new Big(part.balanceMinor).times(part.days).times(part.yearlyRateBp)),
    new Big(0),
  );
  return minor(sum.div(365 * 10_000));
}

/** FEE-01: months begun; 30 days are one, 31 are two. */
export function monthsBegun(days: number): number {
  return Math.ceil(Math.max(0, days) / 30);
}

/**
 * Interest by the month begun, each of 30 days and a twelfth of the yearly rate on what is owed as it begins; rounded
 * once at the end, half up.
 */
export function monthlyInterest(debt: Debt, from: Day, to: Day, yearlyRateBp: number): number {
  const months = monthsBegun(daysBetween(from, to) + 1);
  const balances = Array.from({ length: months }, (_, index) => balanceOn(debt, addDays(from, index * 30)));
  const sum = balances.reduce((all, balance) => all.plus(balance), new Big(0));
  return minor(sum.times(yearlyRateBp).div(12 * 10_000));
}

function minor(amount: Big): number {
  const rounded = amount.round(0, Big.roundHalfUp).toNumber();
  if (!Number.isSafeInteger(rounded)) throw new RangeError('the interest is too large to be exact');
  return rounded;
}
