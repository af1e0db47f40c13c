import { emailSteps } from '../policies/policy.ts';
import { type Step, step } from '../policies/step.ts';

/**
 * The step that a touch was planned with. Touches of before steps were kept have none: the four e-mails that every
 * company had then stand in, by key. `stored` is the touch's own column, as it was written by `addTouch`.
 */
export function stepOf(touch: { readonly step: unknown; readonly step_key: string }): Step {
  const stored = touch.step;
  if (typeof stored === 'object' && stored !== null && 'key' in stored) return stored as Step;
  const old = emailSteps.find((other) => other.key === touch.step_key);
  return old ?? step({ key: touch.step_key, name: touch.step_key, offsetDays: 0, stage: 'first' });
}

/**
 * S4: a final notice, and whatever announces a consequence, is released by its own name; it is never among "all that
 * wait".
 */
export function isByName({ stage, consequence }: Pick<Step, 'stage' | 'consequence'>): boolean {
  return stage === 'final' || consequence !== null;
}
