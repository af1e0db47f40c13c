import type { Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { Position } from '../receivables/position.ts';
import type { Basis } from './decide.ts';
import type { Decision } from './plan.ts';

export interface DecisionToSave {
  readonly position: Position;
  readonly decision: Decision;
  readonly today: Day;
  readonly now: Date;
  /** What it rests on besides its figures. */
  readonly basis: Basis;
}

/** Keeps the last decision of each customer, currency and day, with its reasons and the policy's version (S11). */
export async function saveDecisions(
  tx: Tx,
  companyId: string,
  decisions: readonly DecisionToSave[],
): Promise<void> {
  for (let from = 0; from < decisions.length; from += 1_000) {
    const rows = decisions.slice(from, from + 1_000).map(({ position, decision, today, now, basis }) => ({
      company_id: companyId,
      customer_id: position.customerId,
      currency: position.currency,
      decided_on: today,
      decided_at: now,
      verdict: decision.verdict,
      reasons: JSON.stringify(decision.reasons),
      step_key: decision.stepKey,
      next_at: decision.nextAt,
      policy_version: basis.policyVersion,
      basis: JSON.stringify(basis),
    }));
    await tx
      .insertInto('decision')
      .values(rows)
      .onConflict((oc) =>
        oc.columns(['company_id', 'customer_id', 'currency', 'decided_on']).doUpdateSet((eb) => ({
          decided_at: eb.ref('excluded.decided_at'),
          verdict: eb.ref('excluded.verdict'),
          reasons: eb.ref('excluded.reasons'),
          step_key: eb.ref('excluded.step_key'),
          next_at: eb.ref('excluded.next_at'),
          policy_version: eb.ref('excluded.policy_version'),
          basis: eb.ref('excluded.basis'),
        })),
      )
      .execute();
  }
}
