import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Currency, parseCurrency } from '../../src/domain/currency.ts';
import { addDays, day } from '../../src/domain/day.ts';
import { decimalText } from '../../src/domain/money.ts';
import { percentOff, proposeInstalments, reducedBy, rhythms } from '../../src/web/agreement-figures.ts';
import { amountOf } from '../../src/web/pages/agreements/form.ts';

const today = day('2026-11-30');
const currency = (code: string): Currency =>
  parseCurrency(code) ??
  (() => {
    throw new RangeError(code);
  })();
const debts = fc.integer({ min: 1, max: 9_000_000_000_000 });

describe('the instalments that are proposed', () => {
  it('always add up to the debt; all are equal but the last, and their days rise', () => {
    fc.assert(
      fc.property(
        debts,
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 0, max: 800 }),
        fc.constantFrom(...rhythms),
        (debt, count, ahead, rhythm) => {
          const plan = proposeInstalments(debt, count, addDays(today, ahead), rhythm);
          expect(plan.reduce((sum, one) => sum + one.amountMinor, 0)).toBe(debt);
          const [first] = plan;
          expect(plan.slice(0, -1).every((one) => one.amountMinor === first?.amountMinor)).toBe(true);
          expect(plan.every((one) => one.amountMinor > 0)).toBe(true);
          expect(plan.at(-1)?.amountMinor).toBeGreaterThanOrEqual(first?.amountMinor ?? 0);
          expect(plan.every((one, index) => index === 0 || one.on > (plan[index - 1]?.on ?? ''))).toBe(true);
        },
      ),
    );
  });
});

describe('a discount', () => {
  it('leaves less than the debt and more than nothing, and is never more than was said', () => {
    fc.assert(
      fc.property(debts, fc.integer({ min: 1, max: 9_999 }), (debt, hundredths) => {
        const reduced = reducedBy(debt, hundredths / 100);
        if (reduced === null) return expect(BigInt(debt) * BigInt(hundredths)).toBeLessThan(10_000n);
        expect(reduced).toBeLessThan(debt);
        expect(reduced).toBeGreaterThan(0);
        expect(BigInt(debt - reduced) * 10_000n).toBeLessThanOrEqual(BigInt(debt) * BigInt(hundredths));
      }),
    );
  });
  it.each([0, -5, 100, 12.345, Number.NaN])('of %d per cent is none', (percent) => {
    expect(reducedBy(10_000, percent)).toBeNull();
  });
  it('is told in per cent with one decimal', () => {
    expect(percentOff(150_000, 131_250)).toBe(12.5);
  });
});

describe('an amount as a person writes it', () => {
  it.each([
    ['1204.50', 'USD', 120_450],
    ['1,204.50', 'USD', 120_450],
    ['$1,204', 'USD', 120_400],
    ['NZ$ 80', 'NZD', 8_000],
    ['1,500', 'JPY', 1_500],
    ['1.234', 'KWD', 1_234],
    ['12,50', 'USD', null],
    ['1.234', 'USD', null],
    ['-5', 'USD', null],
    ['0', 'USD', null],
    ['', 'USD', null],
    ['all', 'USD', null],
    ['1,20,450', 'USD', null],
  ])('%s in %s', (text, code, minor) => {
    expect(amountOf(text, currency(code))).toBe(minor);
  });
  it('is read back as it is written out', () => {
    fc.assert(
      fc.property(debts, fc.constantFrom('USD', 'JPY', 'KWD'), (minor, code) => {
        expect(amountOf(decimalText(minor, currency(code)), currency(code))).toBe(minor);
      }),
    );
  });
});
