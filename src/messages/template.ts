import type { Stage } from '../policies/step.ts';

/** Every wording there is; the keys stand in policies and in the steps that touches keep. */
export const templateKeys = [
  'courtesy',
  'first',
  'second',
  'third',
  'final',
  'letter_formal',
  'gentle_first',
  'gentle_second',
  'gentle_last',
  'letter_first',
  'letter_mention',
  'owner_personal',
  'manager_copied',
  'last_chance',
  'call',
  'call_after_owner',
  'call_head',
  'statement',
  'thank_you',
  'promise_broken',
  'instalment',
  'plan_ended',
  'consequence_withdrawn',
] as const;
export type TemplateKey = (typeof templateKeys)[number];

/**
 * What a message is, and with it what it must and must not have: a `reminder` asks for what is past due, a `courtesy`
 * speaks of what is not due yet, a `statement` lists all that is open, `thanks` asks for nothing, an `instalment` asks
 * for one payment of a plan (R11), a `withdrawal` takes an announced consequence back (P8).
 */
export type Kind = 'reminder' | 'courtesy' | 'statement' | 'thanks' | 'instalment' | 'withdrawal';

const kinds: Partial<Readonly<Record<TemplateKey, Kind>>> = {
  courtesy: 'courtesy',
  statement: 'statement',
  thank_you: 'thanks',
  instalment: 'instalment',
  consequence_withdrawn: 'withdrawal',
};

export function kindOf(template: TemplateKey): Kind {
  return kinds[template] ?? 'reminder';
}

/** Whether a message of this kind has no figure and no request. */
export function asksNothing(kind: Kind): boolean {
  return kind === 'thanks' || kind === 'withdrawal';
}

/** Written in the first person, by somebody with a name: never on the service's stationery (P10). */
const personal: ReadonlySet<TemplateKey> = new Set([
  'gentle_first',
  'gentle_second',
  'gentle_last',
  'owner_personal',
]);

export function isPersonal(template: TemplateKey): boolean {
  return personal.has(template);
}

/** The wording that a step names; one that is not known any more gives way to that of its stage. */
export function templateOf(key: string, stage: Stage): TemplateKey {
  return templateKeys.find((known) => known === key) ?? stage;
}

/** What the reader sees a message called: in the status line of the service and as the matter of a letter. */
export const titles: Readonly<Record<TemplateKey, string>> = {
  courtesy: 'Upcoming payment',
  first: 'First reminder',
  second: 'Second reminder',
  third: 'Third reminder',
  final: 'Final notice',
  letter_formal: 'Formal reminder',
  gentle_first: 'Reminder',
  gentle_second: 'Second reminder',
  gentle_last: 'Last reminder',
  letter_first: 'Reminder',
  letter_mention: 'Reminder',
  owner_personal: 'Reminder',
  manager_copied: 'Reminder',
  last_chance: 'Final notice',
  call: 'Call',
  call_after_owner: 'Call',
  call_head: 'Call',
  statement: 'Statement',
  thank_you: 'Payment received',
  promise_broken: 'Announced payment',
  instalment: 'Instalment',
  plan_ended: 'Payment plan',
  consequence_withdrawn: 'Withdrawal',
};
