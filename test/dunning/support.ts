import { businessCalendar } from '../../src/domain/calendar.ts';
import { day } from '../../src/domain/day.ts';
import type { History, StepDone } from '../../src/dunning/history.ts';
import { type NextStep, type NextStepInput, nextStep } from '../../src/dunning/next-step.ts';
import { emailPolicy, type Policy } from '../../src/policies/policy.ts';
import { position } from '../receivables/support.ts';

export const policy: Policy = emailPolicy;
export const zone = 'America/Los_Angeles';
const oregon = businessCalendar('US', 'OR', zone);

export function history(more: Partial<History> = {}): History {
  return { stepsDone: [], touchDays: [], customerTouchDays: [], lastPaymentOn: null, ...more };
}

/** A history of one invoice: which step on which day, each of them a touch of its own. */
export function went(invoiceId: string, ...steps: readonly (readonly [string, string])[]): History {
  const stepsDone: StepDone[] = steps.map(([stepKey, on]) => ({ invoiceId, stepKey, on: day(on) }));
  const days = stepsDone.map((entry) => entry.on);
  return history({ stepsDone, touchDays: days, customerTouchDays: days });
}

/** Tuesday, 10 November 2026, ten in the morning in Oregon; one invoice, eight days late, never reminded. */
export function stepInput(more: Partial<NextStepInput> = {}): NextStepInput {
  return {
    position: position(),
    policy,
    history: history(),
    calendar: oregon,
    companyZone: zone,
    locale: 'en-US',
    now: new Date('2026-11-10T18:00:00Z'),
    ...more,
  };
}

export type Due = Extract<NextStep, { kind: 'step' }>;

export function due(more: Partial<NextStepInput> = {}): Due {
  const found = nextStep(stepInput(more));
  if (found.kind !== 'step')
    throw new Error(`${found.kind}: ${found.reasons.map((each) => each.words).join(' ')}`);
  return found;
}
