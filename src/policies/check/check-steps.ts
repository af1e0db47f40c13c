import { offsetRange } from '../offset.ts';
import { type Step, stages } from '../step.ts';
import { stageNames } from '../words/wording-names.ts';
import { checkStep, named } from './check-step.ts';
import { type Findings, repeated } from './findings.ts';

const MOST_STEPS = 20;

/**
 * The steps of a sequence: each by itself, and their order. Days rise strictly, whatever weekday a due date falls on;
 * stages never fall (S2); only the last repeats (SEQ-08).
 */
export function checkSteps(
  found: Findings,
  steps: readonly Step[],
  segments: readonly string[],
  gap: number,
): void {
  found.atMost('steps', steps, MOST_STEPS);
  for (const [index, step] of steps.entries()) checkStep(found.at(index), step, segments);
  for (const index of repeated(steps.map(({ key }) => key)))
    found.at(index, 'key').refuse('Two steps have the same key.', 'Give each step a key of its own.');
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    if (before !== undefined) checkOrder(found.at(index), before, step, gap);
    checkRepeat(found.at(index, 'repeat'), step, index === steps.length - 1, gap);
  }
  checkStart(found, steps);
}

function checkOrder(found: Findings, before: Step, step: Step, gap: number): void {
  const [earlier, later] = [offsetRange(before), offsetRange(step)];
  const sameUnit = before.offsetUnit === step.offsetUnit;
  const rises = sameUnit ? step.offsetDays > before.offsetDays : later.low > earlier.high;
  if (!rises)
    found
      .at('offsetDays')
      .refuse(
        `${named(step)} does not come after ${named(before)}${sameUnit ? '' : ' on every weekday'}.`,
        `Give it a later day than ${named(before)}, or change their order.`,
      );
  else if (later.high - earlier.low < gap)
    found
      .at('offsetDays')
      .warn(
        `${named(step)} follows ${named(before)} sooner than the gap of ${gap} business days allows, and will come later.`,
        'Leave more days between them.',
      );
  if (stages.indexOf(step.stage) < stages.indexOf(before.stage))
    found
      .at('stage')
      .refuse(
        `${named(step)} is milder than ${named(before)} before it.`,
        `Give it the stage “${stageNames[before.stage]}” or a later one.`,
      );
}

function checkRepeat(found: Findings, step: Step, last: boolean, gap: number): void {
  if (step.repeat === null) return;
  if (!last) {
    found.refuse(`${named(step)} repeats, and is not the last step.`, 'Only the last step may repeat.');
    return;
  }
  found.at('everyDays').whole('The days between repeats', step.repeat.everyDays, Math.max(7, gap), 365);
  found.at('most').whole('The number of repeats', step.repeat.most, 1, 12);
}

/** S2: nobody's first word is a second reminder, or worse. */
function checkStart(found: Findings, steps: readonly Step[]): void {
  const index = steps.findIndex((step) => step.stage !== 'courtesy');
  const start = steps[index];
  if (start !== undefined && start.stage !== 'first')
    found
      .at(index, 'stage')
      .refuse(
        `${named(start)} would be the first that a customer hears after the due date, at the stage “${stageNames[start.stage]}”.`,
        `Begin with a step of the stage “${stageNames.first}”.`,
      );
}
