import type { ActivityKind } from '../../activity/activity.store.ts';
import type { Problem } from '../../activity/problem.store.ts';
import { formatDay } from '../../domain/day.ts';
import { localeOf } from '../../domain/locale.ts';
import { formatMoney } from '../../domain/money.ts';
import type { AgreementKind, AgreementState, AgreementTerms } from './agreement.ts';

/** An agreement as far as it is spoken of. */
export interface Spoken extends AgreementTerms {
  readonly saidBy: string;
  readonly receivedMinor: number;
  /** Open on its invoices now. */
  readonly openMinor: number;
  /** Numbers of its invoices, for example "invoices 1001, 1002". */
  readonly about: string;
}

/** What a live agreement holds its invoices for, as the reason of the hold. */
export function holdWords(agreement: Spoken, country: string): string {
  const { money, on } = writers(agreement, country);
  const { amountMinor, dueOn, saidBy, kind, instalments } = agreement;
  if (kind === 'promise') return `${money(amountMinor)} by ${on(dueOn)}, promised by ${saidBy}`;
  if (kind === 'plan')
    return `${money(amountMinor)} in ${instalments.length} instalments until ${on(dueOn)}, agreed with ${saidBy}`;
  return `${money(amountMinor)} settles ${agreement.about} if paid by ${on(dueOn)}`;
}

/** The reason of the hold that an accepted offer leaves, until the rest is credited. */
export function restHoldWords(agreement: Spoken, country: string): string {
  const { money } = writers(agreement, country);
  return `the offer was taken up; the rest of ${money(agreement.openMinor)} is to be credited in the ledger`;
}

/** Numbers of invoices for a reader. */
export function aboutInvoices(numbers: readonly (string | null)[]): string {
  const shown = numbers.slice(0, 5).map((number) => number ?? 'without a number');
  const more = numbers.length > shown.length ? ` and ${numbers.length - shown.length} more` : '';
  return `${numbers.length === 1 ? 'invoice' : 'invoices'} ${shown.join(', ')}${more}`;
}

interface Told {
  readonly kind: ActivityKind;
  readonly summary: string;
}

/** What is recorded when an agreement becomes that. `before`: null when it is new. */
export function told(
  agreement: Spoken,
  before: AgreementState | null,
  after: AgreementState,
  country: string,
): Told {
  const kind = before !== null && isReopened(after) ? reopenedKinds[agreement.kind] : activityOf[after];
  return {
    kind: kind ?? withdrawnKinds[agreement.kind],
    summary: summaryOf(agreement, before, after, country),
  };
}

function isReopened(after: AgreementState): boolean {
  return after === 'pending' || after === 'active' || after === 'open';
}

function summaryOf(
  agreement: Spoken,
  before: AgreementState | null,
  after: AgreementState,
  country: string,
): string {
  const { money, on } = writers(agreement, country);
  const { about, dueOn, saidBy, kind } = agreement;
  const sum = money(agreement.amountMinor);
  const came = money(agreement.receivedMinor);
  if (after === 'withdrawn')
    return `What the ${kind} over ${sum} was about is not owed by this customer any more (${about}); it ended by itself.`;
  if (isReopened(after) && before !== null)
    return `The ledger changed what was received: ${came} of ${sum}. The ${kind} for ${about} stands again.`;
  const said: Readonly<Record<Exclude<AgreementState, 'withdrawn'>, string>> = {
    pending: `${saidBy} promised ${sum} by ${on(dueOn)} for ${about}.`,
    kept: `The promise of ${sum} by ${on(dueOn)} was kept (${about}).`,
    part_kept: `Of ${sum} promised by ${on(dueOn)}, ${came} came in time (${about}).`,
    broken: `The promise of ${sum} by ${on(dueOn)} was not kept: nothing came in time (${about}).`,
    active: `A plan was agreed with ${saidBy}: ${sum} in ${agreement.instalments.length} instalments until ${on(dueOn)} for ${about}.`,
    completed: `The plan over ${sum} was paid in full (${about}).`,
    breached: `The plan over ${sum} was breached: ${agreement.receivedMinor === 0 ? 'nothing' : came} came in time for its instalments (${about}).`,
    open: `Offered to settle ${about} for ${sum} instead of ${money(agreement.debtMinor)}, if paid by ${on(dueOn)}.`,
    accepted: `The offer was taken up: ${came} came in time for ${about}; still open: ${money(agreement.openMinor)}.`,
    lapsed: `The offer to settle ${about} for ${sum} lapsed: ${came} came by ${on(dueOn)}.`,
  };
  return said[after];
}

const activityOf: Readonly<Partial<Record<AgreementState, ActivityKind>>> = {
  pending: 'promise_made',
  kept: 'promise_kept',
  part_kept: 'promise_part_kept',
  broken: 'promise_broken',
  active: 'plan_agreed',
  completed: 'plan_completed',
  breached: 'plan_breached',
  open: 'offer_made',
  accepted: 'offer_accepted',
  lapsed: 'offer_lapsed',
};

const reopenedKinds: Readonly<Record<AgreementKind, ActivityKind>> = {
  promise: 'promise_reopened',
  plan: 'plan_reopened',
  offer: 'offer_reopened',
};

export const withdrawnKinds: Readonly<Record<AgreementKind, ActivityKind>> = {
  promise: 'promise_withdrawn',
  plan: 'plan_withdrawn',
  offer: 'offer_withdrawn',
};

/** What a person is asked to do about a state; null: nothing. `subject` and customer are the caller's. */
export function taskOf(
  agreement: Spoken,
  state: AgreementState,
  country: string,
): Omit<Problem, 'subject' | 'customerId'> | null {
  const { money } = writers(agreement, country);
  const what = summaryOf(agreement, null, state, country);
  const goOn = 'Reminders for its invoices go on.';
  const talk = 'Talk to the customer, and write down what you agree on.';
  if (agreement.openMinor === 0) return null;
  if (state === 'broken' || state === 'part_kept')
    return { kind: 'promise_broken', what, meaning: goOn, action: talk };
  if (state === 'breached') return { kind: 'plan_breached', what, meaning: goOn, action: talk };
  if (state !== 'accepted') return null;
  return {
    kind: 'credit_the_rest',
    what,
    meaning: 'Its invoices stay on hold until the ledger shows nothing open on them.',
    action: `Write a credit note of ${money(agreement.openMinor)} in the ledger and apply it to ${agreement.about}.`,
  };
}

/** The kinds of task that an agreement may have. */
export const taskKinds = ['promise_broken', 'plan_breached', 'credit_the_rest'] as const;

function writers({ currency }: AgreementTerms, country: string) {
  const locale = localeOf(country);
  return {
    money: (minor: number): string => formatMoney(minor, currency, locale),
    on: (day: AgreementTerms['dueOn']): string => formatDay(day, locale),
  };
}
