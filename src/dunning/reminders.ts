import { sumMinor } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import { ownStepKeys } from '../policies/templates.ts';
import type { PositionLine } from '../receivables/position.ts';
import { underMinimum } from './minimum.ts';
import type { NextStepInput } from './next-step.ts';
import { type Choice, choose, isBeforeDue, type Passed, type Pending } from './step-choice.ts';
import { whyNothing } from './step-words.ts';

/** What could be reminded of, now or later. */
export interface Reminders {
  readonly pending: readonly Pending[];
  readonly passed: readonly Passed[];
  /** Past due and asked for. */
  readonly asked: readonly PositionLine[];
  /** Why there is no reminder; empty when there is one. */
  readonly nothing: readonly Reason[];
  /** Something is past due and asked for, and has been through all its steps. */
  readonly finished: boolean;
  askMinorOf(advances: readonly Pending[]): number;
}

/**
 * The pending steps of a customer's invoices. What is past due goes first; while something is, nobody is told besides
 * that something else will fall due (S2: one message, and it is about what is owed).
 */
export function remindersOf(input: NextStepInput): Reminders {
  const { position, policy, locale } = input;
  const asked = position.lines.filter((line) => line.state === 'ask');
  if (asked.length === 0) return beforeDue(input);
  const tooLittle = underMinimum(position, policy, locale);
  const none = { pending: [], passed: [], asked, finished: false, askMinorOf: () => position.askMinor };
  if (tooLittle !== null) return { ...none, nothing: [tooLittle] };
  if (position.askMinor <= 0) return { ...none, nothing: [whyNothing(position, asked)] };
  const choices = choicesOf(asked, position.askMinor, input);
  const pending = choices.flatMap((choice) => choice.pending ?? []);
  return {
    ...none,
    pending,
    passed: choices.flatMap((choice) => choice.passed),
    nothing: pending.length > 0 ? [] : [whyNothing(position, asked)],
    finished: pending.length === 0,
  };
}

/** P28: what falls due soon, by steps that come before the due date or on it. */
function beforeDue(input: NextStepInput): Reminders {
  const { position, policy, locale } = input;
  const early = policy.steps.some((step) => step.offsetDays <= 0);
  const lines = early ? position.lines.filter((line) => line.state === 'not_due') : [];
  const openOf = (of: readonly PositionLine[]): number =>
    Math.max(0, sumMinor(of.map((line) => line.openMinor)) - position.creditsMinor);
  const choices = choicesOf(lines, openOf(lines), input);
  const pending = choices
    .flatMap((choice) => choice.pending ?? [])
    .filter(({ step }) => step.offsetDays <= 0 || isBeforeDue(step));
  const askMinor = openOf(pending.map(({ line }) => line));
  const tooLittle = underMinimum({ currency: position.currency, askMinor }, policy, locale);
  const stays = tooLittle === null && askMinor > 0 ? pending : [];
  return {
    pending: stays,
    // of what is not due yet, only what concerns a step that comes now is worth telling
    passed: stays.length > 0 ? choices.flatMap((choice) => choice.passed) : [],
    asked: [],
    nothing: [tooLittle ?? whyNothing(position, [])],
    finished: false,
    askMinorOf: (advances) => openOf(advances.map(({ line }) => line)),
  };
}

function choicesOf(
  lines: readonly PositionLine[],
  askMinor: number,
  input: NextStepInput,
): readonly Choice[] {
  if (lines.length === 0) return [];
  // a statement and the reminder of an instalment take no invoice further
  const taken = input.history.stepsDone.filter((entry) => !ownStepKeys.includes(entry.stepKey));
  const done = Map.groupBy(taken, (entry) => entry.invoiceId);
  return lines.flatMap((line) =>
    line.dueOn === null ? [] : [choose(line, line.dueOn, done.get(line.invoiceId) ?? [], askMinor, input)],
  );
}
