import { expect, test } from '@jest/globals';
import {
  contactStates,
  mayMove,
  openStates,
  statesBefore,
  type TouchState,
} from '../../src/dunning/touch-state.ts';

const all: readonly TouchState[] = [
  'planned',
  'awaiting_approval',
  'approved',
  'reserved',
  'sent',
  'failed',
  'uncertain',
  'cancelled',
];

test('S8: nothing is sent that was not reserved, and nothing is reserved that was not released', () => {
  expect(statesBefore('sent')).toEqual(['reserved', 'uncertain']);
  expect(statesBefore('uncertain')).toEqual(['reserved']);
  expect(statesBefore('reserved')).toEqual(['approved']);
});

test('S8: what was sent, failed or was taken back stays so', () => {
  for (const last of ['sent', 'failed', 'cancelled'] as const) {
    for (const to of all) expect(mayMove(last, to)).toBe(false);
  }
});

test('S8: what may have left can no longer be taken back', () => {
  expect(statesBefore('cancelled')).toEqual([...openStates]);
  for (const state of ['reserved', 'uncertain'] as const) expect(mayMove(state, 'cancelled')).toBe(false);
});

test('every state but the first can be reached, and every touch either is undecided, counts as contact or is over', () => {
  for (const state of all.slice(1)) expect(statesBefore(state).length).toBeGreaterThan(0);
  const over: readonly TouchState[] = ['failed', 'cancelled'];
  expect([...openStates, ...contactStates, ...over].toSorted()).toEqual(all.toSorted());
});
