import type { Currency } from '../../domain/currency.ts';
import { addDays, type Day, parseDay } from '../../domain/day.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { UserError } from '../../platform/errors.ts';
import { MOST_GRACE, MOST_INSTALMENTS } from './agreement.ts';

/** A day beyond is a slip of the pen. */
const FARTHEST_DAYS = 1_827;

/** What is owed, and how it is written for the person. */
export interface Debt {
  readonly minor: number;
  readonly currency: Currency;
  readonly locale: string;
}

/** A day on which something is promised. Throws UserError bad_input. */
export function checkDay(on: Day, today: Day): void {
  if (parseDay(on) === null) refuse('That day does not exist.', 'Choose a day from the calendar.');
  if (on < today) refuse('That day has passed.', 'Choose today or a later day.');
  if (on > addDays(today, FARTHEST_DAYS))
    refuse('That day is more than five years away.', 'Choose an earlier day.');
}

/** A promise is for a part of what is open, or all of it. Throws UserError bad_input. */
export function checkPromised(minor: number, debt: Debt): void {
  checkAmount(minor);
  if (minor > debt.minor)
    refuse(
      `${money(minor, debt)} is more than the ${money(debt.minor, debt)} that is open on the invoices.`,
      'State that sum or less, or name more invoices.',
    );
}

/** An offer is below what is open. Throws UserError bad_input. */
export function checkReduced(minor: number, debt: Debt): void {
  checkAmount(minor);
  if (minor >= debt.minor)
    refuse(
      `${money(minor, debt)} is no less than the ${money(debt.minor, debt)} that is open on the invoices.`,
      'Offer a smaller sum.',
    );
}

/** A plan's instalments rise in days and add up to the debt. Throws UserError bad_input. */
export function checkInstalments(
  instalments: readonly { readonly on: Day; readonly amountMinor: number }[],
  debt: Debt,
  today: Day,
): void {
  if (instalments.length < 2)
    refuse('A plan has at least two instalments.', 'Add one, or write a promise down instead.');
  if (instalments.length > MOST_INSTALMENTS)
    refuse(`A plan has at most ${MOST_INSTALMENTS} instalments.`, 'Agree on fewer, larger ones.');
  let before: Day | null = null;
  for (const { on, amountMinor } of instalments) {
    checkDay(on, today);
    checkAmount(amountMinor);
    if (before !== null && on <= before)
      refuse(
        'The instalments are not in the order of their days.',
        'Give each a later day than the one before.',
      );
    before = on;
  }
  const sum = sumMinor(instalments.map((each) => each.amountMinor));
  if (sum !== debt.minor)
    refuse(
      `The instalments add up to ${money(sum, debt)}, but ${money(debt.minor, debt)} is open on the invoices.`,
      `Change them by ${money(Math.abs(debt.minor - sum), debt)} in all.`,
    );
}

/** Throws UserError bad_input. */
export function checkGrace(businessDays: number, most = MOST_GRACE): void {
  if (Number.isInteger(businessDays) && businessDays >= 0 && businessDays <= most) return;
  refuse('The grace is no number of days that makes sense.', `Choose 0 to ${most} business days.`);
}

/** A name or reason that must be there, trimmed and at most `most` characters. Throws UserError bad_input. */
export function checkWords(text: string, missing: string, action: string, most = 200): string {
  const trimmed = text.trim();
  if (trimmed === '') refuse(missing, action);
  return trimmed.slice(0, most);
}

function checkAmount(minor: number): void {
  if (!Number.isSafeInteger(minor) || minor <= 0)
    refuse('The amount is not above zero.', 'State what is to be paid.');
}

function money(minor: number, { currency, locale }: Debt): string {
  return formatMoney(minor, currency, locale);
}

function refuse(what: string, action: string): never {
  throw new UserError('bad_input', what, action);
}
