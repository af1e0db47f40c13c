import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type BrandField, checkBrand, defaultBrand } from '../../src/messages/brand.ts';
import { type Colour, contrast, inkOn } from '../../src/messages/colour.ts';
import { checkLogo, shownSize } from '../../src/messages/logo.ts';
import { larkspur } from './samples.ts';

function faultyFields(input: Record<string, unknown>): BrandField[] {
  const checked = checkBrand({ ...larkspur, ...input });
  return checked.ok ? [] : checked.faults.map((fault) => fault.field);
}

/** The first bytes of a PNG of this size, filled up to a length. */
function png(width: number, height: number, length = 64): string {
  const bytes = Buffer.alloc(length);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(bytes);
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString('base64');
}

describe('a brand', () => {
  test('that is complete is accepted as it is', () => {
    expect(checkBrand(larkspur)).toEqual({ ok: true, brand: larkspur });
  });

  test('tells every fault at once, in words that say what to do', () => {
    const checked = checkBrand({ name: '', colour: 'green', style: 'agency', contactEmail: 'maria' });
    expect(checked.ok).toBe(false);
    if (checked.ok) return;
    expect(checked.faults.map((fault) => fault.field)).toEqual([
      'name',
      'colour',
      'style',
      'serviceName',
      'contactName',
      'contactEmail',
      'postalAddress',
    ]);
    for (const fault of checked.faults) expect(fault.words).toMatch(/^(Give|Choose|Write) .+\.$/s);
  });

  test('without a postal address can not be used for sending (CON-12)', () => {
    expect(faultyFields({ postalAddress: ' \n ' })).toEqual(['postalAddress']);
  });

  test.each(['name', 'serviceName', 'contactName', 'contactEmail', 'contactPhone'])(
    'can not add a header to a mail through %s',
    (field) => {
      expect(faultyFields({ [field]: 'Larkspur Joinery Accounts\r\nBcc: x@evil.example' })).toContain(field);
    },
  );

  test.each(['a@b', 'a b@c.example', 'a@b.example, c@d.example', '<a@b.example>', 'a@-b.example'])(
    'refuses the address %s',
    (contactEmail) => expect(faultyFields({ contactEmail })).toEqual(['contactEmail']),
  );

  test('takes upper-case colours and line breaks of any kind', () => {
    const checked = checkBrand({
      ...larkspur,
      colour: '#0B6B63',
      postalAddress: '1 Mill Lane\r\n\r\nPortland',
    });
    expect(checked).toMatchObject({
      ok: true,
      brand: { colour: '#0b6b63', postalAddress: '1 Mill Lane\nPortland' },
    });
  });

  test('starts from what the ledger says and shows what is still missing', () => {
    const company = { name: 'Kauri & Fern', email: null, phone: null, postalAddress: '' };
    const checked = checkBrand(defaultBrand(company, 'Aroha Ngata'));
    expect(checked.ok ? [] : checked.faults.map((fault) => fault.field)).toEqual([
      'contactEmail',
      'postalAddress',
    ]);
  });
});

describe('the name of the service', () => {
  test.each([
    'Larkspur Joinery Accounts',
    'LARKSPUR JOINERY accounts department',
    'Accounts office of Larkspur Joinery',
  ])('may be %s', (serviceName) => expect(faultyFields({ style: 'service', serviceName })).toEqual([]));

  test.each([
    'Summit Recovery Partners',
    'Larkspur Joinery Collections Agency',
    'Larkspur Joinery Legal',
    'Law office of Larkspur Joinery',
    'Larkspur Joinery Solicitors',
    'Larkspur Joinery County Court',
    'Larkspur Joinery L.A.W.',
    'Northgate Accounts',
    'Larkspurjoinery Accounts',
  ])('may not be %s', (serviceName) => expect(faultyFields({ serviceName })).toEqual(['serviceName']));

  test("keeps to the business's own words, without its legal form", () => {
    const name = 'The Bloom Design Agency, Inc.';
    expect(faultyFields({ name, style: 'service', serviceName: 'Bloom Design Agency Accounts' })).toEqual([]);
  });

  test('a law firm writes as itself, since its service would be taken for a law firm', () => {
    const firm = { name: 'Okoro Law', serviceName: 'Okoro Law Accounts' };
    expect(faultyFields({ ...firm, style: 'service' })).toEqual(['serviceName']);
    expect(faultyFields({ ...firm, style: 'own' })).toEqual([]);
  });
});

describe('a logo', () => {
  test('is judged by its bytes, not by what it calls itself', () => {
    expect(checkLogo({ type: 'image/jpeg', bytes: png(300, 90) })).toMatchObject({
      logo: { type: 'image/png' },
    });
    const svg = Buffer.from('<svg onload="alert(1)"/>').toString('base64');
    expect(checkLogo({ type: 'image/png', bytes: svg })).toHaveProperty('fault');
  });

  test('of a JPEG is measured behind its other segments', () => {
    const bytes = Buffer.from('ffd8ffe000044a46ffc40004aaaaffc2000b0800640140030101', 'hex').toString(
      'base64',
    );
    const checked = checkLogo({ bytes });
    expect(checked).toMatchObject({ logo: { type: 'image/jpeg' } });
    if ('logo' in checked)
      expect(shownSize(checked.logo, { width: 220, height: 48 })).toEqual({ width: 154, height: 48 });
  });

  test('over 200 kB, without pixels or cut off is refused in words', () => {
    for (const bytes of [png(10, 10, 200_001), png(0, 10), png(9000, 10), png(10, 10).slice(0, 20), '', '%%'])
      expect(checkLogo({ bytes })).toEqual({ fault: expect.any(String) });
    expect(checkLogo('logo.png')).toEqual({ fault: expect.any(String) });
  });
});

test('the ink on any brand colour can be read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
      const colour: Colour = `#${value.toString(16).padStart(6, '0')}`;
      expect(contrast(colour, inkOn(colour))).toBeGreaterThanOrEqual(4.5);
    }),
  );
  expect([inkOn('#0b6b63'), inkOn('#f4d35e'), inkOn('#808080')]).toEqual(['#ffffff', '#1d2429', '#000000']);
});
