import type { Reason } from '../domain/reason.ts';
import type { Step } from './step.ts';

type DebtorType = 'business' | 'sole_trader' | 'consumer' | 'unknown';

export interface StyleQuestion {
  readonly wanted: 'own' | 'service';
  readonly debtorType: DebtorType;
  /** Section 6: the business stated, with name and date, that all its customers are businesses. */
  readonly allBusinesses: boolean;
}

export interface StyleAnswer {
  readonly style: 'own' | 'service';
  readonly reasons: readonly Reason[];
}

/**
 * Which sender a debtor may see. A name that suggests a third party is for businesses only; `unknown` counts as
 * consumer. Sources: 15 USC 1692a(6), 1692j; White v. Goodman, 200 F.3d 1016; taken as the house rule everywhere.
 */
export function allowedStyle(question: StyleQuestion): StyleAnswer {
  if (question.wanted === 'own') return { style: 'own', reasons: [] };
  const isBusiness =
    question.debtorType === 'business' || (question.debtorType === 'unknown' && question.allBusinesses);
  if (isBusiness) return { style: 'service', reasons: [] };
  const who =
    question.debtorType === 'unknown'
      ? 'not known to be a business, which counts as consumer'
      : 'not a business';
  return {
    style: 'own',
    reasons: [
      {
        rule: 'LAW third-party style (15 USC 1692a(6), 1692j)',
        words: `The customer is ${who}, so the message comes from the business itself.`,
      },
    ],
  };
}

/** UK Pre-Action Protocol for Debt Claims: an individual, sole traders included, gets at least 30 days. */
const UK_INDIVIDUAL_FINAL_DAYS = 30;

/** How many calendar days the reader must be given with a step; never less than the policy says. */
export function payWithinDays(step: Step, country: string | null, debtorType: DebtorType): number {
  const individual = debtorType !== 'business';
  if (step.key === 'final' && country === 'GB' && individual)
    return Math.max(step.payWithinDays, UK_INDIVIDUAL_FINAL_DAYS);
  return step.payWithinDays;
}
