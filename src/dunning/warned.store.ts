import type { CompanyRow } from '../companies/company.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import type { LawRule } from '../policies/law/law.ts';
import { warningWords } from '../policies/law/warning-words.ts';
import { loadDebtors } from './debtors.store.ts';
import { lawsOf } from './laws.ts';
import type { TouchRow } from './touch.store.ts';
import { stepOf } from './touch-step.ts';

type Warnable = Pick<TouchRow, 'touch_id' | 'customer_id' | 'step' | 'step_key'>;

/** What a person must know before they release each of these touches, by the law of the company's day. */
export async function warningsOf(
  tx: Tx,
  company: CompanyRow,
  touches: readonly Warnable[],
  now: Date,
): Promise<(touchId: string) => readonly LawRule[]> {
  const customerIds = [...new Set(touches.map((touch) => touch.customer_id))];
  if (customerIds.length === 0) return () => [];
  const lawOf = lawsOf(company, await loadDebtors(tx, company.company_id, customerIds, []));
  const today = dayAt(now, company.time_zone);
  const found = new Map(
    touches.map((touch) => {
      const { stage } = stepOf(touch);
      const { warnings } = lawOf(touch.customer_id, today);
      const rules = warnings.filter((warning) => warning.stage === null || warning.stage === stage);
      return [touch.touch_id, rules.map(({ rule }) => rule)] as const;
    }),
  );
  return (touchId) => found.get(touchId) ?? [];
}

/** What the activity says of it where something warned, and keeps beside it; nothing where nothing did. */
export function overridden(
  warnings: readonly LawRule[],
  override: string,
): { readonly words: string; readonly data: Readonly<Record<string, unknown>> } {
  if (warnings.length === 0) return { words: '', data: {} };
  return {
    words: `, although: ${warnings.map(warningWords).join(' ')} Because: ${override}`,
    data: { rules: warnings.map(({ id }) => id), override },
  };
}

/**
 * Why a person releases a message all the same, as it is kept; empty when nothing warns. Throws UserError bad_input
 * (field `reason`) when something does and they gave no reason.
 */
export function overrideOf(warnings: readonly LawRule[], reason: string, recipient: string): string {
  const words = reason.trim().slice(0, 300);
  if (warnings.length === 0 || words !== '') return warnings.length === 0 ? '' : words;
  throw new UserError(
    'bad_input',
    `Nothing was released: the message to ${recipient} needs a reason. ${warnings.map(warningWords).join(' ')}`,
    'Say in a few words why it goes out all the same; your reason is kept.',
    'reason',
  );
}
