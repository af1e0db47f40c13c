import { addDays, dayAt } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import { formatMoney } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import type { Policy } from '../policies/policy.ts';
import type { Channel, Step } from '../policies/step.ts';
import type { Position } from '../receivables/position.ts';
import { holding } from './holding.ts';
import { type Fresh, type MadeTouch, whyMadeOtherwise } from './made-otherwise.ts';
import type { NextStep } from './next-step.ts';
import type { NewTouch } from './touch.store.ts';
import type { TouchState } from './touch-state.ts';

export type Mode = 'preview' | 'approve' | 'autopilot';

export interface ReleaseInput {
  readonly mode: Mode;
  readonly channel: Channel;
  readonly needsPerson: boolean;
  /** S4: the company released a first batch before. */
  readonly firstBatchReleased: boolean;
  /** S4: today's plan is larger than the volume brake allows. */
  readonly brake: boolean;
  /** R14: the ledger sends reminders of its own. */
  readonly ledgerReminders: boolean;
  readonly stepName: string;
}

export interface Release {
  readonly state: Extract<TouchState, 'planned' | 'awaiting_approval' | 'approved'>;
  readonly reason: string | null;
}

/** S4: why a touch of a day that the volume brake stopped waits. */
export const BRAKED = 'Today’s batch is unusually large, so a person looks at it first.';

/** S4, R14: whether a touch waits for a person, and why. */
export function releaseOf(input: ReleaseInput): Release {
  if (input.mode === 'preview')
    return { state: 'planned', reason: 'Preview: nothing leaves until you change the mode.' };
  // whoever calls is a person: it is on their list at once, and nothing leaves by itself
  if (input.channel === 'call') return { state: 'approved', reason: null };
  if (input.mode === 'approve')
    return { state: 'awaiting_approval', reason: 'The mode is approve, so a person releases it.' };
  if (!input.firstBatchReleased)
    return { state: 'awaiting_approval', reason: 'The first batch is always released by a person.' };
  if (input.needsPerson)
    return { state: 'awaiting_approval', reason: `A ${input.stepName} always needs a person.` };
  if (input.brake) return { state: 'awaiting_approval', reason: BRAKED };
  if (input.ledgerReminders)
    return {
      state: 'awaiting_approval',
      reason: 'The ledger sends reminders of its own; a person looks first so that nobody is chased twice.',
    };
  return { state: 'approved', reason: null };
}

/** The company, as far as S4 and R14 depend on it. */
export interface ReleaseRules {
  readonly mode: string;
  readonly first_batch_released_at: Date | null;
  readonly ledger_reminders_on: boolean | null;
}

/** What S4 and R14 ask of the company. */
export function rulesOf(
  company: ReleaseRules,
): Pick<ReleaseInput, 'mode' | 'firstBatchReleased' | 'ledgerReminders'> {
  return {
    mode: company.mode as Mode,
    firstBatchReleased: company.first_batch_released_at !== null,
    ledgerReminders: company.ledger_reminders_on === true,
  };
}

/** Whether a message leaves with nobody looking at it, unless its day is unusually large (S4). */
export function byItself(
  step: Pick<Step, 'channel' | 'needsPerson' | 'name'>,
  company: ReleaseRules,
): boolean {
  const { channel, needsPerson, name: stepName } = step;
  if (channel !== 'email' && channel !== 'statement') return false;
  const release = releaseOf({ ...rulesOf(company), channel, needsPerson, brake: false, stepName });
  return release.state === 'approved';
}

const BRAKE_FLOOR = 10;
const BRAKE_FACTOR = 3;

/** S4: a day that plans more than max(10, 3 × the trailing average) falls back to approve. */
export function volumeBrake(plannedToday: number, trailingAveragePerDay: number): boolean {
  return plannedToday > Math.max(BRAKE_FLOOR, BRAKE_FACTOR * trailingAveragePerDay);
}

export type Verdict = 'touch' | 'wait' | 'held' | 'nothing_due';

export interface Decision {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly stepKey: string | null;
  readonly nextAt: Date | null;
}

/** What today's decision is, in words that carry its figures: stored for every customer and day (S11). */
export function decisionOf(
  next: NextStep,
  position: Position,
  now: Date,
  company: { readonly time_zone: string; readonly country: string },
): Decision {
  const money = (minor: number): string => formatMoney(minor, position.currency, localeOf(company.country));
  // a hold of the whole customer holds all that is past due (R10)
  const [heldMinor, askMinor] =
    next.kind === 'held' ? [position.pastDueMinor, 0] : [position.heldMinor, position.askMinor];
  const figures: Reason = {
    rule: 'R2',
    words: `Past due ${money(position.pastDueMinor)}, of it held ${money(heldMinor)}, credits ${money(position.creditsMinor)}, to ask for ${money(askMinor)}.`,
  };
  if (next.kind === 'held')
    return { verdict: 'held', reasons: [...next.reasons, figures], stepKey: null, nextAt: null };
  if (next.kind === 'nothing')
    return { verdict: 'nothing_due', reasons: [...next.reasons, figures], stepKey: null, nextAt: null };
  return {
    verdict: isToday(next.at, now, company.time_zone) ? 'touch' : 'wait',
    reasons: [...next.reasons, figures],
    stepKey: next.step.key,
    nextAt: next.at,
  };
}

/** A touch is written down on its day, so that the morning's batch can be looked at before its window opens. */
export function isToday(at: Date, now: Date, zone: string): boolean {
  return at < now || dayAt(at, zone) <= dayAt(now, zone);
}

/** The invoices of a touch with the step each goes through; `listed` ones are only mentioned (S2). */
export function touchInvoices(next: Extract<NextStep, { kind: 'step' }>): NewTouch['invoices'] {
  return [
    ...next.advances.map(({ line, step }) => ({
      invoiceId: line.invoiceId,
      stepKey: step.key,
      stage: step.stage,
      openMinor: line.openMinor,
      daysLate: line.daysLate,
    })),
    ...next.listed.map((line) => ({
      invoiceId: line.invoiceId,
      stepKey: 'listed',
      stage: null,
      openMinor: line.openMinor,
      daysLate: line.daysLate,
    })),
  ];
}

export interface StandingTouch extends MadeTouch {
  readonly ask_minor: number;
  readonly invoices: NewTouch['invoices'];
}

/**
 * Why a touch that was planned earlier may not leave as it is (CON-13), or null when nothing of substance changed.
 * Days late grow by themselves and are no change. `against`: why there is no fresh one, besides the position's own holds.
 */
export function whyStale(
  standing: StandingTouch,
  fresh: (Fresh & Pick<NewTouch, 'askMinor' | 'invoices'>) | null,
  position: Position | null,
  against: Reason | null = null,
): string | null {
  if (fresh === null) {
    if (position === null || position.pastDueMinor === 0) return 'nothing is past due any more.';
    const [hold] = holding(position, null);
    if (hold !== undefined) return hold.words;
    if (against !== null) return against.words;
    return 'no step is due any more.';
  }
  const figures = (invoices: NewTouch['invoices']): string =>
    invoices
      .map((invoice) => `${invoice.invoiceId}:${invoice.stepKey}:${invoice.openMinor}`)
      .sort()
      .join();
  if (figures(standing.invoices) !== figures(fresh.invoices) || standing.ask_minor !== fresh.askMinor) {
    return 'the figures changed since it was planned.';
  }
  return whyMadeOtherwise(standing, fresh);
}

/** The date that a reader is asked to pay by. */
export function payBy(sentOn: ReturnType<typeof dayAt>, days: number): ReturnType<typeof dayAt> {
  return addDays(sentOn, days);
}

export function stepNumberOf(policy: Policy, key: string): number {
  return policy.steps.findIndex((step) => step.key === key) + 1;
}
