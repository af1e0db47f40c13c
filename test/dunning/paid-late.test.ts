import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Currency } from '../../src/domain/currency.ts';
import { addDays, type Day, day } from '../../src/domain/day.ts';
import { type PaidLate, paidLate, type Settled } from '../../src/dunning/paid-late.ts';
import { type Debt, pieces, simpleInterest } from '../../src/policies/law/accrual.ts';
import type { InterestSum } from '../../src/policies/law/interest.ts';
import { lawFor } from '../../src/policies/law/law-for.ts';
import { endOf } from '../../src/policies/law/rates.ts';
import type { LateFee } from '../../src/policies/policy.ts';

const byLaw: LateFee = {
  kind: 'statutory',
  yearlyRateBp: null,
  graceDays: 0,
  attestedBy: 'Ann Lee',
  attestedOn: '2026-01-05',
};
const byTerms: LateFee = { ...byLaw, kind: 'contract', yearlyRateBp: 1_000 };

type Part = readonly [on: string, minor: number, facts?: Partial<Settled['parts'][number]>];

interface Case {
  readonly terms?: LateFee;
  readonly creditor?: string;
  readonly debtor?: string;
  readonly currency?: string;
  readonly total?: number;
  readonly dueOn?: string;
  readonly parts: readonly Part[];
  readonly until?: string;
  readonly unreadable?: boolean;
}

function settled({
  currency = 'GBP',
  total = 1_000_000,
  dueOn = '2026-03-01',
  parts,
  ...rest
}: Case): Settled {
  return {
    ...{ invoiceId: 'I1', number: '1001', issuedOn: addDays(day(dueOn), -28), dueOn: day(dueOn) },
    ...{ currency: currency as Currency, totalMinor: total, unreadable: rest.unreadable ?? false },
    parts: parts.map(([on, minor, facts]) => ({
      ...{ on: day(on), minor, money: true, paperId: `P-${on}`, unreadable: false },
      ...facts,
    })),
  };
}

function ask(one: Case): PaidLate | null {
  const { creditor = 'GB', debtor = 'GB', until = '2026-06-30', terms = byLaw } = one;
  const question = {
    ...{ debtorCountry: debtor, debtorRegion: null, debtorCity: null, debtorPostcode: null },
    ...{
      debtorType: 'business' as const,
      creditorCountry: creditor,
      allBusinesses: false,
      emailConsent: null,
    },
  };
  return paidLate(settled(one), {
    law: lawFor(question, day(until)),
    ...{ terms, locale: 'en-GB', until: day(until), since: addDays(day(until), -365) },
  });
}

function sum(one: Case): InterestSum & { readonly row: PaidLate } {
  const row = ask(one);
  if (row?.answer.kind !== 'sum') throw new Error(JSON.stringify(row));
  return { ...row.answer, row };
}

const why = (one: Case): string => {
  const row = ask(one);
  return row === null || row.answer.kind === 'sum'
    ? ''
    : row.answer.reasons.map(({ words }) => words).join(' ');
};

const credit = { money: false } as const;

describe('what was paid late', () => {
  test('the government’s example: £10,000 paid 60 days late comes to £193.15 and £100, and grows no more', () => {
    const found = sum({ parts: [['2026-04-30', 1_000_000]] });
    expect(found.row).toMatchObject({ paidOn: '2026-04-30', daysLate: 60, lateMinor: 1_000_000 });
    expect([found.interestMinor, found.fixedMinor, found.totalMinor]).toEqual([19_315, 10_000, 29_315]);
    expect(found.words).toBe(
      'Interest of £193.15 (60 days at 11.75 % a year, 8 % above the Bank of England base rate of 31 Dec 2025) and a fixed sum of £100.00.',
    );
    expect(sum({ parts: [['2026-04-30', 1_000_000]], until: '2026-11-30' }).totalMinor).toBe(29_315);
  });

  test('the euro area: each half-year at its rate, and €40', () => {
    const eu = { creditor: 'FR', debtor: 'DE', currency: 'EUR', total: 500_000, dueOn: '2024-11-30' };
    const found = sum({ ...eu, parts: [['2025-01-20', 500_000]], until: '2025-06-30' });
    // 5000 × (31 × 0.1225 + 20 × 0.1115) / 365
    expect([found.interestMinor, found.fixedMinor]).toEqual([8_257, 4_000]);
    expect(found.row.daysLate).toBe(51);
  });

  test('a half-year whose rate is not known has no sum; one that ended before has its own', () => {
    const eu = { creditor: 'FR', debtor: 'DE', currency: 'EUR', total: 10_000, dueOn: '2026-06-01' };
    expect(why({ ...eu, parts: [['2026-07-01', 10_000]], until: '2026-11-30' })).toContain(
      'The reference rate from 2026-07-01 is not known to this version of Duly; nothing is computed.',
    );
    expect(sum({ ...eu, parts: [['2026-06-30', 10_000]], until: '2026-11-30' }).interestMinor).toBe(81);
  });

  test('each payment and each credit lowers what is owed from its day; the last one is the day it was paid', () => {
    const parts: Part[] = [
      ['2026-03-31', 400_000, credit],
      ['2026-04-30', 600_000],
    ];
    const found = sum({ parts });
    expect(found.pieces.map(({ days, balanceMinor }) => [days, balanceMinor])).toEqual([
      [30, 1_000_000],
      [30, 600_000],
    ]);
    // 0.1175 / 365 × (30 × 10,000 + 30 × 6,000)
    expect(found.interestMinor).toBe(15_452);
    // one from before the due date, and one on it: what was open when it became late decides the fixed sum
    const early = sum({
      parts: [
        ['2026-01-10', 500_000, credit],
        ['2026-03-01', 400_000],
        ['2026-03-31', 100_000],
      ],
    });
    expect(early.row.lateMinor).toBe(100_000);
    expect([early.fixedMinor, early.pieces.length]).toEqual([7_000, 1]);
  });

  test('paid in time, within the grace, or settled by credits alone: nothing to list', () => {
    expect(ask({ parts: [['2026-03-01', 1_000_000]] })).toBeNull();
    const grace = { terms: { ...byLaw, graceDays: 10 } };
    expect(ask({ ...grace, parts: [['2026-03-11', 1_000_000]] })).toBeNull();
    const later = sum({ ...grace, parts: [['2026-03-12', 1_000_000]] });
    expect([later.row.daysLate, later.pieces[0]?.days]).toEqual([11, 1]);
    const parts: Part[] = [
      ['2026-02-20', 400_000],
      ['2026-04-30', 600_000, credit],
    ];
    expect(ask({ parts })).toBeNull();
  });

  test('only what was paid in the days asked for, both ends told', () => {
    const paid = (on: string, until: string) =>
      ask({ dueOn: '2025-06-01', parts: [[on, 1_000_000]], until })?.paidOn ?? null;
    expect(paid('2025-11-30', '2026-11-30')).toBeNull();
    expect(paid('2025-12-01', '2026-11-30')).toBe('2025-12-01');
    expect(paid('2026-11-30', '2026-11-30')).toBe('2026-11-30');
    expect(paid('2026-12-01', '2026-11-30')).toBeNull();
  });

  test('R8: where the books do not tell how it was settled, or a row could not be read, there is a reason and no sum', () => {
    expect(ask({ parts: [['2026-04-30', 600_000]] })).toMatchObject({
      paidOn: null,
      daysLate: null,
      lateMinor: null,
    });
    expect(why({ parts: [['2026-04-30', 600_000]] })).toMatch(
      /^It is settled, but the payments and credits that Duly could read come to £6,000.00 of £10,000.00: .*nothing is computed\.$/,
    );
    expect(why({ parts: [] })).toContain('come to £0.00 of £10,000.00');
    expect(why({ parts: [['2026-04-30', 1_000_000, { unreadable: true }]] })).toBe(
      'The ledger’s latest form of payment or credit P-2026-04-30 could not be read; nothing is computed until it can be.',
    );
    expect(why({ unreadable: true, parts: [['2026-04-30', 1_000_000]] })).toContain('form of this invoice');
  });

  test('money set against it beyond its total counts no further', () => {
    const parts: Part[] = [
      ['2026-03-31', 1_000_000],
      ['2026-04-30', 50_000],
    ];
    expect(sum({ parts }).row).toMatchObject({ paidOn: '2026-03-31', daysLate: 30 });
  });

  test('currencies without and with three decimals are reckoned in their own minor units', () => {
    const at = (currency: string) =>
      sum({
        terms: byTerms,
        debtor: 'US',
        creditor: 'US',
        currency,
        total: 100_000,
        parts: [['2026-03-16', 100_000]],
      });
    expect([at('JPY').interestMinor, at('USD').interestMinor, at('KWD').interestMinor]).toEqual([
      411, 411, 411,
    ]);
    expect([at('JPY').words, at('KWD').words].map((words) => /of (.*) under/.exec(words)?.[1])).toEqual([
      'JP¥411',
      'KWD\u00a00.411',
    ]);
  });
});

describe('the sum over parts is the whole', () => {
  const rateOn = (on: Day) => ({ yearlyRateBp: on < '2024-07-01' ? 1_250 : 1_225, until: endOf(on) });
  const dueOn = day('2024-03-01');
  const paidIn = fc.array(
    fc.record({ late: fc.integer({ min: -20, max: 400 }), minor: fc.integer({ min: 1, max: 1e10 }) }),
    { minLength: 1, maxLength: 6 },
  );
  const debtOf = (payments: Debt['payments']): Debt => ({
    amountMinor: payments.reduce((all, { minor }) => all + minor, 0),
    dueOn,
    payments,
  });

  test('an invoice paid in parts costs what invoices of those parts cost, each paid whole on its day', () => {
    fc.assert(
      fc.property(paidIn, (paid) => {
        const payments = paid.map(({ late, minor }) => ({ on: addDays(dueOn, late), minor }));
        const until = addDays(dueOn, 401);
        const from = addDays(dueOn, 1);
        const whole = pieces(debtOf(payments), from, until, rateOn);
        const each = payments.flatMap((payment) => pieces(debtOf([payment]), from, until, rateOn));
        expect(simpleInterest(whole)).toBe(simpleInterest(each));
      }),
      { numRuns: 200 },
    );
  });

  test('split at any day, the days before and after come to the whole', () => {
    fc.assert(
      fc.property(paidIn, fc.integer({ min: 1, max: 400 }), (paid, split) => {
        const debt = debtOf(paid.map(({ late, minor }) => ({ on: addDays(dueOn, late), minor })));
        const [from, middle, until] = [addDays(dueOn, 1), addDays(dueOn, split), addDays(dueOn, 401)];
        const halves = [
          ...pieces(debt, from, middle, rateOn),
          ...pieces(debt, addDays(middle, 1), until, rateOn),
        ];
        expect(simpleInterest(halves)).toBe(simpleInterest(pieces(debt, from, until, rateOn)));
      }),
      { numRuns: 200 },
    );
  });
});
