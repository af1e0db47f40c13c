import { describe, expect, it } from '@jest/globals';
import { checkDocument } from '../../src/policies/check-document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { expectTold, friends, type Told, tell, withSettings, withSteps } from './check-support.ts';

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
    [
      'a key that no plan would ever take back',
      at(1, { key: 'consequence_withdrawn' }),
      [['1.key', /Duly uses itself/]],
    ],
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
    [
      'a consequence that is none of the catalogue’s',
      at(2, { ...final, consequence: 'public_shaming' }),
      [['2.consequence', /“public_shaming”, which is no consequence/]],
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

  it('a fault names a stage as the form of a step does', () => {
    const said = (...steps: readonly Step[]): string =>
      checkDocument(withSteps(...steps))
        .map(({ words, action }) => `${words} ${action}`)
        .join(' ');
    const mild = { ...first, key: 'mild', offsetDays: 40 };
    expect(said(first, second, final, mild)).toContain('Give it the stage “Final notice” or a later one.');
    expect(said(second, final)).toContain(
      'at the stage “Second reminder”. Begin with a step of the stage “First reminder”.',
    );
    expect(said({ ...first, template: 'final' })).toContain('is that of the stage “Final notice”, and');
    expect(said({ ...first, consequence: 'agency' })).toContain(
      'of the stage “Third reminder” or “Final notice” that',
    );
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
