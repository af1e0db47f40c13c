import type { Reason } from '../domain/reason.ts';
import type { PositionLine } from '../receivables/position.ts';
import { beforeDue } from './before-due.ts';
import { choicesOf } from './choices.ts';
import { underMinimum } from './minimum.ts';
import type { NextStepInput } from './next-step.ts';
import type { Passed, Pending } from './step-choice.ts';
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
  const choices = choicesOf(asked, () => position.askMinor, input);
  const pending = choices.flatMap((choice) => choice.pending ?? []);
  return {
    ...none,
    pending,
    passed: choices.flatMap((choice) => choice.passed),
    nothing: pending.length > 0 ? [] : [whyNothing(position, asked)],
    finished: pending.length === 0,
  };
}
