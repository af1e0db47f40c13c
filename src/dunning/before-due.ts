import { type Day, dayAt } from '../domain/day.ts';
import { sumMinor } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import type { PositionLine } from '../receivables/position.ts';
import { choicesOf } from './choices.ts';
import { underMinimum } from './minimum.ts';
import type { NextStepInput } from './next-step.ts';
import { chosenOf } from './options.ts';
import type { Reminders } from './reminders.ts';
import { type Choice, isBeforeDue, type Passed, type Pending } from './step-choice.ts';
import { whyNotFor } from './step-conditions.ts';
import { whyNothing, whyPassed } from './step-words.ts';

/**
 * P28: what falls due soon, by steps that come before the due date or on it. R4, TOL-01 and the conditions of a step look
 * at what its message asks for, which is no more than what goes through a step on its day: what is too little by then
 * waits for what falls due next, as long as it is not past due itself.
 */
export function beforeDue(input: NextStepInput): Reminders {
  const { position, policy } = input;
  const early = policy.steps.some((step) => step.offsetDays <= 0);
  const lines = early ? position.lines.filter((line) => line.state === 'not_due') : [];
  const askMinorOf = (of: readonly Pending[]): number =>
    netOf(
      of.map(({ line }) => line),
      input,
    );
  const none: Reminders = { pending: [], passed: [], asked: [], nothing: [], finished: false, askMinorOf };
  if (lines.length === 0) return { ...none, nothing: [whyNothing(position, [])] };
  const mostMinor = netOf(lines, input);
  const against = whyTooLittle(mostMinor, '', input);
  if (against !== null) return { ...none, nothing: [against] };
  const told: Passed[] = [];
  // once: it is the same on whatever day something leaves
  let ahead = aheadOf(lines, mostMinor, input);
  for (let from: Day | null = null; ; ) {
    const found: Found = firstFrom(from, ahead, input);
    told.push(...found.told);
    if ('pending' in found)
      return { ...none, pending: found.pending, passed: [...told, ...found.passed], nothing: [] };
    const { next } = found;
    if (next === null)
      return { ...none, nothing: told.length > 0 ? whyPassed(told) : [whyNothing(position, [])] };
    from = next;
    ahead = ahead.filter(({ line }) => !isPast(line.dueOn, next));
  }
}

/** An invoice, and what is next for it. */
interface Ahead {
  readonly line: PositionLine;
  readonly choice: Choice;
  /** Its step, if that can come before the due date or on it. */
  readonly early: Pending | null;
}

/** What is next for each when so much would be asked for, minor units. */
function aheadOf(lines: readonly PositionLine[], askMinor: number, input: NextStepInput): readonly Ahead[] {
  const dated = lines.filter(({ dueOn }) => dueOn !== null);
  return choicesOf(dated, () => askMinor, input).flatMap((choice, index) => {
    const [line, pending] = [dated[index], choice.pending];
    const isEarly = pending !== null && (pending.step.offsetDays <= 0 || isBeforeDue(pending.step));
    return line === undefined ? [] : [{ line, choice, early: isEarly ? pending : null }];
  });
}

/** What may go first; or why it may not, and from which day on something else may (null: nothing else). */
type Found = { readonly told: readonly Passed[] } & (
  | { readonly pending: readonly Pending[]; readonly passed: readonly Passed[] }
  | { readonly next: Day | null }
);

/** What goes first of what has its step by then, as if nothing had been possible before `from`. */
function firstFrom(from: Day | null, ahead: readonly Ahead[], input: NextStepInput): Found {
  const told: Passed[] = [];
  let left = ahead;
  let firstOn: Day | null = null;
  for (;;) {
    const pending = left.flatMap(({ early }) => (early === null ? [] : [notBefore(from, early)]));
    const first = chosenOf(pending, { statement: null, instalments: [] }, input);
    if (first === null) return { told, next: null };
    const on = 'never' in first ? null : dayAt(first.at, input.companyZone);
    firstOn ??= on;
    // what was too little alone may go along then
    if (on !== null && firstOn !== null && on > firstOn) return { told, next: on };
    const not = 'never' in first ? null : whyNot(first.advances, input);
    if (not === null) return { told, pending, passed: left.flatMap(({ choice }) => choice.passed) };
    told.push(...not.passed);
    left = without(not, left, input);
  }
}

function notBefore(from: Day | null, pending: Pending): Pending {
  return from !== null && pending.dueOn < from ? { ...pending, dueOn: from } : pending;
}

/** What is left when these are not told of; with a sum that only their step is not for, they go on to their next one. */
function without({ passed, askMinor }: Not, left: readonly Ahead[], input: NextStepInput): readonly Ahead[] {
  const lines = new Set(passed.map(({ line }) => line));
  if (askMinor === null) return left.filter(({ line }) => !lines.has(line));
  const again = new Map(aheadOf([...lines], askMinor, input).map((each) => [each.line, each]));
  return left.map((each) => again.get(each.line) ?? each);
}

/** `askMinor` null: it asks for too little as a whole; else only these steps are not for such a sum. */
interface Not {
  readonly passed: readonly Passed[];
  readonly askMinor: number | null;
}

/** Why a message about these invoices is not made; null: it is. */
function whyNot(advances: readonly Pending[], input: NextStepInput): Not | null {
  const { currency } = input.position;
  const askMinor = netOf(
    advances.map(({ line }) => line),
    input,
  );
  const against = whyTooLittle(askMinor, ' by then', input);
  if (against !== null) {
    const passed = advances.map(({ line, step }) => ({ line, step, reason: against, byLaw: false }));
    return { passed, askMinor: null };
  }
  const passed = advances.flatMap(({ line, step }) => {
    const notFor = whyNotFor(step, { ...input, currency, askMinor });
    return notFor === null ? [] : [{ line, step, ...notFor }];
  });
  return passed.length === 0 ? null : { passed, askMinor };
}

/** What is open of them above the unapplied credit, minor units; zero or below: nothing would be asked for. */
function netOf(lines: readonly PositionLine[], { position }: NextStepInput): number {
  return sumMinor(lines.map((line) => line.openMinor)) - position.creditsMinor;
}

function whyTooLittle(
  askMinor: number,
  byWhen: '' | ' by then',
  { position, policy, locale }: NextStepInput,
): Reason | null {
  if (askMinor <= 0) return { rule: 'R4', words: `Unapplied credit covers what falls due${byWhen}.` };
  return underMinimum({ currency: position.currency, askMinor }, policy, locale);
}

function isPast(dueOn: Day | null, on: Day | null): boolean {
  return dueOn !== null && on !== null && dueOn < on;
}
