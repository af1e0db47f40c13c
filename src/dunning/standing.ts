import type { Policy } from '../policies/policy.ts';
import type { Stage, Step } from '../policies/step.ts';
import { rankOf } from './stage.ts';

/** A touch of a case that is planned, waits or is released: the case is inside its step (S6, SEQ-17). */
export interface Standing {
  /** As it was planned. */
  readonly step: Step;
  /** The version of the policy that it was planned under; null: not known any more. */
  readonly policyVersion: number | null;
  /** A person lets it go at once: the company's own hours do not hold it back, the law's do. */
  readonly atOnce: boolean;
  /** Which invoices go through which step with it, by invoice. */
  readonly invoices: ReadonlyMap<string, { readonly stepKey: string; readonly stage: Stage | null }>;
}

/**
 * SEQ-17, S6: the step that an invoice is inside of, as it was when it was planned, whatever became of the sequence
 * since; null: it is inside none.
 */
export function standingStep(
  standing: Standing | null,
  invoiceId: string,
  policy: Pick<Policy, 'steps'>,
): Step | null {
  const own = standing?.invoices.get(invoiceId);
  if (standing == null || own === undefined) return null;
  if (own.stepKey === standing.step.key) return standing.step;
  const step = policy.steps.find((other) => other.key === own.stepKey);
  // a milder step of the same message, of which only the key is kept and which the sequence has lost
  if (step !== undefined && rankOf(step.stage) <= rankOf(standing.step.stage)) return step;
  return { ...standing.step, key: own.stepKey, stage: own.stage ?? standing.step.stage };
}
