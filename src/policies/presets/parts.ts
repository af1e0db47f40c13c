import type { Sequence } from '../document.ts';
import { type Step, step } from '../step.ts';

/** The same step on another day. */
export function on(offsetDays: number, some: Step, more: Partial<Step> = {}): Step {
  return { ...some, offsetDays, ...more };
}

export function sequence(key: string, name: string, steps: readonly Step[]): Sequence {
  return { key, name, steps, paused: false };
}

/** Whoever these reach besides the billing contact. */
export const others = {
  contacts: { contacts: true, escalation: false, informSales: false },
  informed: { contacts: false, escalation: false, informSales: true },
  manager: { contacts: true, escalation: true, informSales: true },
  head: { contacts: false, escalation: true, informSales: true },
};

/** P28: before the due date, to those whom it helps: has the invoice arrived, is anything wrong with it? */
export const courtesy = step({
  key: 'courtesy',
  name: 'courtesy note',
  offsetDays: -5,
  offsetUnit: 'business',
  stage: 'courtesy',
});

export const onlyFor = (segments: readonly string[]): Partial<Step> => ({
  conditions: { ...courtesy.conditions, segments },
});

/** P5, P9: a task for the bookkeeper; whoever owns the relationship hears of it. */
export const call = step({
  key: 'call',
  name: 'call',
  offsetDays: 14,
  channel: 'call',
  stage: 'second',
  template: 'call',
  recipients: others.informed,
});
