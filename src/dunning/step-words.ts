import type { Reason } from '../domain/reason.ts';
import type { Policy } from '../policies/policy.ts';
import type { Step } from '../policies/step.ts';
import { ordinal } from '../policies/words/ordinal.ts';
import { offsetWords } from '../policies/words/step-words.ts';
import type { Position, PositionLine } from '../receivables/position.ts';
import type { Passed, Pending } from './step-choice.ts';

/** Which step it is and which invoice brings it about. */
export function whyStep(step: Step, advances: readonly Pending[], policy: Pick<Policy, 'steps'>): Reason {
  const entry = advances.find((other) => other.step.key === step.key);
  const number = policy.steps.findIndex((other) => other.key === step.key) + 1;
  const about =
    entry === undefined
      ? ''
      : `: ${label(entry.line)}, due ${entry.line.dueOn}, reaches it on ${entry.dueOn}`;
  const place =
    number === 0 ? ', planned before the sequence was changed' : placeWords(number, policy.steps.length);
  const round = entry !== undefined && entry.round > 1 ? `, for the ${ordinal(entry.round)} time` : '';
  return {
    rule: 'S1',
    words: `The next step is the ${step.name}${round}${place}, ${offsetWords(step)}${about}.`,
  };
}

/** The steps that were passed over, once each. */
export function whyPassed(passed: readonly Passed[]): readonly Reason[] {
  return [...new Map(passed.map((each) => [each.reason.words, each.reason])).values()];
}

/** Why nothing is asked for, although no hold of the customer stands. */
export function whyNothing(position: Position, asked: readonly PositionLine[]): Reason {
  if (position.pastDueMinor === 0) return { rule: 'R1', words: 'Nothing is past due.' };
  if (asked.length === 0)
    return {
      rule: 'R10',
      words: 'Everything that is past due is on hold or left out; each invoice says why.',
    };
  if (position.askMinor <= 0) return { rule: 'R4', words: 'Unapplied credit covers what is past due.' };
  return { rule: 'S1', words: 'The sequence has been through all its steps; a person decides what follows.' };
}

function label(line: PositionLine): string {
  return line.number === null ? 'an invoice without a number' : `invoice ${line.number}`;
}

/** `, the second of 6 steps`. */
function placeWords(number: number, of: number): string {
  return of === 1 ? '' : `, the ${ordinal(number)} of ${of} steps`;
}
