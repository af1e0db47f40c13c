import { expect, test } from '@jest/globals';
import { explainDecision } from '../../src/dunning/explain.ts';
import type { Verdict } from '../../src/dunning/plan.ts';

function settledBy(verdict: Verdict, ...rules: string[]): string | undefined {
  const reasons = rules.map((rule) => ({ rule, words: `${rule}.` }));
  return explainDecision({ verdict, reasons, basis: {} }).find((branch) => branch.settles)?.question;
}

test('each rule answers its question, and the first reason of a refusal is where the decision was made', () => {
  expect(settledBy('held', 'R11', 'R2')).toBe('holds');
  expect(settledBy('held', 'S9', 'R2')).toBe('holds');
  expect(settledBy('held', 'S6', 'R2')).toBe('policy');
  expect(settledBy('held', 'LAW us-nyc-email', 'R2')).toBe('law');
  expect(settledBy('nothing_due', 'TOL-01', 'R2')).toBe('conditions');
  expect(settledBy('nothing_due', 'R1', 'R2')).toBe('figures');
  expect(settledBy('nothing_due', 'SEQ-16', 'R2')).toBe('policy');
  expect(settledBy('wait', 'S1', 'S3', 'R2')).toBe('time');
  // the day of the step itself has not come: nothing puts it off
  expect(settledBy('wait', 'S1', 'R2')).toBe('step');
  expect(settledBy('touch', 'S1', 'R2')).toBeUndefined();
});

test('the policy says its version, segment, sequence and law; a rule of law keeps its source', () => {
  const branches = explainDecision({
    verdict: 'touch',
    reasons: [{ rule: 'LAW uk-30-days', words: 'Thirty days.', source: 'PAP 2017' }],
    basis: {
      policyVersion: 3,
      customerVersion: 2,
      segment: 'habitual',
      sequence: null,
      packs: ['house', 'uk'],
    },
  });
  const answers = branches.find((branch) => branch.question === 'policy')?.answers.map((each) => each.words);
  expect(answers).toEqual([
    'Version 3 of the policy, with the customer’s own settings (version 2).',
    'In the segment “habitual”.',
    'No sequence: nothing is sent.',
    'Law: house, uk; the strictest rule holds.',
  ]);
  expect(branches.find((branch) => branch.question === 'law')?.answers).toEqual([
    { rule: 'LAW uk-30-days', words: 'Thirty days.', source: 'PAP 2017' },
  ]);
});

test('segment, sequence and packs of law are called what people call them', () => {
  const branches = explainDecision({
    verdict: 'touch',
    reasons: [],
    basis: { segment: 'sometimes_late', sequence: 'standard', packs: ['house', 'xx'] },
    names: {
      segments: new Map([['sometimes_late', 'Sometimes late']]),
      sequences: new Map([['standard', 'Standard']]),
      steps: new Map(),
      packs: new Map([['house', 'Everywhere']]),
    },
  });
  const answers = branches.find((branch) => branch.question === 'policy')?.answers.map((each) => each.words);
  expect(answers).toEqual([
    'In the segment “Sometimes late”.',
    'The sequence “Standard”.',
    'Law: Everywhere, xx; the strictest rule holds.',
  ]);
});
