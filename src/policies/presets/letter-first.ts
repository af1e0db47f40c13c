import type { PolicyBody } from '../document.ts';
import { usualSettings } from '../policy.ts';
import { step } from '../step.ts';
import { about } from './amounts.ts';
import { call, courtesy, on, onlyFor, others, sequence } from './parts.ts';
import { forIndividuals, segmentsWith } from './segments.ts';

/** P1: paper as soon as the date has passed. */
const letter = step({
  key: 'letter_first',
  name: 'reminder letter',
  offsetDays: 3,
  channel: 'letter',
  stage: 'first',
  template: 'letter_first',
  payWithinDays: 10,
  waitsBusinessDays: 3,
});
/** P3: a few days after the letter: look out for it. */
const mention = step({
  key: 'letter_mention',
  name: 'e-mail about the letter',
  offsetDays: 7,
  stage: 'first',
  template: 'letter_mention',
});
/** P10: understanding first, then why it matters. */
const owner = step({
  key: 'owner_personal',
  name: 'personal e-mail of the owner',
  offsetDays: 21,
  stage: 'second',
  template: 'owner_personal',
  sender: 'owner',
  recipients: others.informed,
});
/** P10: and a call before the next step. */
const callAfterOwner = {
  ...call,
  key: 'call_after_owner',
  name: 'call after the owner’s e-mail',
  template: 'call_after_owner',
};
/** P11: the circle widens, politely. */
const manager = step({
  key: 'manager_copied',
  name: 'e-mail with the manager copied in',
  offsetDays: 30,
  stage: 'third',
  template: 'manager_copied',
  sender: 'owner',
  recipients: others.manager,
});
/** P11: then the head of that business is called. P9: by the bookkeeper, as any call. */
const callHead = {
  ...call,
  key: 'call_head',
  name: 'call to the head of the business',
  stage: 'third' as const,
  template: 'call_head',
  recipients: others.head,
};
/** P7: at least one more week before anything else happens. */
const last = step({
  key: 'last_chance',
  name: 'last chance letter',
  offsetDays: 45,
  channel: 'letter',
  stage: 'final',
  template: 'last_chance',
  recipients: others.informed,
  payWithinDays: 10,
});

/**
 * Paper first, then an e-mail that mentions it, a call, the owner and a call, the manager and a call to the head, the
 * last chance at least a week after it (P1 to P7, P10, P11).
 */
export const letterFirst: PolicyBody = {
  preset: 'letter_first',
  sequences: [
    sequence('letter_first', 'Letter first', [
      on(-5, courtesy, onlyFor(['new'])),
      letter,
      mention,
      on(14, call),
      owner,
      on(25, callAfterOwner),
      manager,
      on(37, callHead),
      last,
    ]),
    sequence('letter_reliable', 'Letter first, later', [
      on(10, letter),
      on(15, mention),
      on(24, call),
      on(32, owner),
      on(37, callAfterOwner),
      on(45, manager),
      on(52, callHead),
      on(60, last),
    ]),
    sequence('letter_habitual', 'Letter first, with an earlier call', [
      courtesy,
      letter,
      mention,
      on(11, call, { stage: 'first' }),
      on(17, owner),
      on(21, callAfterOwner),
      on(26, manager),
      on(32, callHead),
      on(40, last),
    ]),
    sequence('letter_large', 'Letter first, after a call', [
      courtesy,
      on(3, call, { stage: 'first' }),
      on(8, letter),
      on(13, mention, { needsPerson: true }),
      on(21, owner, { needsPerson: true }),
      on(25, callAfterOwner),
      on(30, manager, { needsPerson: true }),
      on(37, callHead),
      last,
    ]),
    sequence('letter_consumer', 'Letter first, for individuals', [
      on(7, letter),
      on(14, mention),
      on(30, owner),
      on(60, last, { payWithinDays: 30 }),
    ]),
  ],
  settings: {
    ...usualSettings,
    sequence: 'letter_first',
    worthACall: about(100),
    worthALetter: about(20),
    statement: { forWhom: 'several_open', businessDay: 3 },
    thankYou: true,
  },
  segments: segmentsWith({
    consumer: { sequence: 'letter_consumer', ...forIndividuals },
    large_balance: { sequence: 'letter_large' },
    new: {},
    habitually_late: { sequence: 'letter_habitual' },
    reliable: { sequence: 'letter_reliable' },
    sometimes_late: {},
  }),
};
