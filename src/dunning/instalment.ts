import { addDays, type Day, dayAt } from '../domain/day.ts';
import { formatMoney, sumMinor } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import { type Step, step } from '../policies/step.ts';
import { lawReason } from '../policies/style.ts';
import type { PositionLine } from '../receivables/position.ts';
import { earliest } from './earliest.ts';
import { underMinimum } from './minimum.ts';
import type { NextStepInput } from './next-step.ts';
import { endsOn, occasionOf, type PaymentPlan, shortOf } from './payment-plan.ts';

/** R11: of no sequence. It takes no invoice further in its own, and counts as contact. */
export const instalmentStep: Step = step({
  key: 'instalment',
  name: 'instalment reminder',
  offsetDays: 1,
  stage: 'courtesy',
  template: 'instalment',
});

/** The reminder of what is short of a plan's instalments, once each. */
export interface InstalmentDue {
  readonly at: Date;
  /** What is short of the instalments whose day has gone by then, minor units. */
  readonly askMinor: number;
  /** Of the latest of them (S8). */
  readonly occasion: string;
  /** The open invoices of the plan. */
  readonly lines: readonly PositionLine[];
  readonly why: Reason;
  /** What made it later. */
  readonly reasons: readonly Reason[];
}

/** What is to be said of the live plans: reminders, now or later, and why there is none of others. */
export interface Instalments {
  readonly due: readonly InstalmentDue[];
  readonly not: readonly Reason[];
  /** R10: of these, what holds a reminder that would be due. */
  readonly held: readonly Reason[];
  /** The next day on which more of an instalment may be short; null: none. */
  readonly lookAgainOn: Day | null;
}

/**
 * R11: an instalment whose day has gone by and that the books do not cover is reminded of once while its plan lives, from
 * the next day on that hours, gaps, caps and the law allow. Only the plan's own hold is passed over (R10).
 */
export function instalmentsDue(input: NextStepInput): Instalments {
  const found = input.plans.live.map((plan) => dueOf(plan, input));
  return {
    due: found.flatMap((each) => ('due' in each ? [each.due] : [])),
    not: found.flatMap((each) => ('not' in each ? [each.not] : [])),
    held: found.flatMap((each) => ('held' in each ? [each.held] : [])),
    lookAgainOn: nextDay(input),
  };
}

type Found = { readonly due: InstalmentDue } | { readonly not: Reason } | { readonly held: Reason } | object;

function dueOf(plan: PaymentPlan, input: NextStepInput): Found {
  const lines = linesOf(plan, input.position.lines);
  // nothing is owed on it, or an invoice of it is chased by its sequence
  if (lines.length === 0 || !lines.every(isHeldByPlan)) return {};
  const short = shortOf(plan);
  const [oldest] = short;
  const next = short.find(({ number }) => number > plan.remindedThrough);
  if (oldest === undefined) return {};
  if (next === undefined) return { not: said(plan) };
  const found = earliest(addDays(next.dueOn, 1), 'email', input);
  if ('never' in found) return { not: found.never };
  const on = dayAt(found.at, input.companyZone);
  if (on > oldest.graceUntil)
    return { not: oldest.number <= plan.remindedThrough ? said(plan) : tooLate(plan, next.number) };
  const due = short.filter(({ dueOn }) => dueOn < on);
  const sum = sumMinor(due.map(({ amountMinor, paidMinor }) => amountMinor - paidMinor));
  const askMinor = Math.min(sum, sumMinor(lines.map(({ openMinor }) => openMinor)));
  const against = whyNot(plan, lines, askMinor, input);
  if (against !== null) return against;
  const latest = due.at(-1) ?? next;
  return {
    due: {
      at: found.at,
      askMinor,
      occasion: occasionOf(plan.planId, latest.number),
      lines,
      why: whyDue(plan, latest.number, askMinor, input),
      reasons: found.reasons,
    },
  };
}

function linesOf({ invoiceIds }: PaymentPlan, lines: readonly PositionLine[]): readonly PositionLine[] {
  return lines.filter(({ invoiceId }) => invoiceIds.has(invoiceId));
}

function isHeldByPlan({ holds }: PositionLine): boolean {
  return holds.some(({ kind }) => kind === 'plan');
}

/** R10: what else holds an invoice of the plan; R4, TOL-01 and the law. */
function whyNot(
  plan: PaymentPlan,
  lines: readonly PositionLine[],
  askMinor: number,
  { position, policy, law, locale }: NextStepInput,
): { readonly held: Reason } | { readonly not: Reason } | null {
  for (const { holds, state, reasons } of lines) {
    const other = holds.find(({ kind }) => kind !== 'plan');
    if (other !== undefined) return { held: { rule: other.rule, words: other.words } };
    const [leftOut] = reasons;
    if (state === 'left_out' && leftOut !== undefined) return { held: leftOut };
  }
  const block = law.blocked.find(({ what }) => what === 'email');
  if (block !== undefined)
    return { held: lawReason(block.rule, `The instalment is not reminded of. ${block.rule.words}`) };
  if (freeCredit(plan, lines, position.creditsMinor) >= askMinor)
    return {
      held: {
        rule: 'R4',
        words: 'Unapplied credit covers what is short of the plan. Apply the credit in the ledger.',
      },
    };
  const tooLittle = underMinimum({ currency: position.currency, askMinor }, policy, locale);
  return tooLittle === null ? null : { not: tooLittle };
}

/** Of the unapplied credit, what the plan has not counted as received already. */
function freeCredit(
  { debtMinor, receivedMinor }: PaymentPlan,
  lines: readonly PositionLine[],
  creditsMinor: number,
): number {
  const settledMinor = Math.max(0, debtMinor - sumMinor(lines.map(({ openMinor }) => openMinor)));
  return creditsMinor - Math.max(0, receivedMinor - settledMinor);
}

function whyDue(plan: PaymentPlan, number: number, askMinor: number, input: NextStepInput): Reason {
  const one = plan.instalments.find((each) => each.number === number);
  const money = formatMoney(askMinor, input.position.currency, input.locale);
  return {
    rule: 'R11',
    words: `The next step is the ${instalmentStep.name} of the payment plan: instalment ${number} of ${plan.instalments.length}, due ${one?.dueOn}; ${money} is short by then.`,
  };
}

function said(plan: PaymentPlan): Reason {
  return {
    rule: 'R11',
    words: `Instalment ${plan.remindedThrough} of ${plan.instalments.length} is short and was reminded of once; if it stays so, the plan ends on ${endsOn(plan)}.`,
  };
}

function tooLate(plan: PaymentPlan, number: number): Reason {
  return {
    rule: 'R11',
    words: `Instalment ${number} of ${plan.instalments.length} is not reminded of: nothing may leave before ${endsOn(plan)}, and if it stays short the plan ends then.`,
  };
}

function nextDay({ plans, now, companyZone }: NextStepInput): Day | null {
  const today = dayAt(now, companyZone);
  const days = plans.live.flatMap((plan) => shortOf(plan).find(({ dueOn }) => dueOn >= today)?.dueOn ?? []);
  const first = days.sort()[0];
  return first === undefined ? null : addDays(first, 1);
}
