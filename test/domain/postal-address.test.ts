import { expect, test } from '@jest/globals';
import { type PlaceOfPost, postalLines } from '../../src/domain/postal-address.ts';

const at = (some: Partial<PlaceOfPost>): PlaceOfPost => ({
  lines: ['115 Mill Street'],
  city: null,
  region: null,
  postcode: null,
  country: null,
  ...some,
});
const portland = { city: 'Portland', region: 'OR', postcode: '97214', country: 'US' };

test('a letter names the place in the order of its country, and the country when it goes abroad', () => {
  expect(postalLines(at(portland), 'US')).toEqual(['115 Mill Street', 'Portland, OR 97214']);
  expect(postalLines(at(portland), 'GB').at(-1)).toBe('United States');
  const berlin = { city: 'Berlin', region: 'Berlin', postcode: '10115', country: 'DE' };
  expect(postalLines(at(berlin), 'DE')).toEqual(['115 Mill Street', '10115 Berlin']);
  const leeds = { city: 'Leeds', region: 'West Yorkshire', postcode: 'LS1 4AP', country: 'GB' };
  expect(postalLines(at(leeds), 'GB')).toEqual(['115 Mill Street', 'Leeds', 'LS1 4AP']);
  const sydney = { city: 'Sydney', region: 'NSW', postcode: '2000', country: 'AU' };
  expect(postalLines(at(sydney), 'NZ')).toEqual(['115 Mill Street', 'Sydney NSW 2000', 'Australia']);
  expect(postalLines(at({ city: 'Wellington', postcode: '6011' }), 'NZ')).toEqual([
    '115 Mill Street',
    'Wellington 6011',
  ]);
});

test('what the lines say already is not said again, and without lines there is no address', () => {
  const whole = ['115 Mill Street', 'Portland OR 97214'];
  expect(postalLines(at({ ...portland, lines: whole }), 'US')).toEqual(whole);
  expect(postalLines(at({ lines: ['1 Quay', 'Nelson'], city: 'Nelson' }), 'NZ')).toEqual([
    '1 Quay',
    'Nelson',
  ]);
  expect(postalLines(at({}), 'US')).toEqual(['115 Mill Street']);
  expect(postalLines(at({ ...portland, lines: [] }), 'US')).toEqual([]);
});
