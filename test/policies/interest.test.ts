import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Currency } from '../../src/domain/currency.ts';
import { addDays, day } from '../../src/domain/day.ts';
import { balanceOn, type Debt, monthsBegun, pieces, simpleInterest } from '../../src/policies/law/accrual.ts';
import { type InterestAnswer, type InterestSum, interestFor } from '../../src/policies/law/interest.ts';
import { lawFor } from '../../src/policies/law/law-for.ts';
import { ecbReference, endOf, startOf, ukReference } from '../../src/policies/law/rates.ts';
import type { LateFee } from '../../src/policies/policy.ts';
import type { DebtorType } from '../../src/policies/step.ts';

const statutory: LateFee = {
  kind: 'statutory',
  yearlyRateBp: null,
  graceDays: 0,
  attestedBy: 'Ann Lee',
  attestedOn: '2026-01-05',
};
const contract = (yearlyRateBp: number, some: Partial<LateFee & { per: 'day' | 'month' }> = {}) => ({
  ...statutory,
  kind: 'contract' as const,
  yearlyRateBp,
  ...some,
});

interface Asked {
  readonly terms?: LateFee & { readonly per?: 'day' | 'month' };
  readonly debtor?: string;
  readonly creditor?: string;
  readonly type?: DebtorType;
  readonly money?: string;
  readonly amount?: number;
  readonly dueOn?: string;
  readonly asOf: string;
  readonly payments?: readonly (readonly [on: string, minor: number])[];
}

function interest(asked: Asked): InterestAnswer {
  const { debtor = 'GB', creditor = 'GB', money = 'GBP', amount = 1_000_000, dueOn = '2026-03-01' } = asked;
  const question = {
    debtorCountry: debtor,
    debtorRegion: null,
    debtorCity: null,
    debtorPostcode: null,
    debtorType: asked.type ?? 'business',
    creditorCountry: creditor,
    allBusinesses: false,
    emailConsent: null,
  };
  const payments = (asked.payments ?? []).map(([on, minor]) => ({ on: day(on), minor }));
  return interestFor({
    law: lawFor(question, day(asked.asOf)),
    terms: asked.terms ?? statutory,
    debt: { amountMinor: amount, dueOn: day(dueOn), payments },
    currency: money as Currency,
    asOf: day(asked.asOf),
    locale: 'en-GB',
  });
}

function sum(asked: Asked): InterestSum {
  const answer = interest(asked);
  if (answer.kind !== 'sum') throw new Error(answer.reasons.map(({ words }) => words).join(' '));
  return answer;
}

const why = (asked: Asked): string[] => {
  const answer = interest(asked);
  return [
    answer.kind,
    ...(answer.kind === 'sum' ? [] : answer.reasons.map(({ rule, words }) => `${rule}: ${words}`)),
  ];
};

describe('the United Kingdom', () => {
  test('the government’s example: £10,000 paid 60 days late in the first half of 2026 comes to £10,293.15', () => {
    const found = sum({ dueOn: '2026-03-01', asOf: '2026-04-30' });
    expect(found.pieces).toEqual([
      { from: '2026-03-02', to: '2026-04-30', days: 60, balanceMinor: 1_000_000, yearlyRateBp: 1_175 },
    ]);
    expect([found.interestMinor, found.fixedMinor, 1_000_000 + found.totalMinor]).toEqual([
      19_315, 10_000, 1_029_315,
    ]);
    expect(found.words).toBe(
      'Interest of £193.15 (60 days at 11.75 % a year, 8 % above the Bank of England base rate of 31 Dec 2025) and a fixed sum of £100.00.',
    );
    expect(found.reasons[0]).toMatchObject({ rule: 'LAW uk-late-payment' });
    expect(found.reasons[0]?.source).toContain('1998');
  });

  test('the fixed sum is £40, £70 from £1,000 and £100 from £10,000', () => {
    const fixed = (amount: number): number => sum({ amount, asOf: '2026-03-02' }).fixedMinor;
    expect([1, 99_999, 100_000, 999_999, 1_000_000].map(fixed)).toEqual([4_000, 4_000, 7_000, 7_000, 10_000]);
    // what was open when it became late counts
    expect(sum({ payments: [['2026-02-20', 500_000]], asOf: '2026-03-31' }).fixedMinor).toBe(7_000);
  });

  test('the rate is that of the half-year in which the debt became late, and stays', () => {
    const rate = (dueOn: string, asOf: string): (number | undefined)[] =>
      sum({ dueOn, asOf }).pieces.map(({ yearlyRateBp }) => yearlyRateBp);
    expect(rate('2025-06-29', '2026-11-01')).toEqual([1_275]);
    // due on the last day of a half-year: late from the first day of the next
    expect(rate('2025-06-30', '2026-11-01')).toEqual([1_225]);
    expect(rate('2025-12-30', '2026-11-01')).toEqual([1_225]);
    expect(rate('2025-12-31', '2026-11-01')).toEqual([1_175]);
    expect(rate('2026-07-15', '2026-11-01')).toEqual([1_175]);
    expect(rate('2024-03-01', '2026-11-01')).toEqual([1_325]);
  });

  test('a half-year that is not in the table is refused, with the day it lacks', () => {
    expect(why({ dueOn: '2023-05-01', asOf: '2026-11-01' })).toEqual([
      'refused',
      'LAW uk-late-payment: The reference rate from 2023-01-01 is not known to this version of Duly; nothing is computed.',
    ]);
    expect(why({ dueOn: '2026-12-31', asOf: '2027-02-01' })[0]).toBe('refused');
  });

  test('is for businesses only: not for a sole trader, a consumer or somebody unknown', () => {
    for (const type of ['sole_trader', 'consumer', 'unknown'] as const)
      expect(why({ type, asOf: '2026-04-30' })).toContainEqual(
        expect.stringContaining('LAW house-interest-person'),
      );
    expect(why({ type: 'sole_trader', asOf: '2026-04-30' })).toContainEqual(
      expect.stringContaining('LAW uk-interest-business-only'),
    );
  });

  test('another currency has interest and no fixed sum: nothing is converted', () => {
    expect(sum({ money: 'EUR', asOf: '2026-04-30' })).toMatchObject({ interestMinor: 19_315, fixedMinor: 0 });
  });
});

describe('the euro area', () => {
  const eu = { debtor: 'DE', creditor: 'FR', money: 'EUR' };

  test('8 points over the reference rate of each half-year, and €40 once', () => {
    // 31 days of 2024 at 12.25 %, 20 of 2025 at 11.15 %
    const found = sum({ ...eu, amount: 500_000, dueOn: '2024-11-30', asOf: '2025-01-20' });
    expect(found.pieces.map(({ from, to, days, yearlyRateBp }) => [from, to, days, yearlyRateBp])).toEqual([
      ['2024-12-01', '2024-12-31', 31, 1_225],
      ['2025-01-01', '2025-01-20', 20, 1_115],
    ]);
    // 5000 × (31 × 0.1225 + 20 × 0.1115) / 365 = 82.57
    expect([found.interestMinor, found.fixedMinor]).toEqual([8_257, 4_000]);
    expect(found.words).toContain('at 12.25 %, then 11.15 % a year');
  });

  test('Ireland takes one rate for a debt, that of the day on which it became late', () => {
    const irish = sum({
      debtor: 'IE',
      creditor: 'IE',
      money: 'EUR',
      dueOn: '2024-11-30',
      asOf: '2025-01-20',
    });
    expect(irish.pieces.map(({ days, yearlyRateBp }) => [days, yearlyRateBp])).toEqual([[51, 1_225]]);
  });

  test('a half-year that was not found is refused as soon as a day of it counts', () => {
    expect(sum({ ...eu, dueOn: '2026-06-01', asOf: '2026-06-30' }).interestMinor).toBeGreaterThan(0);
    expect(why({ ...eu, dueOn: '2026-06-01', asOf: '2026-07-01' })).toEqual([
      'refused',
      'LAW eu-late-payment: The reference rate from 2026-07-01 is not known to this version of Duly; nothing is computed. Up to 2026-06-30 the rates are known.',
    ]);
  });

  test('consumers are outside, and so are two countries with laws of their own', () => {
    expect(why({ ...eu, type: 'consumer', asOf: '2026-04-30' })[0]).toBe('refused');
    for (const [creditor, debtor] of [
      ['GB', 'DE'],
      ['DE', 'SE'],
      ['PL', 'PL'],
      ['US', 'US'],
    ] as const)
      expect(why({ creditor, debtor, asOf: '2026-04-30' })).toEqual([
        'refused',
        `D10: Duly knows no late-payment law for a creditor in ${creditor} and a debtor in ${debtor}; a person decides.`,
      ]);
  });
});

describe('terms of a contract', () => {
  const us = { debtor: 'US', creditor: 'US', money: 'USD' };

  test('FEE-03: 100.00 at 10 % a year for 15 days gives 0.41 interest', () => {
    expect(sum({ ...us, terms: contract(1_000), amount: 10_000, asOf: '2026-03-16' }).interestMinor).toBe(41);
  });

  test('only where somebody stated, with name and date, that the signed terms say so', () => {
    const found = sum({ ...us, terms: contract(1_800), asOf: '2026-04-30' });
    expect(found.reasons[0]?.words).toBe('Ann Lee stated on 2026-01-05 that the signed terms say so.');
    for (const lack of [{ attestedBy: null }, { attestedOn: null }])
      expect(why({ ...us, terms: contract(1_800, lack), asOf: '2026-04-30' })).toEqual([
        'refused',
        expect.stringContaining('LAW house-interest-attested'),
      ]);
  });

  test('above 24 % a year is refused, above 18 % a person looks at it', () => {
    expect(why({ ...us, terms: contract(2_401), asOf: '2026-04-30' })).toEqual([
      'refused',
      'LAW house-interest-most: Interest by contract above 24 % a year is refused.',
    ]);
    const warned = (rate: number) =>
      sum({ ...us, terms: contract(rate), asOf: '2026-04-30' }).warnings.length;
    expect([1_800, 1_801, 2_400].map(warned)).toEqual([0, 1, 1]);
    expect(why({ ...us, terms: contract(0), asOf: '2026-04-30' })[0]).toBe('refused');
  });

  test('FEE-01: it starts the day after grace; 30 days are one month begun, 31 are two', () => {
    const terms = contract(1_800, { graceDays: 10, per: 'month' });
    expect(why({ ...us, terms, asOf: '2026-03-11' })).toEqual([
      'nothing',
      'D10: It starts on 2026-03-12, after the due date and 10 days of grace.',
    ]);
    const owed = (asOf: string): number => sum({ ...us, terms, amount: 100_000, asOf }).interestMinor;
    expect([owed('2026-03-12'), owed('2026-04-10'), owed('2026-04-11')]).toEqual([1_500, 1_500, 3_000]);
    expect([0, 1, 30, 31, 60, 61].map(monthsBegun)).toEqual([0, 1, 1, 2, 2, 3]);
    expect(
      sum({ ...us, terms: contract(1_800, { graceDays: 10 }), asOf: '2026-03-12' }).pieces[0]?.days,
    ).toBe(1);
  });

  test('Canada, Interest Act s. 4: a monthly rate never stands without the yearly one', () => {
    const canadian = { debtor: 'CA', creditor: 'CA', money: 'CAD', amount: 100_000, asOf: '2026-03-31' };
    expect(sum({ ...canadian, terms: contract(1_800, { per: 'month' }) }).words).toBe(
      'Interest of CA$15.00 under our terms (1 month begun at 1.5 % a month, 18 % a year).',
    );
    expect(sum({ ...canadian, terms: contract(1_800) }).words).toContain('30 days at 18 % a year');
  });
});

describe('what is owed', () => {
  test('FEE-02: nothing on a debt of zero or less, on one paid in time, or before it is late', () => {
    for (const amount of [0, -5_000]) expect(why({ amount, asOf: '2026-04-30' })[0]).toBe('nothing');
    expect(why({ payments: [['2026-03-01', 1_000_000]], asOf: '2026-04-30' })).toEqual([
      'nothing',
      'D10: It was paid in time.',
    ]);
    expect(why({ payments: [['2026-02-01', 2_000_000]], asOf: '2026-04-30' })[0]).toBe('nothing');
    expect(why({ asOf: '2026-03-01' })[0]).toBe('nothing');
  });

  test('FEE-05: the fixed sum is there once, however late it is and however often it is asked', () => {
    const ask = (asOf: string): InterestSum => sum({ asOf });
    expect(
      [ask('2026-03-02'), ask('2026-03-02'), ask('2026-11-01')].map(({ fixedMinor }) => fixedMinor),
    ).toEqual([10_000, 10_000, 10_000]);
    expect(ask('2026-04-30')).toEqual(ask('2026-04-30'));
  });

  test('FEE-07: interest is still owed after the principal was paid late, and grows no more', () => {
    const payments = [['2026-04-30', 1_000_000]] as const;
    expect(sum({ payments, asOf: '2026-04-30' }).interestMinor).toBe(19_315);
    expect(sum({ payments, asOf: '2026-10-31' }).interestMinor).toBe(19_315);
    const monthly = {
      debtor: 'US',
      creditor: 'US',
      money: 'USD',
      terms: contract(1_200, { per: 'month' }),
      payments,
    };
    expect(sum({ ...monthly, asOf: '2026-10-31' }).interestMinor).toBe(
      sum({ ...monthly, asOf: '2026-04-30' }).interestMinor,
    );
  });

  test('a part payment counts from the day after it', () => {
    const found = sum({ payments: [['2026-03-31', 400_000]], asOf: '2026-04-30' });
    expect(found.pieces.map(({ days, balanceMinor }) => [days, balanceMinor])).toEqual([
      [30, 1_000_000],
      [30, 600_000],
    ]);
    // 0.1175 / 365 × (30 × 10,000 + 30 × 6,000) = 154.52
    expect(found.interestMinor).toBe(15_452);
  });

  test('currencies without and with three decimals are reckoned in their own minor units', () => {
    const at = (money: string, amount: number) =>
      sum({ debtor: 'US', creditor: 'US', money, amount, terms: contract(1_000), asOf: '2026-03-16' })
        .interestMinor;
    expect([at('JPY', 100_000), at('KWD', 100_000)]).toEqual([411, 411]);
  });

  const debts: fc.Arbitrary<Debt> = fc.record({
    amountMinor: fc.integer({ min: 1, max: 1e12 }),
    dueOn: fc.integer({ min: 0, max: 700 }).map((offset) => addDays(day('2024-01-05'), offset)),
    payments: fc.array(
      fc.record({
        on: fc.integer({ min: 0, max: 1_000 }).map((offset) => addDays(day('2024-01-01'), offset)),
        minor: fc.integer({ min: 1, max: 1e11 }),
      }),
      { maxLength: 4 },
    ),
  });

  test('the pieces cover each day on which something was owed once, with that day’s balance', () => {
    fc.assert(
      fc.property(debts, fc.integer({ min: 0, max: 400 }), (debt, late) => {
        const [from, to] = [addDays(debt.dueOn, 1), addDays(debt.dueOn, 1 + late)];
        const found = pieces(debt, from, to, (on) => ({ yearlyRateBp: 1_000, until: endOf(on) }));
        const byDay = new Map(
          found.flatMap((piece) =>
            Array.from(
              { length: piece.days },
              (_, index) => [addDays(piece.from, index), piece.balanceMinor] as const,
            ),
          ),
        );
        expect(byDay.size).toBe(found.reduce((days, piece) => days + piece.days, 0));
        for (let on = from; on <= to; on = addDays(on, 1))
          expect(byDay.get(on) ?? 0).toBe(balanceOn(debt, on));
        const longer = pieces(debt, from, addDays(to, 1), (on) => ({
          yearlyRateBp: 1_000,
          until: endOf(on),
        }));
        expect(simpleInterest(longer)).toBeGreaterThanOrEqual(simpleInterest(found));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the tables of reference rates', () => {
  test('have one row a half-year, in order and without a gap, each with its source', () => {
    for (const table of [ukReference, ecbReference]) {
      table.forEach(({ from, referenceBp, source }, index) => {
        expect(startOf(from)).toBe(from);
        const before = table[index - 1];
        if (before !== undefined) expect(addDays(endOf(before.from), 1)).toBe(from);
        expect(referenceBp).toBeGreaterThanOrEqual(0);
        expect(source.length).toBeGreaterThan(10);
      });
    }
  });

  test('half-years begin and end where they do', () => {
    expect([startOf(day('2028-02-29')), endOf(day('2028-02-29'))]).toEqual(['2028-01-01', '2028-06-30']);
    expect([startOf(day('2027-12-31')), endOf(day('2027-07-01'))]).toEqual(['2027-07-01', '2027-12-31']);
  });
});
