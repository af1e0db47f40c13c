import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Currency } from '../../src/domain/currency.ts';
import {
  amount,
  at,
  flag,
  list,
  object,
  readJson,
  readOneByOne,
  shown,
  text,
  whole,
} from '../../src/platform/json.ts';

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

/** Every number literal that JSON allows, also longer and larger than a float can tell. */
const numberLiteral = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.constantFrom('0', '7', '12', '123456789012345', '1234567890123456', '98765432109876543210'),
    fc.constantFrom('', '.5', '.00', '.000000000000001', '.123456789012345678'),
    fc.constantFrom('', 'e5', 'E+3', 'e-400', 'e400', 'E0'),
  )
  .map((parts) => parts.join(''));
/** Texts that look like the rest of a JSON text, or carry the mark. */
const trickyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        '\\',
        ',',
        ':',
        '[',
        ']',
        '{',
        '}',
        ' ',
        '\n',
        '\uE000',
        '\\ue000',
        'é',
        'a',
        '-',
        '.',
      ),
      numberLiteral,
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const space = fc.constantFrom('', '', ' ', '\n\t');
const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    numberLiteral,
    trickyText.map((one) => JSON.stringify(one)),
    fc.constantFrom('null', 'true', 'false', '"\\ue0001e5"'),
    fc
      .tuple(space, fc.array(tie('value'), { maxLength: 4 }))
      .map(([gap, all]) => `[${gap}${all.join(`${gap},${gap}`)}${gap}]`),
    fc
      .tuple(space, fc.array(fc.tuple(trickyText, tie('value')), { maxLength: 4 }))
      .map(
        ([gap, all]) =>
          `{${all.map(([key, value]) => `${gap}${JSON.stringify(key)}${gap}:${gap}${value}${gap}`).join(',')}}`,
      ),
  ),
})).value;

const slowly = (written: string): unknown => {
  try {
    return readOneByOne(written);
  } catch {
    return undefined;
  }
};

describe('the quick way through delicate numbers', () => {
  test('reads every JSON text as the slow way does', () => {
    fc.assert(
      fc.property(jsonText, (written) => expect(readJson(written)).toEqual(slowly(written))),
      { numRuns: 3_000 },
    );
  });

  test('takes nothing for JSON that isn’t', () => {
    const broken = fc
      .tuple(jsonText, fc.nat(60), fc.constantFrom('', '"', ',', '1e5', '1234567890123456', '}', '\uE000'))
      .map(([written, place, piece]) => written.slice(0, place) + piece + written.slice(place + 1));
    fc.assert(
      fc.property(broken, (written) => expect(readJson(written)).toEqual(slowly(written))),
      { numRuns: 3_000 },
    );
  });

  test('says the same number whichever way it came', () => {
    expect(text(readJson('1234567890123456789'))).toBe('1234567890123456789');
    expect(list(readJson('["\\ue0001e5", 1e5]')).map((value) => amount(value, usd))).toEqual([
      null,
      10_000_000,
    ]);
    expect(amount(at(readJson('{"a": 1e-400}'), 'a'), usd)).toBeNull();
    expect(shown(at(readJson('{"a": 12345678901234567890}'), 'a'))).toBe('12345678901234567890');
  });

  test('a NUL becomes a character that a database can hold', () => {
    expect(text(readJson('"a\\u0000b"'))).toBe('a\uFFFDb');
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
