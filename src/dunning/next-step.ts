import type { BusinessCalendar } from '../domain/calendar.ts';
import { addDays, type Day, dayAt } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Announcing } from '../policies/consequences/consequence.ts';
import type { Law } from '../policies/law/law.ts';
import type { Policy } from '../policies/policy.ts';
import type { Channel, DebtorType, Step } from '../policies/step.ts';
import type { Position, PositionLine } from '../receivables/position.ts';
import { type Informed, leadOf } from './heads-up.ts';
import type { History } from './history.ts';
import { instalmentsDue } from './instalment.ts';
import type { Limit } from './limit.ts';
import { type Chosen, chosenOf } from './options.ts';
import type { Plans } from './payment-plan.ts';
import { remindersOf } from './reminders.ts';
import type { Standing } from './standing.ts';
import { statementDue } from './statement.ts';
import { stepMade } from './step-made.ts';
import { whyPassed, whyStep } from './step-words.ts';
import { whyStopped } from './stopped.ts';
import type { CallableOf } from './wrong-number.ts';

export interface NextStepInput {
  readonly position: Position;
  /** In force for this customer. */
  readonly policy: Policy;
  /** What the law leaves open for this debtor today. */
  readonly law: Law;
  readonly debtorType: DebtorType;
  /** P8: what consequences can be announced now. */
  readonly announcing: Announcing;
  readonly history: History;
  /** R11: their payment plans in this currency. */
  readonly plans: Plans;
  /** S9: where calls to this debtor go; absent: wherever there is a number. */
  readonly callable?: CallableOf;
  /** The touch of this case that is planned and has not left; null: none is. */
  readonly standing: Standing | null;
  /** P9: who hears of a step before it leaves; null: nobody. */
  readonly informed: Informed | null;
  /** Until when a channel waits for that; absent: it does not. */
  readonly lead?: Limit & { readonly channel: Channel };
  /** Business days and zone of the debtor (S1). */
  readonly calendar: BusinessCalendar;
  /** Zones (IANA names) in which the debtor may be, the calendar's among them: hours must hold in each. */
  readonly debtorZones: readonly string[];
  /** The zone in which due dates and histories are days. */
  readonly companyZone: string;
  /** For amounts in reasons, for example `en-NZ`. */
  readonly locale: string;
  readonly now: Date;
}

/** An invoice that goes through a step with the touch. */
export interface Advance {
  readonly line: PositionLine;
  readonly step: Step;
}

interface Decided {
  readonly reasons: readonly Reason[];
  /** The next day (company's zone) on which the decision can change by itself; null: only when something happens. */
  readonly lookAgainOn: Day | null;
}

export type NextStep =
  | (Decided & {
      /** A touch may leave at `at` (now or later); which invoices go through which step then. */
      readonly kind: 'step';
      /** As it is to be made: with what the law asks of it. */
      readonly step: Step;
      readonly at: Date;
      readonly advances: readonly Advance[];
      /** Asked for or shown, but their own step is not due by then, or they have been through all steps. */
      readonly listed: readonly PositionLine[];
      /** What it asks for, minor units: the past due; before the due date what falls due; of a statement all; of a plan what is short. */
      readonly askMinor: number;
      /** The month of a statement, the round of a repeat, plan and instalment; else null (S8). */
      readonly occasion: string | null;
      /** SEQ-07: what is past due has been through its sequence; what follows is a statement. */
      readonly finished: boolean;
    })
  | (Decided & {
      readonly kind: 'held';
      /** The law, or hours that leave none, forbid all that is left: why. Absent: something else holds. */
      readonly forbidden?: readonly Reason[];
    })
  | (Decided & {
      readonly kind: 'nothing';
      /** SEQ-07, IDM-15: what is past due has been through all steps; a person decides what follows. */
      readonly finished: boolean;
    });

/** A rule that leaves no hour open may end by itself: laws have dates. */
const LOOK_AGAIN_DAYS = 7;

/**
 * The next step for one customer and currency, with its reasons: rules S1 to S3, S6, R5, R11, TOL-01 and the law, one
 * pure function for preview, approval and the real run (S7).
 */
export function nextStep(input: NextStepInput): NextStep {
  const found = nextStepAt(input);
  if (found.kind !== 'step') return found;
  // P9: whether anybody hears of it first depends on the step as it is made; waiting for them may bring another day
  const lead = leadOf(found.step, found.at, input);
  if (lead === null || lead.at <= found.at) return found;
  return nextStepAt({ ...input, lead: { ...lead, channel: found.step.channel } });
}

function nextStepAt(input: NextStepInput): NextStep {
  const today = dayAt(input.now, input.companyZone);
  const stopped = whyStopped(input);
  if (stopped !== null) return stopped;
  const reminders = remindersOf(input);
  const instalments = instalmentsDue(input);
  const { finished } = reminders;
  const passed = [...whyPassed(reminders.passed), ...instalments.not, ...instalments.held];
  const besides = { statement: statementDue(input, today), instalments: instalments.due };
  const chosen = chosenOf(reminders.pending, besides, input);
  if (chosen === null) {
    const { lookAgainOn } = instalments;
    const forbidden = whyPassed(reminders.passed.filter((each) => each.byLaw));
    if (forbidden.length > 0) return { kind: 'held', reasons: passed, forbidden, lookAgainOn };
    // nothing else is asked for, so that it is all that could be said
    if (instalments.held.length > 0 && reminders.asked.length === 0)
      return { kind: 'held', reasons: instalments.held, lookAgainOn };
    return { kind: 'nothing', reasons: [...reminders.nothing, ...passed], lookAgainOn, finished };
  }
  if ('never' in chosen)
    return {
      kind: 'held',
      reasons: [...chosen.never, ...passed],
      forbidden: [...chosen.never, ...whyPassed(reminders.passed.filter((each) => each.byLaw))],
      lookAgainOn: addDays(today, LOOK_AGAIN_DAYS),
    };
  const { at, advances } = chosen;
  const inForce = input.policy.steps.find(({ key }) => key === chosen.step.key) ?? null;
  const made = stepMade(chosen.step, input, inForce, advances);
  const said = saidBy(chosen);
  const advancing = new Set(advances.map(({ line }) => line.invoiceId));
  return {
    kind: 'step',
    step: made.step,
    at,
    advances: advances.map(({ line, step }) => ({ line, step })),
    listed: (said?.lines ?? reminders.asked).filter((line) => !advancing.has(line.invoiceId)),
    askMinor: said?.askMinor ?? reminders.askMinorOf(advances),
    occasion: said?.occasion ?? roundOf(advances),
    finished,
    reasons: [
      said?.why ?? whyStep(chosen.step, advances, input.policy),
      ...passed,
      ...chosen.later,
      ...made.reasons,
      ...chosen.reasons,
    ],
    lookAgainOn: dayAt(at, input.companyZone),
  };
}

/** What is of no sequence: what it lists and asks for, and why. Null: it is a step of the sequence. */
function saidBy({ statement, instalment }: Chosen) {
  if (instalment !== null) return instalment;
  if (statement === null) return null;
  const why: Reason = {
    rule: 'P16',
    words: `The statement of ${statement.month} goes from ${statement.dueOn} on; a reminder of its day follows after it.`,
  };
  return { lines: statement.lines, askMinor: statement.openMinor, occasion: statement.month, why };
}

/** Of a repeat of the last step. */
function roundOf(advances: Chosen['advances']): string | null {
  const round = Math.max(...advances.map((entry) => entry.round));
  return round > 1 ? `round ${round}` : null;
}
