import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Currency } from '../../src/domain/currency.ts';
import { amount, at, flag, list, object, readJson, shown, text, whole } from '../../src/platform/json.ts';

const usd = 'USD' as Currency;

describe('readJson', () => {
  test('gives every amount of up to 15 digits back to the cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_999_999_999_999, max: 9_999_999_999_999 }), (minor) => {
        const sign = minor < 0 ? '-' : '';
        const cents = String(Math.abs(minor)).padStart(3, '0');
        const written = `${sign}${cents.slice(0, -2)}.${cents.slice(-2)}`;
        expect(amount(at(readJson(`{"a": ${written}}`), 'a'), usd)).toBe(minor + 0);
      }),
    );
  });

  test('keeps digits that a float would lose, and refuses them as an amount', () => {
    const value = at(readJson('{"a":100.00000000000000001}'), 'a');
    expect(text(value)).toBe('100.00000000000000001');
    expect(amount(value, usd)).toBeNull();
  });

  test('keeps a long id that was written as a number', () => {
    expect(text(at(readJson('{"Id":200900000000000008541}'), 'Id'))).toBe('200900000000000008541');
  });

  test('reads exponents by their text', () => {
    expect(amount(at(readJson('{"a":1.5e3}'), 'a'), usd)).toBe(150_000);
    expect(amount(at(readJson('{"a":1e400}'), 'a'), usd)).toBeNull();
  });

  test('says undefined for what is no JSON', () => {
    expect(readJson('<html>502</html>')).toBeUndefined();
    expect(readJson('{"a":')).toBeUndefined();
    expect(readJson('')).toBeUndefined();
  });
});

describe('accessors', () => {
  const value = readJson('{"n":null,"t":" x ","e":"","b":"true","l":[1],"i":7,"o":{"p":{"q":"deep"}}}');

  test('walk own members only', () => {
    expect(at(value, 'o', 'p', 'q')).toBe('deep');
    expect(at(value, 'constructor')).toBeUndefined();
    expect(at(value, 't', 'length')).toBeUndefined();
    expect(at(undefined, 'o')).toBeUndefined();
  });

  test('tell absent from present', () => {
    expect(text(at(value, 't'))).toBe('x');
    expect(text(at(value, 'e'))).toBeNull();
    expect(flag(at(value, 'b'))).toBe(true);
    expect(flag(at(value, 'i'))).toBeNull();
    expect(whole(at(value, 'i'))).toBe(7);
    expect(whole(at(value, 't'))).toBeNull();
    expect(list(at(value, 'l'))).toHaveLength(1);
    expect(list(at(value, 'o'))).toEqual([]);
    expect(object(at(value, 'l'))).toBeNull();
    expect(object(at(value, 'n'))).toBeNull();
  });

  test('never take text or nothing for an amount', () => {
    expect(amount('12.00', usd)).toBeNull();
    expect(amount(null, usd)).toBeNull();
    expect(amount(at(readJson('[{"a":12.005}]'), '0'), usd)).toBeNull();
    expect(amount(12.005, usd)).toBeNull();
  });

  test('show a value shortly', () => {
    expect(shown(undefined)).toBe('missing');
    expect(shown('abc')).toBe('"abc"');
    expect(shown('x'.repeat(100))).toHaveLength(40);
  });
});
