import type { Reason } from '../domain/reason.ts';
import type { Law, LawRule } from './law/law.ts';
import type { Step } from './step.ts';

export interface StyleAnswer {
  readonly style: 'own' | 'service';
  readonly reasons: readonly Reason[];
}

/** A rule of law as a reason; `words` where the figures of the case say more than the rule's own sentence. */
export function lawReason(rule: LawRule, words = rule.words): Reason {
  return { rule: `LAW ${rule.id}`, words, source: rule.source };
}

/**
 * Which sender a debtor may see: a name that suggests a third party is for businesses only (design section 6). The
 * packs say for whom it is refused, and where that stands.
 */
export function styleUnder(law: Law, wanted: 'own' | 'service'): StyleAnswer {
  const against = law.blocked.find(({ what }) => what === 'service_style');
  if (wanted === 'own' || against === undefined) return { style: wanted, reasons: [] };
  return { style: 'own', reasons: [lawReason(against.rule)] };
}

/** How many calendar days the reader must be given with a step; never less than the policy says. */
export function daysToPay(step: Pick<Step, 'stage' | 'payWithinDays'>, law: Law): number {
  const asked = law.deadlines.filter(({ stage }) => stage === step.stage).map(({ days }) => days);
  return Math.max(step.payWithinDays, ...asked);
}
