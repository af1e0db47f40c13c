import { type Stage, stages } from '../policies/step.ts';

/** How strict: 0 is the mildest; what is not known counts as milder than all. */
export function rankOf(stage: Stage | null): number {
  return stage === null ? -1 : stages.indexOf(stage);
}
