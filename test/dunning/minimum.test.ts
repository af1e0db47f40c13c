import { expect, test } from '@jest/globals';
import { underMinimum } from '../../src/dunning/minimum.ts';
import { nextStep } from '../../src/dunning/next-step.ts';
import { hold, owed, position } from '../receivables/support.ts';
import { policy, stepInput } from './support.ts';

const min = { ...policy, minimumBalance: { USD: 500 } };
const owes = (openMinor: number) => position({ invoices: [owed('I1', { openMinor })] });

test('TOL-01: what remains at or under the minimum is not reminded of, one cent more is', () => {
  expect(nextStep(stepInput({ position: owes(500), policy: min }))).toEqual({
    kind: 'nothing',
    finished: false,
    lookAgainOn: null,
    reasons: [
      {
        rule: 'TOL-01',
        words: 'What remains, $5.00, is not above the policy’s minimum of $5.00: no reminder for so little.',
      },
    ],
  });
  expect(nextStep(stepInput({ position: owes(501), policy: min })).kind).toBe('step');
});

test('TOL-01: it is the sum of a customer that counts, after credits and without what is held', () => {
  const two = position({ invoices: [owed('I1', { openMinor: 400 }), owed('I2', { openMinor: 400 })] });
  expect(underMinimum(two, min, 'en-US')).toBeNull();
  const credits = [{ kind: 'credit_note' as const, id: 'N1', minor: 300 }];
  expect(
    underMinimum(position({ invoices: [owed('I1', { openMinor: 800 })], credits }), min, 'en-US'),
  ).not.toBeNull();
});

test('TOL-02: a minimum in another currency says nothing of this one', () => {
  expect(underMinimum(owes(1), { minimumBalance: { EUR: 1_000_000 } }, 'en-US')).toBeNull();
  expect(underMinimum(owes(1), { minimumBalance: {} }, 'en-US')).toBeNull();
});

test('a hold comes first: its reason is told', () => {
  const held = position({ invoices: [owed('I1', { openMinor: 100 })], holds: [hold()] });
  expect(nextStep(stepInput({ position: held, policy: min })).kind).toBe('held');
});
