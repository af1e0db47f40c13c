import { expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { dueByTerms, isCustom, sameTerms } from '../../src/receivables/usual-terms.ts';

test.each([
  ['Net 30', '2026-10-01', '2026-10-31'],
  ['net 15 days', '2026-12-31', '2027-01-15'],
  ['Net30', '2028-01-31', '2028-03-01'],
  ['Due on receipt', '2026-10-01', '2026-10-01'],
  ['20 days after the end of the invoice month', '2026-02-03', '2026-03-20'],
  ['Day 31 of the invoice month', '2026-02-03', '2026-02-28'],
  ['Day 20 of the month after the invoice', '2026-12-31', '2027-01-20'],
  ['Day 31 of the month after the invoice', '2026-01-31', '2026-02-28'],
])('%s from %s is due on %s', (terms, issued, due) => {
  expect(dueByTerms(terms, day(issued))).toBe(due);
});

test.each(['2% 10 Net 30', 'as agreed', '', 'Day 0 of the invoice month'])('"%s" says no day', (terms) => {
  expect(dueByTerms(terms, day('2026-10-01'))).toBeNull();
});

test('a custom needs three others and two thirds of them', () => {
  expect([isCustom(3, 3), isCustom(2, 3), isCustom(1, 3), isCustom(2, 2)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('terms are the same whatever their case, spaces and hyphens', () => {
  expect(sameTerms('Net 30', 'NET-30')).toBe(true);
  expect(sameTerms('Net 30', 'Net 3')).toBe(false);
});
