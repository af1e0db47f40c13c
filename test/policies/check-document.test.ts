import { describe, expect, it } from '@jest/globals';
import { checkCustomerPolicy, checkDocument } from '../../src/policies/check-document.ts';
import type { PolicyBody, Segment } from '../../src/policies/document.ts';
import type { Fault } from '../../src/policies/fault.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import type { PolicySettings } from '../../src/policies/policy.ts';
import { type Step, step } from '../../src/policies/step.ts';

const first = step({ key: 'first', name: 'first reminder', offsetDays: 3, stage: 'first' });
const second = step({ key: 'second', name: 'second reminder', offsetDays: 9, stage: 'second' });
const final = step({ key: 'final', name: 'final notice', offsetDays: 30, stage: 'final' });
const courtesy = step({
  key: 'courtesy',
  name: 'note',
  offsetDays: -5,
  offsetUnit: 'business',
  stage: 'courtesy',
});
const letter = { channel: 'letter', template: 'letter_formal', stage: 'third' } as const;

/** Two texts a fault: its place below the part that was changed, and a word of what it says. */
type Told = readonly (readonly [path: string, words: RegExp])[];

function tell(faults: readonly Fault[], level: Fault['level'], below: string): readonly string[] {
  for (const { words, action } of faults) {
    expect(words).toMatch(/\.$/);
    expect(action).toMatch(/\.$/);
  }
  return faults
    .filter((fault) => fault.level === level && fault.path.startsWith(below))
    .map(({ path, words }) => `${path.slice(below.length)} ${words}`);
}

function expectTold(found: readonly string[], told: Told): void {
  expect(found).toEqual(
    told.map(([path, words]) => expect.stringMatching(new RegExp(`^${path} .*${words.source}`))),
  );
}

const withSettings = (some: Partial<PolicySettings>): PolicyBody => ({
  ...emailBody,
  settings: { ...emailBody.settings, ...some },
});
const withSteps = (...steps: readonly Step[]): PolicyBody => ({
  ...emailBody,
  sequences: [{ key: 'email', name: 'E-mail', paused: false, steps }],
});
const friends: Segment = {
  key: 'friends',
  name: 'Friends',
  when: { invoicesAtMost: 2 },
  settings: {},
  paused: false,
};
const withSegments = (...segments: readonly Partial<Segment>[]): PolicyBody => ({
  ...emailBody,
  segments: segments.map((some) => ({ ...friends, ...some })),
});
const fee = {
  kind: 'contract',
  yearlyRateBp: 1200,
  graceDays: 5,
  attestedBy: 'Dana',
  attestedOn: '2026-10-01',
} as const;

describe('SEQ-12: settings that cannot be are refused when saved', () => {
  it.each<[string, Partial<PolicySettings>, Told]>([
    ['no day', { sendDays: [] }, [['sendDays', /no day on which/]]],
    ['weekends only', { sendDays: [6, 7] }, [['sendDays', /business days in few countries/]]],
    ['an eighth weekday', { sendDays: [1, 8] }, [['sendDays', /no week has/]]],
    ['a weekday twice', { sendDays: [1, 1] }, [['sendDays', /named twice/]]],
    [
      'a window that ends first',
      { window: { from: '17:00', to: '09:00' } },
      [['window.to', /before it starts/]],
    ],
    [
      'a window without an end',
      { window: { from: '09:00', to: '09:00' } },
      [['window.to', /before it starts/]],
    ],
    [
      'no times',
      { window: { from: '9', to: '25:00' } },
      [
        ['window.from', /no time/],
        ['window.to', /no time/],
      ],
    ],
    ['a window at night', { window: { from: '19:00', to: '23:00' } }, [['window.from', /not half an hour/]]],
    [
      'a window of minutes',
      { window: { from: '09:00', to: '09:20' } },
      [['window.from', /not half an hour/]],
    ],
    ['no gap', { minGapBusinessDays: 0 }, [['minGapBusinessDays', /cannot be 0/]]],
    ['half a day of gap', { minGapBusinessDays: 3.5 }, [['minGapBusinessDays', /cannot be 3.5/]]],
    ['a gap for ever', { minGapBusinessDays: 31 }, [['minGapBusinessDays', /cannot be 31/]]],
    [
      'a rest for ever',
      { restAfterPaymentBusinessDays: 61 },
      [['restAfterPaymentBusinessDays', /cannot be/]],
    ],
    ['negative grace', { promiseGraceBusinessDays: -1 }, [['promiseGraceBusinessDays', /cannot be/]]],
    [
      'no contact at all',
      { caps: { perWeek: 0, perMonth: 0 } },
      [
        ['caps.perWeek', /0/],
        ['caps.perMonth', /0/],
      ],
    ],
    ['two calls a day', { caps: { perWeek: 8, perMonth: 20 } }, [['caps.perWeek', /cannot be 8/]]],
    ['caps that contradict', { caps: { perWeek: 4, perMonth: 3 } }, [['caps.perMonth', /no room for 4/]]],
    ['no currency', { minimumBalance: { XXY: 5 } }, [['minimumBalance.XXY', /not a currency/]]],
    ['an amount below 0', { worthACall: { USD: -1 } }, [['worthACall.USD', /below zero/]]],
    ['an unsafe amount', { worthALetter: { USD: 2 ** 60 } }, [['worthALetter.USD', /too large/]]],
    ['a fraction of a cent', { worthALetter: { USD: 1.5 } }, [['worthALetter.USD', /not whole/]]],
    [
      'a minimum that is a debt',
      { minimumBalance: { USD: 1_000_001 } },
      [['minimumBalance.USD', /too large/]],
    ],
    [
      'a statement on day 0',
      { statement: { forWhom: 'everybody', businessDay: 0 } },
      [['statement.businessDay', /0/]],
    ],
    [
      'a statement on day 21',
      { statement: { forWhom: 'nobody', businessDay: 21 } },
      [['statement.businessDay', /21/]],
    ],
    ['an unknown sequence', { sequence: 'loud' }, [['sequence', /no sequence “loud”/]]],
    [
      'a fee nobody attested',
      { lateFee: { ...fee, attestedBy: null, attestedOn: null } },
      [
        ['lateFee.attestedBy', /Nobody has stated/],
        ['lateFee.attestedOn', /not known when/],
      ],
    ],
    [
      'a fee attested on no day',
      { lateFee: { ...fee, attestedOn: '2026-02-30' } },
      [['lateFee.attestedOn', /when/]],
    ],
    ['a usurious fee', { lateFee: { ...fee, yearlyRateBp: 2401 } }, [['lateFee.yearlyRateBp', /24.01 %/]]],
    [
      'a fee without a rate',
      { lateFee: { ...fee, yearlyRateBp: null } },
      [['lateFee.yearlyRateBp', /needs its rate/]],
    ],
    [
      'a rate beside the law’s',
      { lateFee: { ...fee, kind: 'statutory' } },
      [['lateFee.yearlyRateBp', /of the law/]],
    ],
    [
      'a fee before it is late',
      { lateFee: { ...fee, graceDays: -1 } },
      [['lateFee.graceDays', /cannot be -1/]],
    ],
  ])('%s', (_name, settings, told) => {
    expectTold(tell(checkDocument(withSettings(settings)), 'refuse', 'settings.'), told);
    // a segment and a customer may not say it either
    expectTold(tell(checkDocument(withSegments({ settings })), 'refuse', 'segments.0.settings.'), told);
    const own = { segment: null, settings, paused: false };
    expectTold(tell(checkCustomerPolicy(own, emailBody), 'refuse', 'settings.'), told);
  });

  it.each<[string, Partial<PolicySettings>, Told]>([
    ['Saturdays', { sendDays: [1, 6] }, [['sendDays', /Saturdays/]]],
    [
      'hours that the law closes',
      { window: { from: '07:00', to: '17:00' } },
      [['window.from', /Before 08:00/]],
    ],
    ['a gap below the house’s', { minGapBusinessDays: 2 }, [['minGapBusinessDays', /kept anyway/]]],
    [
      'a rate above the usual',
      { lateFee: { ...fee, yearlyRateBp: 2000 } },
      [['lateFee.yearlyRateBp', /18 %/]],
    ],
  ])('warns of %s, and saves it', (_name, settings, told) => {
    const faults = checkDocument(withSettings(settings));
    expectTold(tell(faults, 'warn', 'settings.'), told);
    expect(tell(faults, 'refuse', '')).toEqual([]);
  });

  it('takes “do nothing”, the law’s own interest and the edges of every bound', () => {
    expect(
      checkDocument(
        withSettings({
          sequence: null,
          window: { from: '08:00', to: '18:00' },
          caps: { perWeek: 7, perMonth: 30 },
          statement: { forWhom: 'everybody', businessDay: 20 },
          lateFee: { ...fee, kind: 'statutory', yearlyRateBp: null },
        }),
      ),
    ).toEqual([]);
  });
});

describe('SEQ-12: steps that cannot be are refused when saved', () => {
  const at = (index: number, some: Partial<Step>): Step[] =>
    [first, second, final].map((one, place) => (place === index ? { ...one, ...some } : one));

  it.each<[string, readonly Step[], Told]>([
    ['two on one day', at(1, { offsetDays: 3 }), [['1.offsetDays', /does not come after “first/]]],
    ['falling days', at(2, { offsetDays: 5 }), [['2.offsetDays', /does not come after “second/]]],
    [
      'days that fall on some weekdays only',
      at(1, { offsetDays: 3, offsetUnit: 'business' }),
      [['1.offsetDays', /on every weekday/]],
    ],
    [
      'a milder step after a stricter',
      [first, second, { ...first, key: 'x', offsetDays: 20 }],
      [['2.stage', /milder/]],
    ],
    ['a key twice', at(1, { key: 'first' }), [['1.key', /same key/]]],
    ['a key of Duly’s', at(1, { key: 'thank_you' }), [['1.key', /Duly uses itself/]]],
    ['no usable key', at(1, { key: 'Second!' }), [['1.key', /no usable key/]]],
    ['no name', at(1, { name: ' ' }), [['1.name', /needs a name/]]],
    ['a name of two lines', at(1, { name: 'a\nb' }), [['1.name', /needs a name/]]],
    [
      'a courtesy after the due date',
      [{ ...courtesy, offsetDays: 1, offsetUnit: 'calendar' }, first],
      [['0.offsetDays', /courtesy/]],
    ],
    ['a reminder before anything is late', at(0, { offsetDays: 0 }), [['0.offsetDays', /before that is so/]]],
    ['a day in ten years', at(2, { offsetDays: 3650 }), [['2.offsetDays', /cannot be 3650/]]],
    ['half a day', at(0, { offsetDays: 2.5 }), [['0.offsetDays', /cannot be 2.5/]]],
    ['a wording that does not exist', at(1, { template: 'angry' }), [['1.template', /no wording “angry”/]]],
    ['a wording inherited from nowhere', at(1, { template: 'constructor' }), [['1.template', /no wording/]]],
    ['a wording of another channel', at(1, { template: 'call' }), [['1.template', /made for call/]]],
    ['a wording more severe than its step', at(0, { template: 'final' }), [['0.template', /milder/]]],
    ['a last chance of six days', at(2, { payWithinDays: 6 }), [['2.payWithinDays', /last chance/]]],
    ['no day to pay', at(0, { payWithinDays: 0 }), [['0.payWithinDays', /cannot be 0/]]],
    [
      'a final notice by itself',
      at(2, { needsPerson: false }),
      [['2.needsPerson', /need a person|would leave/]],
    ],
    [
      'an e-mail that waits for somebody',
      at(0, { waitsBusinessDays: 3 }),
      [['0.waitsBusinessDays', /calls and letters/]],
    ],
    [
      'a letter that waits for ever',
      [first, second, step({ key: 'l', name: 'letter', offsetDays: 20, ...letter, waitsBusinessDays: 99 })],
      [['2.waitsBusinessDays', /cannot be 99/]],
    ],
    ['a repeat in between', at(0, { repeat: { everyDays: 30, most: 2 } }), [['0.repeat', /not the last/]]],
    ['a daily repeat', at(2, { repeat: { everyDays: 1, most: 2 } }), [['2.repeat.everyDays', /cannot be 1/]]],
    ['an endless repeat', at(2, { repeat: { everyDays: 30, most: 1000 } }), [['2.repeat.most', /1000/]]],
    ['a second reminder first', [second, final], [['0.stage', /the first that a customer hears/]]],
    ['a final notice first', [courtesy, final], [['1.stage', /the first that a customer hears/]]],
    [
      'an unknown segment',
      at(0, { conditions: { ...first.conditions, segments: ['vip'] } }),
      [['0.conditions.segments.0', /vip/]],
    ],
    [
      'no segment at all',
      at(0, { conditions: { ...first.conditions, segments: [] } }),
      [['0.conditions.segments', /no segment/]],
    ],
    [
      'no type at all',
      at(0, { conditions: { ...first.conditions, debtorTypes: [] } }),
      [['0.conditions.debtorTypes', /no type/]],
    ],
    [
      'a minimum in no currency',
      at(0, { conditions: { ...first.conditions, minimum: { ABC: 1 } } }),
      [['0.conditions.minimum.ABC', /ABC/]],
    ],
    [
      'no days since a payment',
      at(0, { conditions: { ...first.conditions, daysSincePayment: 0 } }),
      [['0.conditions.daysSincePayment', /0/]],
    ],
    [
      'a consequence at once',
      at(0, { consequence: 'agency', needsPerson: true }),
      [['0.consequence', /may not announce/]],
    ],
    [
      'a consequence that nobody approves',
      [first, second, step({ key: 'l', name: 'letter', offsetDays: 20, ...letter, consequence: 'agency' })],
      [['2.consequence', /may not announce/]],
    ],
  ])('%s', (_name, steps, told) => {
    expectTold(tell(checkDocument(withSteps(...steps)), 'refuse', 'sequences.0.steps.'), told);
  });

  it('refuses a sequence without steps, and more steps, sequences and segments than anybody can follow', () => {
    const many = <T>(count: number, make: (index: number) => T): T[] =>
      Array.from({ length: count }, (_, index) => make(index));
    const steps = many(21, (index) => ({ ...first, key: `s${index}`, offsetDays: index * 7 + 1 }));
    expectTold(tell(checkDocument(withSteps()), 'refuse', 'sequences.0.'), [['steps', /no step/]]);
    expectTold(tell(checkDocument(withSteps(...steps)), 'refuse', 'sequences.0.'), [['steps', /21 steps/]]);
    const sequences = many(31, (index) => ({ key: `q${index}`, name: 'One', paused: false, steps: [first] }));
    expectTold(tell(checkDocument({ ...withSettings({ sequence: 'q0' }), sequences }), 'refuse', ''), [
      ['sequences', /31 sequences/],
    ]);
    const segments = many(31, (index) => ({ ...friends, key: `g${index}` }));
    expectTold(tell(checkDocument({ ...emailBody, segments }), 'refuse', ''), [['segments', /31 segments/]]);
  });

  it('refuses two sequences of one key', () => {
    const [one] = emailBody.sequences;
    const twice = {
      ...emailBody,
      sequences: [one, one].flatMap((each) => (each === undefined ? [] : [each])),
    };
    expectTold(tell(checkDocument(twice), 'refuse', 'sequences.'), [['1.key', /same key/]]);
  });

  it('warns when steps lie closer together than the gap allows', () => {
    const faults = checkDocument(withSteps(first, { ...second, offsetDays: 5 }));
    expectTold(tell(faults, 'warn', 'sequences.0.steps.'), [['1.offsetDays', /sooner than the gap/]]);
  });

  it('takes a repeated last step, a courtesy on the due date, and an approved consequence', () => {
    const onTheDay = { ...courtesy, offsetDays: 0, offsetUnit: 'calendar' } as const;
    const last = { ...final, consequence: 'agency', repeat: { everyDays: 30, most: 3 } };
    expect(checkDocument(withSteps(onTheDay, { ...first, offsetDays: 4 }, last))).toEqual([]);
  });
});

describe('SEQ-12: segments that cannot be are refused when saved', () => {
  it.each<[string, Partial<Segment>, Told]>([
    ['no key', { key: '' }, [['key', /no usable key/]]],
    ['no name', { name: '' }, [['name', /needs a name/]]],
    ['more than all', { when: { latePercentAtLeast: 101 } }, [['when.latePercentAtLeast', /101/]]],
    [
      'an empty range',
      { when: { latePercentAtLeast: 50, latePercentAtMost: 40 } },
      [['when.latePercentAtMost', /nothing/]],
    ],
    [
      'an empty range of days',
      { when: { averageDaysLateAtLeast: 5, averageDaysLateAtMost: 4 } },
      [['when.averageDaysLateAtMost', /nothing/]],
    ],
    ['a fraction of an invoice', { when: { invoicesAtMost: 0.5 } }, [['when.invoicesAtMost', /0.5/]]],
    ['no amount', { when: { openAtLeast: {} } }, [['when.openAtLeast', /names no amount/]]],
    ['no currency', { when: { openAtLeast: { US: 5 } } }, [['when.openAtLeast.US', /not a currency/]]],
    ['no type', { when: { debtorTypes: [] } }, [['when.debtorTypes', /no type/]]],
    ['no group', { when: { groups: [] } }, [['when.groups', /no group/]]],
    ['an empty group', { when: { groups: [''] } }, [['when.groups.0', /needs a name/]]],
    [
      'by hand and by rule',
      { when: { byHandOnly: true, invoicesAtMost: 1 } },
      [['when.byHandOnly', /by hand/]],
    ],
  ])('%s', (_name, segment, told) => {
    expectTold(tell(checkDocument(withSegments(segment)), 'refuse', 'segments.0.'), told);
  });

  it('refuses two of one key, and one for everybody before others', () => {
    expectTold(tell(checkDocument(withSegments({}, {})), 'refuse', 'segments.'), [['1.key', /same key/]]);
    expectTold(tell(checkDocument(withSegments({ when: {} }, { key: 'b' })), 'refuse', 'segments.'), [
      ['0.when', /for everybody/],
    ]);
    expect(checkDocument(withSegments({}, { key: 'b', when: {} }))).toEqual([]);
  });

  it('a customer may not be put into a segment that does not exist', () => {
    const faults = checkCustomerPolicy({ segment: 'vip', settings: {}, paused: false }, emailBody);
    expectTold(tell(faults, 'refuse', ''), [['segment', /no segment “vip”/]]);
  });
});
