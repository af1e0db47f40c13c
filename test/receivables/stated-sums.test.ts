import { describe, expect, test } from '@jest/globals';
import type { Family } from '../../src/receivables/debtor.ts';
import { statedSums } from '../../src/receivables/stated-sums.ts';
import { currency } from '../support/values.ts';
import { usd } from './support.ts';

const eur = currency('EUR');

/** Customers who bill with the next one in the list; the last one is the debtor. */
function families(...chains: readonly string[][]): ReadonlyMap<string, Family> {
  return new Map(
    chains.flatMap((chain) =>
      chain.map((customerId, at): [string, Family] => [
        customerId,
        { customerId, parentId: chain[at + 1] ?? null, billsWithParent: at + 1 < chain.length },
      ]),
    ),
  );
}

const sum = (customerId: string, minor: number, code = usd) => ({ customerId, currency: code, minor });

describe('R15, R12: the sums of a family stand at the debtor', () => {
  test('children and grandchildren are added to the parent, per currency, and everybody else stands alone', () => {
    const asked = [sum('P', 100), sum('K', 20), sum('G', 3), sum('K', 7, eur), sum('other', 5)];
    expect(statedSums({ sums: asked, unread: [] }, families(['G', 'K', 'P']), [])).toEqual({
      sums: [
        { ...sum('P', 123), whole: true },
        { ...sum('P', 7, eur), whole: true },
        { ...sum('other', 5), whole: true },
      ],
      unsure: [],
    });
  });

  test('a parent of whom the ledger states nothing owes what its children owe', () => {
    const found = statedSums({ sums: [sum('K', 20)], unread: [] }, families(['K', 'P']), []);
    expect(found.sums).toEqual([{ ...sum('P', 20), whole: true }]);
  });
});

describe('R8: what could not be read is not zero', () => {
  test('a customer with an unread row has no sum, in no currency, and with it its whole family', () => {
    const asked = [sum('P', 100), sum('P', 9, eur), sum('K', 20), sum('other', 5)];
    const found = statedSums({ sums: asked, unread: ['K', 'alone'] }, families(['K', 'P']), []);
    expect(found.sums.map((row) => [row.customerId, row.whole])).toEqual([
      ['P', false],
      ['P', false],
      ['other', true],
    ]);
    expect(found.unsure).toEqual(['P', 'alone']);
  });

  test('one that only the mirror could not read is compared in the currencies that the ledger states of it', () => {
    const asked = [sum('P', 100), sum('K', 20), sum('P', 9, eur)];
    const found = statedSums({ sums: asked, unread: [] }, families(['K', 'P']), ['K']);
    expect(found.sums).toEqual([
      { ...sum('P', 120), whole: true },
      { ...sum('P', 9, eur), whole: false },
    ]);
    expect(found.unsure).toEqual(['P']);
  });
});
