import type { Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { Position } from '../receivables/position.ts';
import type { Decision } from './plan.ts';

interface DecisionToSave {
  readonly position: Position;
  readonly decision: Decision;
  readonly today: Day;
  readonly now: Date;
  readonly policyVersion: number;
}

/** Keeps the last decision of each customer, currency and day, with its reasons and the policy's version (S11). */
export async function saveDecision(tx: Tx, companyId: string, saving: DecisionToSave): Promise<void> {
  const { position, decision, today, now, policyVersion } = saving;
  const values = {
    decided_at: now,
    verdict: decision.verdict,
    reasons: JSON.stringify(decision.reasons),
    step_key: decision.stepKey,
    next_at: decision.nextAt,
    policy_version: policyVersion,
  };
  await tx
    .insertInto('decision')
    .values({
      company_id: companyId,
      customer_id: position.customerId,
      currency: position.currency,
      decided_on: today,
      ...values,
    })
    .onConflict((oc) =>
      oc.columns(['company_id', 'customer_id', 'currency', 'decided_on']).doUpdateSet(values),
    )
    .execute();
}
