import { expect, it } from '@jest/globals';
import { sharedBuffers } from '../../src/platform/embedded-postgres.ts';

const GB = 1_073_741_824;

it.each([
  ['a small container', GB / 2, '128MB'],
  ['a laptop', 8 * GB, '1024MB'],
  ['a server', 24 * GB, '3072MB'],
  ['a large server', 256 * GB, '4096MB'],
])('PostgreSQL takes an eighth of the memory of %s, within bounds', (_, memory, taken) => {
  expect(sharedBuffers(memory)).toBe(taken);
});
