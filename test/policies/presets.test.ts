import { describe, expect, it } from '@jest/globals';
import { checkDocument } from '../../src/policies/check-document.ts';
import type { PolicyBody } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { presets } from '../../src/policies/presets/presets.ts';
import { withPreset } from '../../src/policies/presets/switch.ts';
import { policyFor } from '../../src/policies/resolve.ts';
import type { CustomerFacts } from '../../src/policies/segment.ts';
import type { Step } from '../../src/policies/step.ts';

const { gentle, standard, letter_first: letterFirst } = presets;

const known: CustomerFacts = {
  customerId: '7',
  invoices: 20,
  settled: 12,
  settledLate: 3,
  averageDaysLate: 4,
  brokenPromises: 0,
  openMinor: { USD: 120_000 },
  debtorType: 'business',
  countsAs: 'business',
  groups: [],
  byHand: null,
};
/** One of each segment. */
const people: Readonly<Record<string, CustomerFacts>> = {
  sometimes_late: known,
  new: { ...known, invoices: 1, settled: 0, settledLate: 0, averageDaysLate: null },
  reliable: { ...known, settledLate: 1, averageDaysLate: -2 },
  habitually_late: { ...known, settledLate: 9, averageDaysLate: 19 },
  large_balance: { ...known, openMinor: { USD: 1_000_000 } },
  consumer: { ...known, debtorType: 'consumer', countsAs: 'consumer' },
};

const policyOf = (body: PolicyBody, segment: string) =>
  policyFor({ ...body, version: 1 }, people[segment] ?? known, null);
const days = (steps: readonly Step[]): string[] =>
  steps.map(
    ({ key, offsetDays, channel }) => `${offsetDays} ${key}${channel === 'email' ? '' : ` (${channel})`}`,
  );

describe.each(Object.entries(presets))('the preset %s', (_key, preset) => {
  it('passes the check of policies without a warning', () => {
    expect(checkDocument(preset)).toEqual([]);
  });

  it('places everybody in the segment of its habits', () => {
    for (const segment of Object.keys(people)) expect(policyOf(preset, segment).segment).toBe(segment);
  });

  it('begins later with the reliable than with others, and earlier with a call for the habitually late', () => {
    const start = (segment: string): number =>
      policyOf(preset, segment).steps.find(({ stage }) => stage === 'first')?.offsetDays ?? 0;
    const call = (segment: string): number =>
      policyOf(preset, segment).steps.find(({ channel }) => channel === 'call')?.offsetDays ?? 99;
    expect(start('reliable')).toBeGreaterThan(start('sometimes_late'));
    expect(call('habitually_late')).toBeLessThan(call('sometimes_late'));
    expect(policyOf(preset, 'habitually_late').steps[0]?.stage).toBe('courtesy');
  });

  it('lets a person call a large balance before anything is written about a debt', () => {
    const [, second] = policyOf(preset, 'large_balance').steps;
    expect(second).toMatchObject({ channel: 'call', stage: 'first' });
  });

  it('is slower with individuals, who get no call, no service, no copies, and thirty days at last', () => {
    const { steps, caps, minGapBusinessDays } = policyOf(preset, 'consumer');
    expect([caps, minGapBusinessDays]).toEqual([{ perWeek: 2, perMonth: 6 }, 5]);
    expect(steps.filter(({ channel, sender }) => channel === 'call' || sender === 'service')).toEqual([]);
    expect(steps.filter(({ recipients }) => recipients.escalation || recipients.contacts)).toEqual([]);
    expect(steps.at(-1)).toMatchObject({ stage: 'final', payWithinDays: 30, offsetDays: 60 });
  });
});

describe('what the presets do', () => {
  it('Standard: friendly early, a call, the third with the manager copied in, a letter, the final notice', () => {
    expect(days(policyOf(standard, 'sometimes_late').steps)).toEqual([
      '-5 courtesy',
      '3 first',
      '8 second',
      '14 call (call)',
      '21 third',
      '30 letter (letter)',
      '45 final',
    ]);
    const [courtesy] = policyOf(standard, 'new').steps;
    expect(courtesy?.conditions.segments).toEqual(['new', 'habitually_late', 'large_balance']);
  });

  it('Gentle: the owner writes everything, and calls before the last word (P10)', () => {
    const { steps } = policyOf(gentle, 'sometimes_late');
    expect(days(steps)).toEqual([
      '-5 courtesy',
      '7 gentle_first',
      '17 gentle_second',
      '24 call (call)',
      '45 gentle_last',
    ]);
    expect(steps.filter(({ channel, sender }) => channel === 'email' && sender !== 'owner')).toEqual([]);
  });

  it('Letter first: letter, mention, call, owner and call, manager and call, last chance (P1 to P7, P10, P11)', () => {
    expect(days(policyOf(letterFirst, 'sometimes_late').steps)).toEqual([
      '-5 courtesy',
      '3 letter_first (letter)',
      '7 letter_mention',
      '14 call (call)',
      '21 owner_personal',
      '25 call_after_owner (call)',
      '30 manager_copied',
      '37 call_head (call)',
      '45 last_chance (letter)',
    ]);
  });

  it.each(['sometimes_late', 'reliable', 'habitually_late', 'large_balance'])(
    'Letter first calls after the owner’s mail, then the head of the business after the manager’s copy, a week before the last chance: %s',
    (segment) => {
      const { steps, minGapBusinessDays, caps } = policyOf(letterFirst, segment);
      const at = (key: string): number => steps.findIndex((step) => step.key === key);
      const day = (key: string): number => steps[at(key)]?.offsetDays ?? Number.NaN;
      expect(steps.slice(at('owner_personal')).map(({ key }) => key)).toEqual([
        'owner_personal',
        'call_after_owner',
        'manager_copied',
        'call_head',
        'last_chance',
      ]);
      expect(steps[at('call_after_owner')]?.recipients.escalation).toBe(false);
      expect(steps[at('call_head')]).toMatchObject({
        channel: 'call',
        sender: 'bookkeeper',
        recipients: { escalation: true, informSales: true },
      });
      expect(day('call_after_owner') - day('owner_personal')).toBeGreaterThan(minGapBusinessDays);
      expect(day('last_chance') - day('call_head')).toBeGreaterThanOrEqual(7);
      // no 30 days ask for more than the cap, with a statement besides
      const most = steps.map(
        ({ offsetDays: from }) =>
          steps.filter(({ offsetDays: on }) => on >= from && on < from + 30).length + 1,
      );
      expect(Math.max(...most)).toBeLessThanOrEqual(caps.perMonth);
    },
  );
});

describe('another preset', () => {
  const own: PolicyBody = {
    ...standard,
    settings: { ...standard.settings, minimumBalance: { USD: 500 }, window: { from: '10:00', to: '15:00' } },
    segments: [
      {
        key: 'friends',
        name: 'Friends',
        when: { byHandOnly: true },
        settings: { sequence: null },
        paused: false,
      },
      ...standard.segments.map((one) =>
        one.key === 'large_balance'
          ? { ...one, when: { openAtLeast: { USD: 5_000_000 } }, paused: true }
          : one,
      ),
    ],
  };

  it('brings its sequences and settings, and keeps thresholds, hours, rules, segments and pauses of the business', () => {
    const chosen = withPreset(own, 'gentle');
    expect(chosen.sequences).toEqual(gentle.sequences);
    expect(chosen.settings).toEqual({
      ...gentle.settings,
      minimumBalance: { USD: 500 },
      window: { from: '10:00', to: '15:00' },
    });
    expect(chosen.segments.map(({ key }) => key)).toEqual([
      'friends',
      ...gentle.segments.map(({ key }) => key),
    ]);
    expect(chosen.segments.find(({ key }) => key === 'large_balance')).toMatchObject({
      when: { openAtLeast: { USD: 5_000_000 } },
      settings: { sequence: 'gentle_large' },
      paused: true,
    });
  });

  it('there and back leaves everything as it was', () => {
    expect(withPreset(withPreset(own, 'letter_first'), 'standard')).toEqual(own);
  });

  it('keeps a sequence that the business made or changed, and whoever uses it', () => {
    const mine = { key: 'mine', name: 'Mine', paused: false, steps: emailBody.sequences[0]?.steps ?? [] };
    const [main, ...others] = standard.sequences;
    const changed = {
      ...main,
      steps: main?.steps.slice(1) ?? [],
      key: 'standard',
      name: 'Standard',
      paused: false,
    };
    const before: PolicyBody = {
      ...standard,
      sequences: [changed, ...others, mine],
      segments: [
        { key: 'a', name: 'A', when: { groups: ['A'] }, settings: { sequence: 'mine' }, paused: false },
        {
          key: 'b',
          name: 'B',
          when: { groups: ['B'] },
          settings: { sequence: 'standard_large' },
          paused: false,
        },
      ],
    };
    const chosen = withPreset(before, 'letter_first');
    expect(chosen.sequences.map(({ key }) => key)).toEqual([
      ...letterFirst.sequences.map(({ key }) => key),
      'standard',
      'mine',
    ]);
    expect(chosen.segments.slice(0, 2).map(({ settings }) => settings)).toEqual([{ sequence: 'mine' }, {}]);
    expect(checkDocument(chosen)).toEqual([]);
  });

  it('adds its sequences and segments to a company that had the four e-mails', () => {
    const chosen = withPreset(emailBody, 'standard');
    expect(chosen.sequences.map(({ key }) => key)).toEqual([
      ...standard.sequences.map(({ key }) => key),
      'email',
    ]);
    expect(chosen.segments).toEqual(standard.segments);
    expect(chosen.settings.sequence).toBe('standard');
  });
});
