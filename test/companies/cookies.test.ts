import { expect, test } from '@jest/globals';
import { cookieRules } from '../../src/web/cookies.ts';

test('behind https the cookies are bound to this host and never sent in the clear', () => {
  const rules = cookieRules('https://duly.example');
  expect([rules.session, rules.browser].every((name) => name.startsWith('__Host-'))).toBe(true);
  expect(rules.options).toEqual({ path: '/', httpOnly: true, sameSite: 'lax', secure: true });
});

test('on a machine of one’s own, without https, the names are plain: a browser would refuse the prefix', () => {
  expect(cookieRules('http://localhost:3000').session).toBe('duly_session');
});
