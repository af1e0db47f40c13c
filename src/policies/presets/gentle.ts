import type { PolicyBody } from '../document.ts';
import { usualSettings } from '../policy.ts';
import { step } from '../step.ts';
import { about } from './amounts.ts';
import { call, courtesy as courtesyNote, on, onlyFor, others, sequence } from './parts.ts';
import { forIndividuals, segmentsWith } from './segments.ts';

const courtesy = { ...courtesyNote, sender: 'owner' } as const;
const first = step({
  key: 'gentle_first',
  name: 'personal note',
  offsetDays: 7,
  stage: 'first',
  template: 'gentle_first',
  sender: 'owner',
  recipients: others.informed,
  payWithinDays: 10,
});
const second = step({
  key: 'gentle_second',
  name: 'second personal note',
  offsetDays: 17,
  stage: 'second',
  template: 'gentle_second',
  sender: 'owner',
  recipients: others.informed,
  payWithinDays: 10,
});
const last = step({
  key: 'gentle_last',
  name: 'last personal note',
  offsetDays: 45,
  stage: 'final',
  template: 'gentle_last',
  sender: 'owner',
  recipients: others.informed,
  payWithinDays: 14,
});

/** The head of the business writes, understanding first; a call before the last word (P10). */
export const gentle: PolicyBody = {
  preset: 'gentle',
  sequences: [
    sequence('gentle', 'Gentle', [on(-5, courtesy, onlyFor(['new'])), first, second, on(24, call), last]),
    sequence('gentle_reliable', 'Gentle, later', [on(10, first), on(24, second), on(34, call), on(60, last)]),
    sequence('gentle_habitual', 'Gentle, with an earlier call', [
      courtesy,
      on(5, first),
      on(12, call),
      on(19, second),
      last,
    ]),
    sequence('gentle_large', 'Gentle, a person first', [
      courtesy,
      on(5, call, { stage: 'first' }),
      on(12, first, { needsPerson: true }),
      on(22, second, { needsPerson: true }),
      last,
    ]),
    sequence('gentle_consumer', 'Gentle, for individuals', [
      on(10, first),
      on(24, second),
      on(60, last, { payWithinDays: 30 }),
    ]),
  ],
  settings: {
    ...usualSettings,
    sequence: 'gentle',
    minGapBusinessDays: 4,
    caps: { perWeek: 2, perMonth: 6 },
    worthACall: about(250),
    worthALetter: about(50),
    statement: { forWhom: 'several_open', businessDay: 3 },
    thankYou: true,
  },
  segments: segmentsWith({
    consumer: { sequence: 'gentle_consumer', ...forIndividuals },
    large_balance: { sequence: 'gentle_large' },
    new: {},
    habitually_late: { sequence: 'gentle_habitual' },
    reliable: { sequence: 'gentle_reliable' },
    sometimes_late: {},
  }),
};
