import type { Outcome } from '../../../dunning/done.ts';

/** What a wrong number means for the sequence, before it is chosen. */
export const WRONG_NUMBER =
  'A wrong number is this step’s call: it is not made again, the next step follows at its usual time, and a task asks for the right number.';

/** What follows from a call or a letter that was written down. */
export function doneWords(outcome: Outcome): string {
  if (outcome.channel === 'call' && outcome.result === 'promised')
    return 'The call is written down. Now say what was promised.';
  if (outcome.channel === 'call' && outcome.result === 'wrong_number')
    return 'The wrong number is written down, and a task asks for the right one. It was this step’s call: the next step follows at its usual time.';
  const what = outcome.channel === 'call' ? 'The call' : 'The letter';
  return `${what} is written down, and goes to the ledger as a note. The next step follows from here.`;
}
