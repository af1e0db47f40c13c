import { businessCalendar } from '../../src/domain/calendar.ts';
import { day } from '../../src/domain/day.ts';
import { type Contact, emptyHistory, type History, type StepDone } from '../../src/dunning/history.ts';
import { type NextStep, type NextStepInput, nextStep } from '../../src/dunning/next-step.ts';
import { noPlans } from '../../src/dunning/payment-plan.ts';
import type { Law, LawRule } from '../../src/policies/law/law.ts';
import { emailPolicy, type Policy } from '../../src/policies/policy.ts';
import { position, usd } from '../receivables/support.ts';

export const policy: Policy = emailPolicy;
export const zone = 'America/Los_Angeles';
const oregon = businessCalendar('US', 'OR', zone);

export function rule(id: string, words = `The rule ${id} says so.`): LawRule {
  return { id, words, source: `Statute of ${id}`, from: null, until: null, enforce: 'block' };
}

/** A law that leaves everything open. */
export const openLaw: Law = {
  packs: [],
  treatedAs: 'business',
  parties: { creditor: 'US', debtor: 'US' },
  caps: [],
  windows: [],
  minGapBusinessDays: { days: 0, rule: rule('none') },
  blocked: [],
  deadlines: [],
  disclosures: [],
  warnings: [],
};

export function history(more: Partial<History> = {}): History {
  return { ...emptyHistory, ...more };
}

/** A contact at nine in Oregon. */
export function contact(on: string, more: Partial<Contact> = {}): Contact {
  const at = new Date(`${on}T17:00:00Z`);
  return { at, on: day(on), channel: 'email', currency: usd, stepKey: 'first', ...more };
}

/** A history of one invoice: which step on which day, each of them a touch of its own. */
export function went(invoiceId: string, ...steps: readonly (readonly [string, string])[]): History {
  const stepsDone: StepDone[] = steps.map(([stepKey, on]) => {
    const stage = policy.steps.find((step) => step.key === stepKey)?.stage ?? null;
    return { invoiceId, stepKey, stage, on: day(on) };
  });
  return history({ stepsDone, contacts: steps.map(([stepKey, on]) => contact(on, { stepKey })) });
}

/** Tuesday, 10 November 2026, ten in the morning in Oregon; one invoice, eight days late, never reminded. */
export function stepInput(more: Partial<NextStepInput> = {}): NextStepInput {
  return {
    position: position(),
    policy,
    law: openLaw,
    announcing: { catalogue: new Map(), broken: 0 },
    debtorType: 'business',
    history: history(),
    plans: noPlans,
    standing: null,
    informed: null,
    calendar: oregon,
    debtorZones: [more.calendar?.timeZone ?? zone],
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
