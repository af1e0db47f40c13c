import { describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { nextStep } from '../../src/dunning/next-step.ts';
import type { Law } from '../../src/policies/law/law.ts';
import type { Policy } from '../../src/policies/policy.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { owed, position } from '../receivables/support.ts';
import { contact, due, history, openLaw, policy, rule, stepInput, went } from './support.ts';

const withSteps = (...steps: readonly Step[]): Policy => ({ ...policy, steps });
const first = step({ key: 'first', name: 'first reminder', offsetDays: 3, stage: 'first' });
const call = step({ key: 'call', name: 'call', offsetDays: 5, stage: 'second', channel: 'call' });
const final = step({ key: 'final', name: 'final notice', offsetDays: 20, stage: 'final' });
const law = (more: Partial<Law>): Law => ({ ...openLaw, ...more });
const words = (more: Parameters<typeof stepInput>[0]): string =>
  nextStep(stepInput(more))
    .reasons.map((reason) => reason.words)
    .join(' ');

describe('what the law leaves open', () => {
  test('a channel that is blocked is passed over, with the rule and its source; nothing left is held', () => {
    const blocked = law({ blocked: [{ what: 'email', rule: rule('no-mail') }] });
    const found = due({ policy: withSteps(first, call), law: blocked });
    expect(found.step.key).toBe('call');
    expect(found.reasons).toContainEqual({
      rule: 'LAW no-mail',
      words: 'The first reminder is passed over: The rule no-mail says so.',
      source: 'Statute of no-mail',
    });
    expect(nextStep(stepInput({ policy: withSteps(first), law: blocked })).kind).toBe('held');
  });

  test('hours of policy and law that never meet are held with both named, and never a loop (SEQ-12)', () => {
    const windows = [
      { channels: ['email'], from: '18:00', to: '20:00', days: [1, 2, 3, 4, 5], rule: rule('late') },
    ] as const;
    const found = nextStep(stepInput({ law: law({ windows }) }));
    expect(found).toMatchObject({ kind: 'held', lookAgainOn: '2026-11-17' });
    expect(found.reasons[0]).toMatchObject({ rule: 'LAW late', source: 'Statute of late' });
    // a person is told, with the rule
    expect(found).toMatchObject({ forbidden: [{ rule: 'LAW late' }] });
    expect(found.reasons[0]?.words).toContain('The policy allows 09:00 to 17:00');
    expect(words({ policy: { ...policy, sendDays: [] } })).toContain('on no day');
  });

  test('a longer gap, a cap by channel and a deadline of the law hold, each with its rule', () => {
    const strict = law({
      minGapBusinessDays: { days: 6, rule: rule('gap') },
      deadlines: [{ stage: 'first', days: 30, rule: rule('days') }],
    });
    const found = due({
      law: strict,
      history: history({ contacts: [contact('2026-11-09', { stepKey: 'x' })] }),
    });
    expect(found.at.toISOString()).toBe('2026-11-18T17:00:00.000Z');
    expect(found.step.payWithinDays).toBe(30);
    expect(found.reasons.map((reason) => reason.rule)).toEqual(
      expect.arrayContaining(['LAW gap', 'LAW days']),
    );
    const cap = { channels: ['call'], days: 7, most: 1, rule: rule('calls') } as const;
    const called = {
      ...went('I1', ['first', '2026-11-02']),
      contacts: [contact('2026-11-05', { channel: 'call' })],
    };
    const next = due({ policy: withSteps(first, call), law: law({ caps: [cap] }), history: called });
    expect(next.at.toISOString()).toBe('2026-11-12T17:00:00.000Z');
  });
});

describe('what a step asks for', () => {
  test('a condition that is not met passes it over, and says why', () => {
    const conditions = { segments: ['large'], minimum: {}, debtorTypes: null, daysSincePayment: null };
    const found = due({ policy: withSteps({ ...first, conditions }, call) });
    expect(found.step.key).toBe('call');
    expect(found.reasons.map((reason) => reason.words).join(' ')).toContain('the customer is in no segment');
    expect(
      words({
        policy: { ...withSteps(first, call), worthACall: { USD: 20_000 } },
        history: went('I1', ['first', '2026-11-02']),
      }),
    ).toContain('a call is worth it from $200.00, and $100.00 would be asked for');
  });

  test('business days are counted in the debtor’s calendar (Veterans Day)', () => {
    const soon = { ...first, offsetDays: 3, offsetUnit: 'business' } as const;
    const young = position({ invoices: [owed('I1', { dueOn: day('2026-11-09') })] });
    expect(due({ policy: withSteps(soon), position: young }).at.toISOString()).toBe(
      '2026-11-13T17:00:00.000Z',
    );
  });

  test('SEQ-02, SEQ-03: before the due date and on it, never after it, and not beside what is past due', () => {
    const early = step({ key: 'c', name: 'courtesy', offsetDays: -5, stage: 'courtesy' });
    const coming = position({ invoices: [owed('I1', { dueOn: day('2026-11-18') })] });
    const found = due({ policy: withSteps(early, first), position: coming });
    expect([found.step.key, found.at.toISOString(), found.askMinor]).toEqual([
      'c',
      '2026-11-13T17:00:00.000Z',
      10_000,
    ]);
    const both = position({ invoices: [owed('I1', { dueOn: day('2026-11-12') }), owed('I2')] });
    expect(
      due({ policy: withSteps(early, first), position: both }).advances.map(({ line }) => line.invoiceId),
    ).toEqual(['I2']);
    const soon = position({ invoices: [owed('I1', { dueOn: day('2026-11-11') })] });
    const after = nextStep(
      stepInput({ policy: withSteps(early, first), position: soon, now: new Date('2026-11-11T02:00:00Z') }),
    );
    expect(after.kind).toBe('nothing');
  });

  test('S11: a call and an e-mail that wait since the same day: the later step goes first, in whatever order the invoices were read', () => {
    const early = step({ key: 'early', name: 'early call', offsetDays: 7, stage: 'first', channel: 'call' });
    const [called, written] = [
      owed('I1', { dueOn: day('2026-11-03') }),
      owed('I2', { dueOn: day('2026-11-07') }),
    ];
    const decided = (invoices: readonly ReturnType<typeof owed>[]) => {
      const found = due({
        policy: withSteps(first, early, final),
        position: position({ invoices }),
        history: went('I1', ['first', '2026-11-06']),
      });
      return [found.step.key, found.advances.map(({ line }) => line.invoiceId)];
    };
    expect(decided([called, written])).toEqual(['early', ['I1']]);
    expect(decided([written, called])).toEqual(['early', ['I1']]);
  });

  test('SEQ-08: the last step repeats at its interval, so many times', () => {
    const again = { ...first, repeat: { everyDays: 7, most: 1 } };
    const once = due({ policy: withSteps(again), history: went('I1', ['first', '2026-11-05']) });
    expect([once.at.toISOString(), once.occasion]).toEqual(['2026-11-12T17:00:00.000Z', 'round 2']);
    const twice = went('I1', ['first', '2026-10-20'], ['first', '2026-10-27']);
    expect(nextStep(stepInput({ policy: withSteps(again), history: twice }))).toMatchObject({
      kind: 'nothing',
      finished: true,
    });
  });

  test('P16: a statement replaces the reminder of its day, once a month, with all that is open', () => {
    const monthly: Policy = { ...policy, statement: { forWhom: 'everybody', businessDay: 7 } };
    const some = position({ invoices: [owed('I1'), owed('I2', { dueOn: day('2026-12-01') })] });
    const found = due({ policy: monthly, position: some });
    expect([found.step.channel, found.occasion, found.advances, found.askMinor]).toEqual([
      'statement',
      '2026-11',
      [],
      20_000,
    ]);
    const sent = history({
      contacts: [contact('2026-11-10', { stepKey: 'statement', channel: 'statement' })],
    });
    expect(
      due({ policy: monthly, position: some, history: sent, now: new Date('2026-11-11T18:00:00Z') }).step.key,
    ).toBe('first');
  });

  test('R11: after a promise broke, the next message speaks of that', () => {
    expect(due({ history: history({ promiseBrokenOn: day('2026-11-09') }) }).step.template).toBe(
      'promise_broken',
    );
  });
});

describe('a change on the way (S6)', () => {
  test('another sequence goes on with what is stricter; nothing is heard twice and nothing gets milder', () => {
    const heard = went('I1', ['first', '2026-10-20'], ['second', '2026-10-28']);
    const found = due({ policy: withSteps({ ...first, key: 'hello' }, call, final), history: heard });
    expect(found.step.key).toBe('final');
    expect(found.reasons.filter((reason) => reason.rule === 'S6')).toHaveLength(2);
  });

  test('SEQ-17: what stands keeps its own step although the sequence has lost it', () => {
    const standing = {
      touchId: 'T1',
      byItself: false,
      step: { ...first, name: 'old reminder', key: 'old' },
      policyVersion: 3,
      inHand: false,
      atOnce: false,
      invoices: new Map([['I1', { stepKey: 'old', stage: 'first' as const }]]),
    };
    expect(due({ policy: withSteps(call, final), standing }).step.name).toBe('old reminder');
    expect(nextStep(stepInput({ policy: { ...policy, paused: 'Paused.' }, standing })).kind).toBe('held');
  });

  test('SEQ-21, SEQ-23: a clock before the last message plans nothing; what was resumed waits an hour', () => {
    const later = history({ contacts: [contact('2026-11-12')] });
    expect(nextStep(stepInput({ history: later }))).toMatchObject({
      kind: 'held',
      lookAgainOn: '2026-11-12',
    });
    const resumed = history({ resumedAt: new Date('2026-11-10T17:30:00Z') });
    expect(due({ history: resumed }).at.toISOString()).toBe('2026-11-10T18:30:00.000Z');
  });
});
