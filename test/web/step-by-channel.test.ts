import { expect, test } from '@jest/globals';
import { stepByChannel } from '../../src/web/pages/preview/preview.ts';

test('a step says how it reaches its reader once', () => {
  expect(stepByChannel('first reminder', 'email')).toBe('first reminder, e-mail');
  expect(stepByChannel('E-mail about the letter', 'email')).toBe('E-mail about the letter');
  expect(stepByChannel('formal letter', 'letter')).toBe('formal letter');
  expect(stepByChannel('call', 'call')).toBe('call');
});
