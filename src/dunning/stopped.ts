import { dayAt } from '../domain/day.ts';
import { holding } from './holding.ts';
import type { NextStep, NextStepInput } from './next-step.ts';

/** Clocks of several machines are so far apart at most. */
const CLOCKS_APART_MS = 5 * 60_000;

/** What stops everything for a customer, whatever is due, or null: holds, a pause, a clock that is wrong, no sequence. */
export function whyStopped(input: NextStepInput): NextStep | null {
  const { position, policy, history, now, companyZone } = input;
  const holds = holding(position, null);
  if (holds.length > 0) {
    const reasons = holds.map(({ rule, words }) => ({ rule, words }));
    return { kind: 'held', reasons, lookAgainOn: null };
  }
  // D11: paused is paused at every level; what stands is taken back and comes again when it is resumed (SEQ-22)
  if (policy.paused !== null)
    return { kind: 'held', reasons: [{ rule: 'S6', words: policy.paused }], lookAgainOn: null };
  const last = history.contacts.at(-1);
  if (last !== undefined && last.at.getTime() - now.getTime() > CLOCKS_APART_MS)
    return {
      kind: 'held',
      reasons: [
        {
          rule: 'SEQ-21',
          words: `The clock says ${now.toISOString()}, which is before the last message of ${last.at.toISOString()}: nothing is planned until it has passed that.`,
        },
      ],
      lookAgainOn: dayAt(last.at, companyZone),
    };
  if (policy.steps.length > 0) return null;
  return {
    kind: 'nothing',
    reasons: [{ rule: 'SEQ-16', words: 'The policy says to do nothing for this customer.' }],
    lookAgainOn: null,
    finished: false,
  };
}
