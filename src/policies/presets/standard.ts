import type { PolicyBody } from '../document.ts';
import { usualSettings } from '../policy.ts';
import { step } from '../step.ts';
import { about } from './amounts.ts';
import { call, courtesy, on, onlyFor, others, sequence } from './parts.ts';
import { forIndividuals, segmentsWith } from './segments.ts';

const first = step({ key: 'first', name: 'first reminder', offsetDays: 3, stage: 'first' });
const second = step({ key: 'second', name: 'second reminder', offsetDays: 8, stage: 'second' });
const third = step({
  key: 'third',
  name: 'third reminder',
  offsetDays: 21,
  stage: 'third',
  recipients: others.manager,
});
/** The professional look of a service where the law leaves it open (P12); else from the business itself. */
const letter = step({
  key: 'letter',
  name: 'formal letter',
  offsetDays: 30,
  channel: 'letter',
  stage: 'third',
  template: 'letter_formal',
  sender: 'service',
  recipients: others.informed,
  needsPerson: true,
  payWithinDays: 10,
  waitsBusinessDays: 5,
});
const final = step({
  key: 'final',
  name: 'final notice',
  offsetDays: 45,
  stage: 'final',
  payWithinDays: 14,
  recipients: others.manager,
});

/** A person calls before anything is written, and looks at each message. */
const byPerson = { needsPerson: true };
/** Nobody else hears of an individual's debt, and no service writes to one. */
const own = { recipients: { contacts: false, escalation: false, informSales: false } };

/** The evidence-based default (email-and-law 4.3): friendly early, a call before it gets formal, a last chance. */
export const standard: PolicyBody = {
  preset: 'standard',
  sequences: [
    sequence('standard', 'Standard', [
      on(-5, courtesy, onlyFor(['new', 'habitually_late', 'large_balance'])),
      first,
      second,
      on(14, call),
      third,
      letter,
      final,
    ]),
    sequence('standard_reliable', 'Standard, later', [
      on(7, first),
      on(14, second),
      on(24, call),
      on(32, third),
      on(42, letter),
      on(60, final),
    ]),
    sequence('standard_habitual', 'Standard, with an earlier call', [
      courtesy,
      first,
      on(7, call, { stage: 'first' }),
      on(12, second),
      third,
      letter,
      final,
    ]),
    sequence('standard_large', 'Standard, a person first', [
      courtesy,
      on(3, call, { stage: 'first' }),
      on(8, first, byPerson),
      on(14, second, byPerson),
      on(21, third, { ...byPerson, sender: 'owner' }),
      letter,
      final,
    ]),
    sequence('standard_consumer', 'Standard, for individuals', [
      on(7, first),
      on(17, second),
      on(30, third, own),
      on(42, letter, { ...own, sender: 'bookkeeper', payWithinDays: 14 }),
      on(60, final, { ...own, payWithinDays: 30 }),
    ]),
  ],
  settings: {
    ...usualSettings,
    sequence: 'standard',
    worthACall: about(100),
    worthALetter: about(50),
    statement: { forWhom: 'several_open', businessDay: 3 },
    thankYou: true,
  },
  segments: segmentsWith({
    consumer: { sequence: 'standard_consumer', ...forIndividuals },
    large_balance: { sequence: 'standard_large' },
    new: {},
    habitually_late: { sequence: 'standard_habitual' },
    reliable: { sequence: 'standard_reliable' },
    sometimes_late: {},
  }),
};
