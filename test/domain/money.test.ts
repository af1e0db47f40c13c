import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decimalsOf, parseCurrency } from '../../src/domain/currency.ts';
import { decimalText, formatAmount, formatMoney, parseMinor, sumMinor } from '../../src/domain/money.ts';
import { currency } from '../support/values.ts';

const [usd, jpy, kwd] = [currency('USD'), currency('JPY'), currency('KWD')];

describe('currencies', () => {
  test('have the decimals of ISO 4217: none, two or three', () => {
    expect([jpy, usd, kwd].map(decimalsOf)).toEqual([0, 2, 3]);
  });

  test('R2: have them by ISO 4217, not by the custom of the country that the runtime knows', () => {
    const custom = (code: string): number | undefined =>
      new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions()
        .maximumFractionDigits;
    const whole = 'AFN ALL COP HUF IDR IRR KPW LAK LBP MGA MMK PKR SOS SYP YER'.split(' ');
    for (const code of whole) expect([code, decimalsOf(currency(code))]).toEqual([code, 2]);
    expect(decimalsOf(currency('IQD'))).toBe(3);
    // everywhere else both agree, so that a currency that is missing from our table is found here
    const differ = Intl.supportedValuesOf('currency').filter(
      (code) => custom(code) !== decimalsOf(currency(code)),
    );
    expect(differ).toEqual([...whole, 'IQD', 'SLL'].sort());
  });

  test('are never guessed: anything that is not a code in use is null (R8)', () => {
    for (const text of ['usd', 'US', 'DOLLAR', '', ' USD', 'XX1', null, undefined, 840, {}]) {
      expect(parseCurrency(text)).toBeNull();
    }
  });
});

describe('amounts', () => {
  test('are read exactly from the forms that ledgers write', () => {
    expect(parseMinor('362.07', usd)).toBe(36_207);
    expect(parseMinor('275.0', usd)).toBe(27_500);
    expect(parseMinor('-5', usd)).toBe(-500);
    expect(parseMinor('1e3', usd)).toBe(100_000);
    expect(parseMinor('1250', jpy)).toBe(1_250);
    expect(parseMinor('1250.00', jpy)).toBe(1_250);
    expect(parseMinor('4.125', kwd)).toBe(4_125);
  });

  test('are read alike with and without an exponent, that is by either way of reckoning', () => {
    const plain = fc
      .tuple(
        fc.constantFrom('', '-'),
        fc.bigInt({ min: 0n, max: 10n ** 13n }),
        fc.nat(4),
        fc.bigInt(0n, 9999n),
      )
      .map(([sign, whole, places, part]) =>
        places === 0 ? `${sign}${whole}` : `${sign}${whole}.${String(part).padStart(4, '0').slice(-places)}`,
      );
    fc.assert(
      fc.property(plain, fc.constantFrom(usd, jpy, kwd), (text, currency) => {
        expect(parseMinor(text, currency)).toBe(parseMinor(`${text}e0`, currency));
      }),
      { numRuns: 2_000 },
    );
  });

  test('TOL-06: what a float would smear stays exact', () => {
    const parts = ['0.10', '0.20'].map((text) => parseMinor(text, usd) ?? Number.NaN);
    expect(sumMinor(parts)).toBe(parseMinor('0.30', usd));
    expect(parseMinor('0.30000000000000004', usd)).toBeNull();
  });

  test('TOL-08: text, a missing value or too many decimals is null, never zero (R8)', () => {
    const bad = [
      'abc',
      '',
      ' ',
      '1,204.50',
      '$5',
      '1.005',
      'NaN',
      'Infinity',
      '0x10',
      '1.',
      '.5',
      '--1',
      '1e999',
    ];
    for (const text of [...bad, null, undefined, 0, 12.5, true]) expect(parseMinor(text, usd)).toBeNull();
    expect(parseMinor('1.5', jpy)).toBeNull();
    expect(parseMinor('1.0005', kwd)).toBeNull();
  });

  test('that a number cannot hold exactly are refused, alone and as a sum', () => {
    expect(parseMinor('10000000000000.00', usd)).toBe(1e15);
    expect(parseMinor('10000000000000.01', usd)).toBeNull();
    expect(parseMinor('-90071992547409.91', usd)).toBeNull();
    // two rows that can be read never stop everybody's sums
    expect(sumMinor(new Array(9).fill(1e15))).toBe(9e15);
    expect(() => sumMinor([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
  });

  test('zero has no sign', () => {
    expect(Object.is(parseMinor('-0.00', usd), 0)).toBe(true);
  });

  test('written as decimal text and read back are the same amount, in every currency', () => {
    const codes = fc.constantFrom(usd, jpy, kwd, currency('EUR'), currency('HUF'));
    const amounts = fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 });
    fc.assert(
      fc.property(amounts, codes, (minor, code) => {
        expect(parseMinor(decimalText(minor, code), code)).toBe(minor);
      }),
    );
  });

  test('reading arbitrary text gives null or exactly what it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String)), (text) => {
        const minor = parseMinor(text, usd);
        if (minor !== null) expect(minor / 100).toBeCloseTo(Number(text), 6);
      }),
    );
  });

  test('are shown as the reader writes them', () => {
    expect(formatMoney(120_450, usd, 'en-US')).toBe('$1,204.50');
    expect(formatMoney(8_000, currency('NZD'), 'en')).toBe('NZ$80.00');
    expect(formatMoney(1_250, jpy, 'en')).toBe('¥1,250');
    expect(formatAmount(4_125, kwd, 'en')).toBe('4.125');
    // never rounded to what the country rounds to
    expect(formatMoney(12_700_050, currency('HUF'), 'en')).toBe('HUF\u00a0127,000.50');
    expect(formatMoney(1_234_567, currency('IQD'), 'en')).toBe('IQD\u00a01,234.567');
  });
});
