import type { Outcome } from '../../../dunning/done.ts';

/** What a wrong number means for the sequence, before it is chosen. */
export const WRONG_NUMBER =
  'With a wrong number the step stays open: a task asks for the right one, and the call is planned anew once the books have it. Without one in five business days it is passed over.';

/** What follows from a call or a letter that was written down. */
export function doneWords(outcome: Outcome): string {
  if (outcome.channel === 'call' && outcome.result === 'promised')
    return 'The call is written down. Now say what was promised.';
  if (outcome.channel === 'call' && outcome.result === 'wrong_number')
    return 'The wrong number is written down, and a task asks for the right one. The step stays open: the call is planned anew once the books have another number, and passed over without one in five business days.';
  const what = outcome.channel === 'call' ? 'The call' : 'The letter';
  return `${what} is written down, and goes to the ledger as a note. The next step follows from here.`;
}
