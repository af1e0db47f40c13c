import type { Channel, Stage } from './step.ts';

export interface Wording {
  readonly channel: Channel;
  /** The mildest step that it fits: nothing more severe than its step may be said (P2). */
  readonly from: Stage;
}

/** The wording that a step may have; messages/wording has a text for each. */
export const stepTemplates: Readonly<Record<string, Wording>> = {
  courtesy: { channel: 'email', from: 'courtesy' },
  first: { channel: 'email', from: 'first' },
  second: { channel: 'email', from: 'second' },
  third: { channel: 'email', from: 'third' },
  final: { channel: 'email', from: 'final' },
  gentle_first: { channel: 'email', from: 'first' },
  gentle_second: { channel: 'email', from: 'second' },
  gentle_last: { channel: 'email', from: 'final' },
  letter_mention: { channel: 'email', from: 'first' },
  owner_personal: { channel: 'email', from: 'second' },
  manager_copied: { channel: 'email', from: 'third' },
  letter_first: { channel: 'letter', from: 'first' },
  letter_formal: { channel: 'letter', from: 'third' },
  last_chance: { channel: 'letter', from: 'final' },
  call: { channel: 'call', from: 'courtesy' },
  call_after_owner: { channel: 'call', from: 'second' },
  call_head: { channel: 'call', from: 'third' },
  statement: { channel: 'statement', from: 'courtesy' },
};

/** Step keys that Duly itself uses for what stands in no sequence. */
export const ownStepKeys: readonly string[] = [
  'statement',
  'thank_you',
  'promise_broken',
  'instalment',
  'consequence_withdrawn',
];
