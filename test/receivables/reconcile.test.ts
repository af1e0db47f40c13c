import { describe, expect, test } from '@jest/globals';
import type { CustomerFacts } from '../../src/receivables/families.store.ts';
import { type ReconcileInput, reconcile } from '../../src/receivables/reconcile.ts';
import { currency, customerRow } from '../support/values.ts';
import { hold, holdKinds, owed, today, usd } from './support.ts';

const eur = currency('EUR');

function input(
  customers: readonly CustomerFacts[],
  facts: Partial<ReconcileInput['facts']>,
  more: Partial<ReconcileInput> = {},
): ReconcileInput {
  return {
    today,
    families: new Map(customers.map((row) => [row.customerId, row])),
    facts: { invoices: [], credits: [], holds: [], unreadable: [], ...facts },
    debtors: customers.map((row) => row.customerId),
    baseCurrency: usd,
    sentElsewhere: false,
    ledgerFigures: new Map(),
    ...more,
  };
}

const c1 = customerRow('C1');

describe('positions of a debtor', () => {
  test('TOL-03, R3: currencies are never added up, each has its own position', () => {
    const invoices = [owed('I1'), owed('I2', { currency: eur, openMinor: 700 })];
    const credits = [{ customerId: 'C1', currency: eur, kind: 'credit_note' as const, id: 'K1', minor: 200 }];
    const found = reconcile(input([c1], { invoices, credits }));
    expect(found.map((row) => [row.currency, row.openMinor, row.creditsMinor, row.askMinor])).toEqual([
      ['EUR', 700, 200, 500],
      ['USD', 10_000, 0, 10_000],
    ]);
  });

  test('R12: a sub-customer’s invoices and credits stand at the parent it bills with', () => {
    const child = customerRow('C2', { parentId: 'C1', billsWithParent: true });
    const invoices = [owed('I1'), owed('I2', { customerId: 'C2' })];
    const credits = [{ customerId: 'C2', currency: usd, kind: 'payment' as const, id: 'P1', minor: 500 }];
    const [only, ...others] = reconcile(input([c1, child], { invoices, credits }, { debtors: ['C1'] }));
    expect(others).toEqual([]);
    expect(only).toMatchObject({ customerId: 'C1', openMinor: 20_000, creditsMinor: 500 });
  });

  test('a hold on one customer does not hold another', () => {
    const invoices = [owed('I1'), owed('I2', { customerId: 'C2' })];
    const found = reconcile(
      input([c1, customerRow('C2')], { invoices, holds: [hold({ customerId: 'C2' })] }),
    );
    expect(found.map(holdKinds)).toEqual([[], ['pause']]);
  });

  test('R8: a row that could not be read holds its customer, even one that owes nothing as far as we know', () => {
    const unreadable = [{ customerId: 'C1', reason: 'invoice 9: Balance is "abc", not an amount' }];
    const [found] = reconcile(input([c1], { unreadable }));
    expect(found).toMatchObject({ currency: 'USD', openMinor: 0 });
    expect(found?.holds[0]?.words).toContain('Balance is "abc", not an amount');
  });

  test('R16: a customer that is inactive, merged or unknown is held', () => {
    const invoices = [owed('I1')];
    const rows = [customerRow('C1', { active: false }), customerRow('C1', { mergedIntoId: 'C7' })];
    for (const row of rows)
      expect(reconcile(input([row], { invoices })).map(holdKinds)).toEqual([['customer_gone']]);
    const unknown = reconcile(input([], { invoices }, { debtors: ['C1'] }));
    expect(unknown.map(holdKinds)).toEqual([['customer_gone', 'no_recipient']]);
  });
});

describe('the tie-out with the ledger’s own sums (R15)', () => {
  const invoices = [owed('I1')];
  const figures = (minor: number): ReadonlyMap<string, number> => new Map([['C1 USD', minor]]);

  test('is to the cent, and where nothing differed nothing is decided before the ledger is asked again', () => {
    const tie = (more: Partial<ReconcileInput>): boolean | undefined =>
      reconcile(input([c1], { invoices }, more))[0]?.tiesOut;
    expect(tie({})).toBe(true);
    expect(tie({ ledgerFigures: figures(10_000) })).toBe(true);
    expect(tie({ ledgerFigures: figures(10_001) })).toBe(false);
  });

  test('a customer of whom we know nothing but the ledger does is a difference, in that currency', () => {
    const found = reconcile(input([c1], {}, { ledgerFigures: figures(5_000) }));
    expect(found).toMatchObject([
      { customerId: 'C1', currency: 'USD', openMinor: 0, ledgerMinor: 5_000, tiesOut: false },
    ]);
    const other = new Map([
      ['C1 USD', 10_000],
      ['C1 EUR', 300],
    ]);
    const both = reconcile(input([c1], { invoices }, { ledgerFigures: other }));
    expect(both.map((row) => [row.currency, row.tiesOut])).toEqual([
      ['EUR', false],
      ['USD', true],
    ]);
  });

  test('a family is held by what differed at its debtor, never by what one of its members was held for before', () => {
    const child = customerRow('C2', { parentId: 'C1', billsWithParent: true });
    const ledgerFigures = new Map([['C2 USD', 700]]);
    const found = reconcile(input([c1, child], { invoices }, { ledgerFigures, debtors: ['C1'] }));
    expect(found).toMatchObject([{ ledgerMinor: null, tiesOut: true }]);
  });
});
