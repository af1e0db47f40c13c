import { expect, test } from '@jest/globals';
import { hostOf, safeWebAddress } from '../../src/domain/web-address.ts';

test.each([
  'https://in.xero.com/abc',
  'https://connect.intuit.com/portal/asei/v1?locale=en_US&x=%2F',
  'https://pay.example:8443/1',
  'http://127.0.0.1:4000/intuit/portal/1/2',
  'http://localhost/1',
])('%s may stand in a message, as it was given', (given) => {
  expect(safeWebAddress(given)).toBe(given);
});

test.each([
  null,
  '',
  'http://in.xero.com/abc',
  'http://127.0.0.1.evil.example/1',
  'javascript:alert(1)',
  'data:text/html,x',
  'https://',
  '//in.xero.com/abc',
  'in.xero.com/abc',
  'https://user:secret@in.xero.com/abc',
  'https://in.xero.com/a b',
  'https://in.xero.com/a\nBcc: x',
  'https://in.xero.com/\u202eabc',
  `https://in.xero.com/${'a'.repeat(2_000)}`,
])('%j may not', (given) => {
  expect(safeWebAddress(given)).toBeNull();
});

test('the host is shown as people know it', () => {
  expect(hostOf('https://in.xero.com/abc?x=1')).toBe('in.xero.com');
});
