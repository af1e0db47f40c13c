import { addDays, type Day } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Step } from '../policies/step.ts';
import type { PositionLine } from '../receivables/position.ts';
import type { StepDone } from './history.ts';
import type { NextStepInput } from './next-step.ts';
import { rankOf } from './stage.ts';
import { standingStep } from './standing.ts';
import { whyNotFor } from './step-conditions.ts';
import { stepDay, stepDayAfter } from './step-day.ts';

/** An invoice's next step. */
export interface Pending {
  readonly line: PositionLine;
  readonly step: Step;
  /** The first day on which it may be taken, before windows, gaps and caps. */
  readonly dueOn: Day;
  /** What made it later than its age would. */
  readonly waits: readonly Reason[];
  /** 1: the first time; above it a repeat of the last step (SEQ-08). */
  readonly round: number;
}

/** A step that is not for this customer, or not any more: passed over, with the reason. */
export interface Passed {
  readonly line: PositionLine;
  readonly step: Step;
  readonly reason: Reason;
  readonly byLaw: boolean;
}

export interface Choice {
  /** Null: it has been through all that there is for it. */
  readonly pending: Pending | null;
  readonly passed: readonly Passed[];
}

/**
 * S1: which step an invoice goes through next, and from which day on. The first of its sequence after the last one that
 * it went through; of a changed sequence the first that is stricter than what it has heard: a change resumes, it never
 * restarts and never gets milder (S6, SEQ-22). Steps that are not for it are passed over, each with its reason.
 * `askMinor`: what would be asked for.
 */
export function choose(
  line: PositionLine,
  dueOn: Day,
  done: readonly StepDone[],
  askMinor: number,
  input: NextStepInput,
): Choice {
  const { policy, position, history } = input;
  const candidates = candidatesOf(line, done, input);
  const passed: Passed[] = [];
  const pass = (step: Step, reason: Reason, byLaw = false): void =>
    void passed.push({ line, step, reason, byLaw });
  for (const { step, round, stands } of candidates) {
    const milder = stands === true ? null : whyMilder(step, done, round > 1 ? null : policy.steps);
    if (milder !== null) {
      pass(step, milder);
      continue;
    }
    if (isBeforeDue(step) && line.state === 'ask') {
      pass(step, tooLate(step, line));
      continue;
    }
    const notFor = whyNotFor(step, { ...input, currency: position.currency, askMinor });
    if (notFor !== null) {
      pass(step, notFor.reason, notFor.byLaw);
      continue;
    }
    const day = round > 1 ? repeatDay(dueOn, step, done, input) : dayOf(line, dueOn, step, done, input);
    const waits = paymentWait(step, history.lastPaymentOn);
    const late = waits !== null && waits.day > day;
    return {
      pending: { line, step, dueOn: late ? waits.day : day, waits: late ? [waits.reason] : [], round },
      passed,
    };
  }
  return { pending: null, passed };
}

/** A step that can only be taken until the due date. */
export function isBeforeDue(step: Step): boolean {
  return step.offsetDays < 0 || step.stage === 'courtesy';
}

export function tooLate(step: Step, line: PositionLine): Reason {
  const number = line.number === null ? 'an invoice without a number' : `invoice ${line.number}`;
  return {
    rule: 'S1',
    words: `The ${step.name} is passed over for ${number}: it comes before the due date or not at all, and that was ${line.dueOn}.`,
  };
}

interface Candidate {
  readonly step: Step;
  readonly round: number;
  /** A touch with it stands already. */
  readonly stands?: true;
}

function candidatesOf(
  line: PositionLine,
  done: readonly StepDone[],
  { policy, standing }: NextStepInput,
): readonly Candidate[] {
  const { steps } = policy;
  const last = lastIndex(steps, done);
  const rest: Candidate[] = steps.slice(last + 1).map((step) => ({ step, round: 1 }));
  const final = steps.at(-1);
  if (last === steps.length - 1 && final?.repeat != null) {
    const times = done.filter((entry) => entry.stepKey === final.key).length;
    if (times <= final.repeat.most) rest.push({ step: final, round: times + 1 });
  }
  const inside = standingStep(standing, line.invoiceId, policy);
  if (inside === null || done.some((entry) => entry.stepKey === inside.key)) return rest;
  // what stands was planned as it is and stays (SEQ-17); only if it is not for them any more the sequence goes on
  const after = rest.filter(({ step }) => step.key !== inside.key);
  return [{ step: inside, round: 1, stands: true }, ...after];
}

/** The place of the furthest step of this sequence that was taken; -1: none was. */
function lastIndex(steps: readonly Step[], done: readonly StepDone[]): number {
  return steps.findLastIndex((step) => done.some((entry) => entry.stepKey === step.key));
}

/**
 * The stage that was reached when the last step was one that this sequence does not have: then only what is stricter
 * follows. -1: the last one is of this sequence, whose own order says what follows.
 */
function foreignRank(steps: readonly Step[], done: readonly StepDone[]): number {
  const last = latestOf(done);
  if (last === null || steps.some((step) => step.key === last.stepKey)) return -1;
  return highestOf(done);
}

function highestOf(done: readonly StepDone[]): number {
  return Math.max(-1, ...done.map((entry) => rankOf(entry.stage)));
}

/** `steps`: of its sequence; null: it is a repeat, which is as strict as itself. */
function whyMilder(step: Step, done: readonly StepDone[], steps: readonly Step[] | null): Reason | null {
  const rank = rankOf(step.stage);
  if (rank >= highestOf(done) && (steps === null || rank > foreignRank(steps, done))) return null;
  return {
    rule: 'S6',
    words: `The ${step.name} is passed over: the invoice has been through a step as strict; a change of the sequence resumes it and never gets milder.`,
  };
}

function dayOf(
  line: PositionLine,
  dueOn: Day,
  step: Step,
  done: readonly StepDone[],
  { policy, calendar }: NextStepInput,
): Day {
  const { steps } = policy;
  const byAge = stepDay(dueOn, step, calendar);
  const last = latestOf(done);
  if (last === null) return byAge;
  const before = beforeOf(step, steps, done);
  const byHistory =
    before === null ? last.on : stepDayAfter(last.on, before, step, line.dueOn ?? dueOn, calendar);
  return byHistory > byAge ? byHistory : byAge;
}

/** The step of this sequence that the history amounts to: the distance to the next is counted from it. */
function beforeOf(step: Step, steps: readonly Step[], done: readonly StepDone[]): Step | null {
  const foreign = foreignRank(steps, done);
  const [last, own] = [lastIndex(steps, done), steps.findIndex((other) => other.key === step.key)];
  const until = own < 0 ? steps.length : own;
  const index = steps.findLastIndex(
    (other, at) => at < until && (at <= last || rankOf(other.stage) <= foreign),
  );
  return steps[index] ?? null;
}

function latestOf(done: readonly StepDone[]): StepDone | null {
  return done.reduce<StepDone | null>(
    (latest, entry) => (latest === null || entry.on >= latest.on ? entry : latest),
    null,
  );
}

function repeatDay(dueOn: Day, step: Step, done: readonly StepDone[], { calendar }: NextStepInput): Day {
  const last = latestOf(done);
  if (last === null) throw new RangeError('a step is repeated that was never taken');
  const [again, byAge] = [addDays(last.on, step.repeat?.everyDays ?? 0), stepDay(dueOn, step, calendar)];
  return again > byAge ? again : byAge;
}

function paymentWait(step: Step, lastPaymentOn: Day | null): { day: Day; reason: Reason } | null {
  const days = step.conditions.daysSincePayment;
  if (days === null || lastPaymentOn === null) return null;
  const day = addDays(lastPaymentOn, days);
  return {
    day,
    reason: {
      rule: 'R5',
      words: `The ${step.name} waits until ${days} days after the last payment of ${lastPaymentOn}, ${day}.`,
    },
  };
}
