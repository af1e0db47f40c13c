import { expect, test } from '@jest/globals';
import { allRules } from '../../src/policies/law/law-for.ts';
import { knownUntil } from '../../src/policies/law/rates.ts';
import { sourceLink } from '../../src/policies/law/source-link.ts';

test('a source is linked to the first law that it names', () => {
  expect(sourceLink('15 USC 1692a(6), 1692j; White v. Goodman, 200 F.3d 1016 (7th Cir. 2000)')).toBe(
    'https://www.law.cornell.edu/uscode/text/15/1692a',
  );
  expect(sourceLink('Duly’s own rule, inside 12 CFR 1006.6(b)(1)')).toBe(
    'https://www.law.cornell.edu/cfr/text/12/1006.6',
  );
  expect(sourceLink('Late Payment of Commercial Debts (Interest) Act 1998 s. 1, 5A; SI 2002/1675')).toBe(
    'https://www.legislation.gov.uk/ukpga/1998/20',
  );
  expect(sourceLink('Directive 2011/7/EU art. 2(6), 3, 6')).toBe(
    'https://eur-lex.europa.eu/eli/dir/2011/7/oj',
  );
  expect(sourceLink('15 USC 7704(a)(1); CASL s. 6(2)')).toContain('/15/7704');
});

test('what has no address that Duly knows is not linked, and no link leads anywhere but to a text of law', () => {
  for (const source of ['Duly’s own rule', 'National laws on collection', ''])
    expect(sourceLink(source)).toBeNull();
  const hosts = new Set(
    allRules().flatMap(({ source }) => {
      const href = sourceLink(source);
      return href === null ? [] : [new URL(href).host];
    }),
  );
  expect([...hosts].toSorted()).toEqual([
    'asic.gov.au',
    'caselaw.nationalarchives.gov.uk',
    'eur-lex.europa.eu',
    'laws-lois.justice.gc.ca',
    'www.handbook.fca.org.uk',
    'www.law.cornell.edu',
    'www.legislation.gov.uk',
    'www.mass.gov',
  ]);
});

test('how far the reference rates are known is told by the rule that rests on them', () => {
  expect(knownUntil('eu-late-payment')).toBe('2026-06-30');
  expect(knownUntil('uk-late-payment')).toBe('2026-12-31');
  expect(knownUntil('house-gap')).toBeNull();
});
