import { type Day, dayAt } from '../domain/day.ts';
import { sumMinor } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import type { PositionLine } from '../receivables/position.ts';
import { choicesOf } from './choices.ts';
import { underMinimum } from './minimum.ts';
import type { NextStepInput } from './next-step.ts';
import { chosenOf } from './options.ts';
import type { Reminders } from './reminders.ts';
import { isBeforeDue, type Passed, type Pending } from './step-choice.ts';
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
  const against = whyTooLittle(netOf(lines, input), '', input);
  if (against !== null) return { ...none, nothing: [against] };
  const told: Passed[] = [];
  let from: Day | null = null;
  for (;;) {
    const found: Found = firstFrom(from, lines, input);
    told.push(...found.told);
    if ('pending' in found)
      return { ...none, pending: found.pending, passed: [...told, ...found.passed], nothing: [] };
    if (found.from === null)
      return { ...none, nothing: told.length > 0 ? whyPassed(told) : [whyNothing(position, [])] };
    from = found.from;
  }
}

/** What may go first; or why it may not, and from which day on something else may (null: nothing else). */
type Found = { readonly told: readonly Passed[] } & (
  | { readonly pending: readonly Pending[]; readonly passed: readonly Passed[] }
  | { readonly from: Day | null }
);

/** What goes first of what has its step by then, as if nothing had been possible before `from`. */
function firstFrom(from: Day | null, lines: readonly PositionLine[], input: NextStepInput): Found {
  const most = netOf(lines, input);
  const told: Passed[] = [];
  const asks = new Map<string, number>();
  const out = new Set<string>();
  let firstOn: Day | null = null;
  for (;;) {
    const left = lines.filter(({ invoiceId, dueOn }) => !out.has(invoiceId) && !isPast(dueOn, from));
    const choices = choicesOf(left, ({ invoiceId }) => asks.get(invoiceId) ?? most, input);
    const pending = choices
      .flatMap((choice) => choice.pending ?? [])
      .filter(({ step }) => step.offsetDays <= 0 || isBeforeDue(step))
      .map((entry) => (from !== null && entry.dueOn < from ? { ...entry, dueOn: from } : entry));
    const first = chosenOf(pending, { statement: null, instalments: [] }, input);
    if (first === null) return { told, from: null };
    const all = { told, pending, passed: choices.flatMap((choice) => choice.passed) };
    if ('never' in first) return all;
    const on = dayAt(first.at, input.companyZone);
    firstOn ??= on;
    // what was too little alone may go along then
    if (on > firstOn) return { told, from: on };
    const not = whyNot(first.advances, input);
    if (not === null) return all;
    told.push(...not.passed);
    for (const { line } of not.passed)
      if (not.askMinor === null) out.add(line.invoiceId);
      else asks.set(line.invoiceId, not.askMinor);
  }
}

/**
 * Why a message about these invoices is not made; null: it is. `askMinor` null: it asks for too little as a whole; else
 * only these steps are not for such a sum.
 */
function whyNot(
  advances: readonly Pending[],
  input: NextStepInput,
): { readonly passed: readonly Passed[]; readonly askMinor: number | null } | null {
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
