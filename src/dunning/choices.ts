import { ownStepKeys } from '../policies/templates.ts';
import type { PositionLine } from '../receivables/position.ts';
import type { NextStepInput } from './next-step.ts';
import { type Choice, choose } from './step-choice.ts';

/** The next step of each of these invoices. `askMinorOf`: what would be asked for with it. */
export function choicesOf(
  lines: readonly PositionLine[],
  askMinorOf: (line: PositionLine) => number,
  input: NextStepInput,
): readonly Choice[] {
  if (lines.length === 0) return [];
  // a statement and the reminder of an instalment take no invoice further
  const taken = input.history.stepsDone.filter((entry) => !ownStepKeys.includes(entry.stepKey));
  const done = Map.groupBy(taken, (entry) => entry.invoiceId);
  return lines.flatMap((line) =>
    line.dueOn === null
      ? []
      : [choose(line, line.dueOn, done.get(line.invoiceId) ?? [], askMinorOf(line), input)],
  );
}
