import { describe, expect, it } from '@jest/globals';
import type { PolicyBody, Sequence } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import type { PolicySettings } from '../../src/policies/policy.ts';
import { presets } from '../../src/policies/presets/presets.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { whatChangedInPolicy } from '../../src/policies/what-changed.ts';

const { standard } = presets;
const changed = (after: PolicyBody, before = standard): string[] =>
  whatChangedInPolicy(before, after, 'en-US');
const set = (some: Partial<PolicySettings>): string[] =>
  changed({ ...standard, settings: { ...standard.settings, ...some } });
const edit = (make: (main: Sequence) => Sequence): string[] =>
  changed({
    ...standard,
    sequences: standard.sequences.map((one, index) => (index === 0 ? make(one) : one)),
  });
const editStep = (key: string, some: Partial<Step>): string[] =>
  edit((main) => ({
    ...main,
    steps: main.steps.map((one) => (one.key === key ? { ...one, ...some } : one)),
  }));

describe('what changed in a policy, in words', () => {
  it('is nothing when nothing did, whatever the order of fields', () => {
    expect(changed(structuredClone(standard))).toEqual([]);
    const { sequences, settings, ...rest } = standard;
    expect(changed({ settings, sequences, ...rest })).toEqual([]);
  });

  it.each<[Partial<PolicySettings>, string]>([
    [{ sequence: null }, 'Nothing is sent.'],
    [{ sequence: 'standard_large' }, 'Reminders follow the sequence “Standard, a person first”.'],
    [
      { window: { from: '10:00', to: '15:30' } },
      'Customers are contacted from 10:00 until before 15:30, their time.',
    ],
    [{ sendDays: [2, 4] }, 'Customers are contacted on Tuesday and Thursday, and on no public holiday.'],
    [{ sendDays: [1, 2, 3, 4] }, 'Customers are contacted on Monday to Thursday, and on no public holiday.'],
    [{ minGapBusinessDays: 4 }, 'Between two contacts lie at least 4 business days.'],
    [
      { caps: { perWeek: 1, perMonth: 2 } },
      'A customer is contacted at most once in 7 days and twice in 30 days.',
    ],
    [{ restAfterPaymentBusinessDays: 1 }, 'After a payment reminders rest for 1 business day.'],
    [{ promiseGraceBusinessDays: 0 }, 'A promise is broken on the day after it.'],
    [{ minimumBalance: { USD: 500 } }, 'No reminder for $5.00 or less.'],
    [{ worthACall: {} }, 'Every amount is worth a call.'],
    [{ worthALetter: { USD: 10_000, JPY: 900 } }, 'No letter under $100.00 or ¥900.'],
    [{ statement: { forWhom: 'nobody', businessDay: 3 } }, 'No statements are sent.'],
    [
      { statement: { forWhom: 'everybody', businessDay: 2 } },
      'A statement goes to everybody who owes on the second business day of the month, in place of that day’s reminder.',
    ],
    [{ thankYou: false }, 'Nobody is thanked for having paid after a reminder.'],
    [
      {
        lateFee: {
          kind: 'contract',
          yearlyRateBp: 1850,
          graceDays: 5,
          attestedBy: 'Dana',
          attestedOn: '2026-10-01',
        },
      },
      'Interest of 18.5 % a year by our terms is computed, 5 days after the due date (stated by Dana on 2026-10-01). Only a message that announces interest names a sum.',
    ],
  ])('%j', (some, words) => {
    expect(set(some)).toEqual([words]);
  });

  it('tells each change of a step', () => {
    expect(editStep('second', { offsetDays: 10 })).toEqual([
      '“Standard”: “second reminder” comes 10 days after the due date (was 8 days after the due date).',
    ]);
    expect(editStep('courtesy', { offsetDays: -1 })).toEqual([
      '“Standard”: “courtesy note” comes 1 business day before the due date (was 5 business days before the due date).',
    ]);
    expect(editStep('third', { name: 'firm reminder', sender: 'owner', payWithinDays: 9 })).toEqual([
      '“Standard”: “firm reminder” was called “third reminder”.',
      '“Standard”: “firm reminder” comes from the owner.',
      '“Standard”: “firm reminder” gives 9 days to pay.',
    ]);
    expect(editStep('letter', { channel: 'email', template: 'third', needsPerson: false })).toEqual([
      '“Standard”: “formal letter” goes by e-mail.',
      '“Standard”: “formal letter” has the wording “third reminder”.',
      '“Standard”: “formal letter” needs no person.',
    ]);
    expect(editStep('final', { consequence: 'agency', repeat: { everyDays: 30, most: 2 } })).toEqual([
      '“Standard”: “final notice” announces “Pass to an agency”.',
      '“Standard”: “final notice” repeats.',
    ]);
  });

  it('tells steps that came, went and changed places', () => {
    const extra = step({ key: 'extra', name: 'extra reminder', offsetDays: 60, stage: 'final' });
    expect(edit((main) => ({ ...main, steps: [...main.steps.slice(1), extra] }))).toEqual([
      '“Standard”: “courtesy note” is gone.',
      '“Standard”: new step “extra reminder”, 60 days after the due date.',
    ]);
    expect(edit((main) => ({ ...main, steps: main.steps.toReversed() }))).toEqual([
      '“Standard”: the steps have another order.',
    ]);
  });

  it('tells sequences and segments that came, went, moved and were paused', () => {
    expect(edit((main) => ({ ...main, paused: true, name: 'Main' }))).toEqual([
      '“Main”: it was called “Standard”.',
      '“Main”: it is paused.',
    ]);
    const [consumer, large, ...others] = standard.segments;
    if (consumer === undefined || large === undefined) throw new Error('no segments');
    expect(changed({ ...standard, segments: [large, consumer, ...others] })).toEqual([
      expect.stringMatching(/^Segments are tried in the order “Large balance”, “Consumer or sole trader”/),
    ]);
    const friends = {
      key: 'friends',
      name: 'Friends',
      when: { byHandOnly: true },
      settings: {},
      paused: false,
    } as const;
    expect(
      changed({ ...standard, segments: [consumer, { ...large, paused: true }, ...others.slice(1), friends] }),
    ).toEqual([
      'The segment “New customer” is gone.',
      'Reminders to “Large balance” are paused.',
      'New segment “Friends”: whoever is put here by hand.',
    ]);
    const slower = {
      ...large,
      when: { openAtLeast: { USD: 5_000_000 } },
      settings: { minGapBusinessDays: 9 },
    };
    expect(changed({ ...standard, segments: [consumer, slower, ...others] })).toEqual([
      '“Large balance” is: an open balance of $50,000.00 or more.',
      '“Large balance”: Sequence: as for everybody else.',
      '“Large balance”: Between two contacts lie at least 9 business days.',
    ]);
  });

  it('tells the change to another preset', () => {
    const words = changed(standard, emailBody);
    expect(words).toContain('New sequence “Standard” with 7 steps.');
    expect(words).toContain('The sequence “Four e-mails” is gone.');
    expect(changed(presets.gentle)[0]).toBe('It goes by the preset Gentle.');
  });
});

it('amounts are told in the currencies that the company meets, when they have one of them', () => {
  const changed = { ...standard, settings: { ...standard.settings, worthALetter: { EUR: 2000, USD: 3000 } } };
  expect(whatChangedInPolicy(standard, changed, 'en', ['USD'])).toEqual(['No letter under $30.00.']);
  expect(whatChangedInPolicy(standard, changed, 'en', ['JPY'])).toEqual([
    'No letter under €20.00 or $30.00.',
  ]);
});
