import type { PolicyBody, Sequence } from '../../../policies/document.ts';
import { type Step, step } from '../../../policies/step.ts';

/** Changes of a sequence, each giving a new policy. A key that is not there changes nothing. */

export function withSequence(
  body: PolicyBody,
  key: string,
  edit: (sequence: Sequence) => Sequence,
): PolicyBody {
  return { ...body, sequences: body.sequences.map((one) => (one.key === key ? edit(one) : one)) };
}

/**
 * A key from a name, not taken by any of these. `version` is part of it, so that what was taken out once does not come
 * back under the same key with a later change: history is kept under it.
 */
export function freshKey(name: string, version: number, taken: readonly string[]): string {
  const plain = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 24);
  const stem = `${plain === '' ? 'step' : plain}_v${version}`;
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? stem : `${stem}_${count}`;
    if (!taken.includes(key)) return key;
  }
}

/** A step as the form begins with it: after the last one, no milder. */
export function nextStep(sequence: Sequence): Step {
  const last = sequence.steps.at(-1);
  const stage = last === undefined || last.stage === 'courtesy' ? 'first' : last.stage;
  return step({
    key: '',
    name: '',
    offsetDays: Math.max(3, (last?.offsetDays ?? -4) + 7),
    stage,
    payWithinDays: stage === 'final' ? 14 : 7,
  });
}

/** At its place by day: after the last step that comes no later. */
export function addStep(sequence: Sequence, added: Step): Sequence {
  const { steps } = sequence;
  const after = steps.findLastIndex(({ offsetDays }) => offsetDays <= added.offsetDays);
  return { ...sequence, steps: [...steps.slice(0, after + 1), added, ...steps.slice(after + 1)] };
}

export function replaceStep(sequence: Sequence, changed: Step): Sequence {
  return { ...sequence, steps: sequence.steps.map((one) => (one.key === changed.key ? changed : one)) };
}

export function removeStep(sequence: Sequence, key: string): Sequence {
  return { ...sequence, steps: sequence.steps.filter((one) => one.key !== key) };
}

/** Right after the original, a week later; what repeats is then the copy, as only the last step may. */
export function copyStep(sequence: Sequence, key: string, copyKey: string): Sequence {
  return {
    ...sequence,
    steps: sequence.steps.flatMap((one) => {
      if (one.key !== key) return [one];
      const name = `${one.name}, again`.slice(0, 80).trim();
      const copy = { ...one, key: copyKey, name, offsetDays: one.offsetDays + 7 };
      return [{ ...one, repeat: null }, copy];
    }),
  };
}

/** Changes places with its neighbour, and takes over its day: the days of the list stay in their order. */
export function moveStep(sequence: Sequence, key: string, by: -1 | 1): Sequence {
  const steps = [...sequence.steps];
  const from = steps.findIndex((one) => one.key === key);
  const [one, other] = [steps[from], steps[from + by]];
  if (one === undefined || other === undefined) return sequence;
  steps[from] = { ...other, offsetDays: one.offsetDays, offsetUnit: one.offsetUnit };
  steps[from + by] = { ...one, offsetDays: other.offsetDays, offsetUnit: other.offsetUnit };
  return { ...sequence, steps };
}

/** A sequence and everybody who would have followed it follows the company's instead. */
export function removeSequence(body: PolicyBody, key: string): PolicyBody {
  return {
    ...body,
    sequences: body.sequences.filter((one) => one.key !== key),
    segments: body.segments.map((segment) => {
      if (segment.settings.sequence !== key) return segment;
      const { sequence: _gone, ...settings } = segment.settings;
      return { ...segment, settings };
    }),
  };
}
