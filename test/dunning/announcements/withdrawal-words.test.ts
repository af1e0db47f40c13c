import { expect, test } from '@jest/globals';
import { whyNoEmail } from '../../../src/dunning/announcements/withdrawal.ts';
import { openLaw, rule } from '../support.ts';

test('why no e-mail may tell of a withdrawal is said without a full stop: the sentence that says it has its own', () => {
  const blocked = [{ what: 'email', rule: rule('no-mail', 'They want no e-mail.') }] as const;
  expect(whyNoEmail({ blocked })).toBe('the law allows no e-mail to this customer: They want no e-mail');
  expect(whyNoEmail(openLaw)).toBeNull();
});
