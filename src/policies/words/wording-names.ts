import type { Stage } from '../step.ts';

/** The wordings as a person chooses among them. */
export const templateNames: Readonly<Record<string, string>> = {
  courtesy: 'courtesy before the due date',
  first: 'first reminder',
  second: 'second reminder',
  third: 'third reminder',
  final: 'final notice',
  gentle_first: 'personal note',
  gentle_second: 'second personal note',
  gentle_last: 'last personal note',
  letter_mention: 'asks about the letter',
  owner_personal: 'personal, why it matters',
  manager_copied: 'with the manager copied in',
  letter_first: 'reminder',
  letter_formal: 'formal reminder',
  last_chance: 'last chance',
  call: 'call sheet',
  call_after_owner: 'after the owner’s e-mail',
  call_head: 'to the head of the business',
  statement: 'statement',
};

export const stageNames: Readonly<Record<Stage, string>> = {
  courtesy: 'Courtesy, before it is late',
  first: 'First reminder',
  second: 'Second reminder',
  third: 'Third reminder',
  final: 'Final notice',
};
