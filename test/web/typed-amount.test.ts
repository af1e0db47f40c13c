import { expect, test } from '@jest/globals';
import { typedAmount } from '../../src/web/typed-amount.ts';
import { currency } from '../support/values.ts';

test('an amount is read as a person types it, to the smallest unit of its currency', () => {
  const usd = (text: string): number | null => typedAmount(text, currency('USD'));
  expect(['1250', '1,250.00', '1 250.5', '$1,250', 'US$ 1250', ' 0.07 '].map(usd)).toEqual([
    125_000, 125_000, 125_050, 125_000, 125_000, 7,
  ]);
  expect(typedAmount('1,250', currency('JPY'))).toBe(1_250);
  expect(typedAmount('1.234', currency('KWD'))).toBe(1_234);
});

test('what could mean two things is not read', () => {
  for (const text of ['1.250,00', '12,50', '1,2500', '1.234', 'ten', '', '1,250,00'])
    expect(typedAmount(text, currency('USD'))).toBeNull();
});
