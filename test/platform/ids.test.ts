import { expect, it } from '@jest/globals';
import { newId } from '../../src/platform/ids.ts';

it('ids are UUIDs of version 7 and sort by time', () => {
  const id = newId(new Date('2026-11-22T00:00:00Z'));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(newId(new Date(1)) < newId(new Date(2))).toBe(true);
});

it('ids of one instant sort in the order in which they were made', () => {
  const now = new Date('2026-11-22T00:00:00Z');
  const made = Array.from({ length: 2_000 }, () => newId(now));
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});
