import { expect, test } from '@jest/globals';
import { cookieRules } from '../../src/web/cookies.ts';

test('behind https the cookies are bound to this host and never sent in the clear', () => {
  const { options, ...names } = cookieRules('https://duly.example');
  // also those that only carry words: another host of the domain must not put words into our mouth
  expect(Object.values(names).filter((name) => !name.startsWith('__Host-'))).toEqual([]);
  expect(options).toEqual({ path: '/', httpOnly: true, sameSite: 'lax', secure: true });
});

test('on a machine of one’s own, without https, the names are plain: a browser would refuse the prefix', () => {
  expect(cookieRules('http://localhost:3000').session).toBe('duly_session');
});
