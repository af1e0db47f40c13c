import type { PolicyBody } from '../../../policies/document.ts';
import type { Fault } from '../../../policies/fault.ts';
import type { FieldFaults } from './answers.ts';

/** Where a fault is mended: the address below the policy's, and its name for people. */
export interface Place {
  readonly path: string;
  readonly words: string;
}

/** The page on which what a fault names is changed. */
export function placeOf(body: PolicyBody, { path }: Fault): Place {
  const [part, index = '', below, stepIndex = ''] = path.split('.');
  if (part === 'settings') return { path: '/settings', words: 'Rules for everybody' };
  if (part === 'segments') {
    const segment = body.segments[Number(index)];
    return segment === undefined
      ? { path: '/segments', words: 'Segments' }
      : { path: `/segments/${segment.key}`, words: `Segment “${segment.name}”` };
  }
  const sequence = body.sequences[Number(index)];
  if (sequence === undefined) return { path: '', words: 'The policy' };
  const at = `/sequences/${sequence.key}`;
  const step = below === 'steps' ? sequence.steps[Number(stepIndex)] : undefined;
  return step === undefined
    ? { path: at, words: `“${sequence.name}”` }
    : { path: `${at}/steps/${step.key}`, words: `“${sequence.name}”, ${step.name || 'the step'}` };
}

/** The faults below a path, by what follows it: those of one form, by its fields. */
export function faultsBelow(
  faults: readonly Fault[],
  path: string,
  level: Fault['level'] = 'refuse',
): FieldFaults {
  const below = faults.filter((fault) => fault.path.startsWith(`${path}.`) && fault.level === level);
  return new Map(
    below.map((fault) => [fault.path.slice(path.length + 1), `${fault.words} ${fault.action}`] as const),
  );
}

/** The path of a step in the document; empty when it is not there. */
export function stepPath(body: PolicyBody, sequenceKey: string, stepKey: string): string {
  const at = body.sequences.findIndex(({ key }) => key === sequenceKey);
  const step = body.sequences[at]?.steps.findIndex(({ key }) => key === stepKey) ?? -1;
  return step < 0 ? '' : `sequences.${at}.steps.${step}`;
}
