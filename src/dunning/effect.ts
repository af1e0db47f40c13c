import { type Day, dayAt } from '../domain/day.ts';
import type { Channel } from '../policies/step.ts';
import type { NextStep } from './next-step.ts';

/** A case with what it would come to under the policy in force and under another one. */
export interface CaseUnderBoth {
  readonly customerId: string;
  readonly customerName: string;
  readonly currency: string;
  readonly before: NextStep;
  readonly after: NextStep;
}

/** What comes next in a case; `on` in the company's zone. */
export interface NextUp {
  readonly stepKey: string;
  readonly stepName: string;
  readonly channel: Channel;
  readonly on: Day;
}

/** A case that another policy would take another way; null: nothing comes. */
export interface Effect {
  readonly customerId: string;
  readonly customerName: string;
  readonly currency: string;
  readonly before: NextUp | null;
  readonly after: NextUp | null;
  /** Why nothing comes, when nothing does. */
  readonly why: string | null;
}

/**
 * SEQ-17, S6: the cases whose next step a change of policy would alter: another step, channel or day, one where there
 * was none, or none where there was one. A touch that stands keeps its step, so such a case is not among them until it
 * has left. In the order given.
 */
export function effectOf(cases: readonly CaseUnderBoth[], timeZone: string): readonly Effect[] {
  return cases.flatMap(({ before, after, ...of }) => {
    const [was, is] = [nextUp(before, timeZone), nextUp(after, timeZone)];
    if (sameNext(was, is)) return [];
    return [{ ...of, before: was, after: is, why: is === null ? (after.reasons[0]?.words ?? null) : null }];
  });
}

function nextUp(next: NextStep, timeZone: string): NextUp | null {
  if (next.kind !== 'step') return null;
  const { key, name, channel } = next.step;
  return { stepKey: key, stepName: name, channel, on: dayAt(next.at, timeZone) };
}

function sameNext(one: NextUp | null, other: NextUp | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.stepKey === other.stepKey &&
    one.stepName === other.stepName &&
    one.channel === other.channel &&
    one.on === other.on
  );
}
