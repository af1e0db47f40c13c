import { addBusinessDays, type BusinessCalendar, nextWindow } from '../domain/calendar.ts';
import { addDays, type Day, dayAt, instantAt } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Policy } from '../policies/policy.ts';
import type { Step } from '../policies/step.ts';
import type { Position, PositionLine } from '../receivables/position.ts';
import type { History, StepDone } from './history.ts';
import { underMinimum } from './minimum.ts';

export interface NextStepInput {
  readonly position: Position;
  readonly policy: Policy;
  readonly history: History;
  /** Business days and zone of the debtor (S1). */
  readonly calendar: BusinessCalendar;
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

export type NextStep =
  | {
      /** A touch may leave at `at` (now or later); which invoices go through which step then. */
      readonly kind: 'step';
      readonly step: Step;
      readonly at: Date;
      readonly advances: readonly Advance[];
      /** Past due and asked for, but their own step is not due by then, or they have been through all steps. */
      readonly listed: readonly PositionLine[];
      readonly reasons: readonly Reason[];
    }
  | { readonly kind: 'held'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'nothing'; readonly reasons: readonly Reason[] };

/**
 * The next step for one customer and currency, with its reasons: rules S1 to S3, R5 and TOL-01, one pure function for
 * preview, approval and the real run (S7).
 */
export function nextStep(input: NextStepInput): NextStep {
  const { position, policy, history } = input;
  if (position.holds.length > 0) {
    return { kind: 'held', reasons: position.holds.map(({ rule, words }) => ({ rule, words })) };
  }
  const tooLittle = underMinimum(position, policy, input.locale);
  if (tooLittle !== null) return { kind: 'nothing', reasons: [tooLittle] };
  const asked = position.lines.filter((line) => line.state === 'ask');
  const pending = asked.flatMap((line) => pendingStep(line, policy, history.stepsDone));
  const first = pending.map((entry) => entry.dueOn).sort()[0];
  if (first === undefined || position.askMinor <= 0)
    return { kind: 'nothing', reasons: [whyNothing(position, asked)] };
  const { at, reasons } = earliest(first, input);
  const onDay = dayAt(at, input.companyZone);
  const advances = pending.filter((entry) => entry.dueOn <= onDay);
  const step = strictest(
    advances.map((entry) => entry.step),
    policy,
  );
  const advancing = new Set(advances.map((entry) => entry.line.invoiceId));
  return {
    kind: 'step',
    step,
    at,
    advances: advances.map(({ line, step: own }) => ({ line, step: own })),
    listed: asked.filter((line) => !advancing.has(line.invoiceId)),
    reasons: [whyStep(step, advances, policy), ...reasons],
  };
}

interface Pending extends Advance {
  /** The first day on which the invoice's next step may be taken, before windows and gaps. */
  readonly dueOn: Day;
}

/** S1: the lowest incomplete step; its day is the later of due date + offset and the previous one's day + the gap. */
function pendingStep(line: PositionLine, policy: Policy, stepsDone: readonly StepDone[]): readonly Pending[] {
  if (line.dueOn === null) return [];
  const done = stepsDone.filter((entry) => entry.invoiceId === line.invoiceId);
  const index = policy.steps.findIndex((step) => !done.some((entry) => entry.stepKey === step.key));
  const step = policy.steps[index];
  if (step === undefined) return [];
  const byAge = addDays(line.dueOn, step.offsetDays);
  const before = policy.steps[index - 1];
  const last = done.find((entry) => entry.stepKey === before?.key);
  if (before === undefined || last === undefined) return [{ line, step, dueOn: byAge }];
  const byHistory = addDays(last.on, step.offsetDays - before.offsetDays);
  return [{ line, step, dueOn: byHistory > byAge ? byHistory : byAge }];
}

/** The first allowed instant on or after a day: gap, rest after a payment, caps, then the debtor's window. */
function earliest(dueOn: Day, input: NextStepInput): { at: Date; reasons: readonly Reason[] } {
  const { policy, history, calendar } = input;
  const limits: { day: Day; reason: Reason }[] = [];
  const lastTouch = history.touchDays.at(-1);
  if (lastTouch !== undefined) {
    const gap = policy.minGapBusinessDays;
    const day = addBusinessDays(lastTouch, gap, calendar);
    limits.push({
      day,
      reason: {
        rule: 'S3',
        words: `The last message was on ${lastTouch}; the next may follow ${gap} business days later, on ${day}.`,
      },
    });
  }
  if (history.lastPaymentOn !== null) {
    const rest = policy.restAfterPaymentBusinessDays;
    const day = addBusinessDays(history.lastPaymentOn, rest, calendar);
    limits.push({
      day,
      reason: {
        rule: 'R5',
        words: `A payment came in on ${history.lastPaymentOn}; the case rests ${rest} business days, until ${day}.`,
      },
    });
  }
  const lastAny = history.customerTouchDays.at(-1);
  if (lastAny !== undefined) {
    const day = addDays(lastAny, 1);
    limits.push({
      day,
      reason: {
        rule: 'S3',
        words: `One message a customer a day: the last one, in whatever currency, was on ${lastAny}.`,
      },
    });
  }
  for (const limit of capLimits(policy, history)) limits.push(limit);
  const binding = limits.filter((limit) => limit.day > dueOn).sort((a, b) => (a.day < b.day ? 1 : -1));
  const from = binding[0]?.day ?? dueOn;
  const opens = instantAt(from, '00:00', input.companyZone);
  const at = nextWindow(opens > input.now ? opens : input.now, policy.window, calendar);
  return { at, reasons: binding.map((limit) => limit.reason) };
}

/** S3: rolling caps over all channels. A window of n days that is full opens when its oldest touch leaves it. */
function capLimits(policy: Policy, history: History): { day: Day; reason: Reason }[] {
  const caps = [
    { days: 7, most: policy.caps.perWeek },
    { days: 30, most: policy.caps.perMonth },
  ];
  return caps.flatMap(({ days, most }) => {
    const oldest = history.customerTouchDays.at(-most);
    if (oldest === undefined) return [];
    const day = addDays(oldest, days);
    return [
      {
        day,
        reason: {
          rule: 'S3',
          words: `At most ${most} messages in ${days} days: the next may follow on ${day}.`,
        },
      },
    ];
  });
}

function strictest(steps: readonly Step[], policy: Policy): Step {
  const rank = (step: Step): number => policy.steps.findIndex((other) => other.key === step.key);
  const [first, ...rest] = steps;
  if (first === undefined) throw new RangeError('a step without an invoice cannot be');
  return rest.reduce((highest, step) => (rank(step) > rank(highest) ? step : highest), first);
}

function label(line: PositionLine): string {
  return line.number === null ? 'an invoice without a number' : `invoice ${line.number}`;
}

function whyStep(step: Step, advances: readonly Pending[], policy: Policy): Reason {
  const entry = advances.find((other) => other.step.key === step.key);
  const number = policy.steps.findIndex((other) => other.key === step.key) + 1;
  const about =
    entry === undefined
      ? ''
      : `: ${label(entry.line)}, due ${entry.line.dueOn}, reaches it on ${entry.dueOn}`;
  return {
    rule: 'S1',
    words: `The next step is the ${step.name} (step ${number} of ${policy.steps.length}, day +${step.offsetDays})${about}.`,
  };
}

function whyNothing(position: Position, asked: readonly PositionLine[]): Reason {
  if (position.pastDueMinor === 0) return { rule: 'R1', words: 'Nothing is past due.' };
  if (asked.length === 0)
    return {
      rule: 'R10',
      words: 'Everything that is past due is on hold or left out; each invoice says why.',
    };
  if (position.askMinor <= 0) return { rule: 'R4', words: 'Unapplied credit covers what is past due.' };
  return { rule: 'S1', words: 'The sequence has been through all its steps; a person decides what follows.' };
}
