import type { Selectable } from 'kysely';
import type { Reason } from '../../domain/reason.ts';
import type { Decision } from '../../platform/db-types.ts';
import type { LastDecision } from './next-step.ts';

type Row = Pick<
  Selectable<Decision>,
  'verdict' | 'step_key' | 'policy_version' | 'next_at' | 'decided_at' | 'reasons'
>;

/** A decision as it is kept, for what a page says of it; its step has the name in the policy that it followed. */
export function lastDecisionOf(
  row: Row | undefined,
  nameOf: (version: number, stepKey: string | null) => string | null,
): { readonly decision: LastDecision | null; readonly reasons: readonly Reason[] } {
  if (row === undefined) return { decision: null, reasons: [] };
  const reasons = row.reasons as unknown as readonly Reason[];
  const decision = {
    verdict: row.verdict,
    stepKey: row.step_key,
    stepName: nameOf(row.policy_version, row.step_key),
    nextAt: row.next_at,
    decidedAt: row.decided_at,
    reasons,
  };
  return { decision, reasons };
}
