import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type Day, day } from '../../../src/domain/day.ts';
import type {
  AgreementState,
  AgreementTerms,
  Instalment,
} from '../../../src/receivables/agreements/agreement.ts';
import { claimCredits, type UnappliedCredit } from '../../../src/receivables/agreements/credit-claims.ts';
import { planProgress } from '../../../src/receivables/agreements/plan-progress.ts';
import {
  type CoveredInvoice,
  type Evidence,
  received,
  receivedByDates,
} from '../../../src/receivables/agreements/received.ts';
import { judge } from '../../../src/receivables/agreements/verdict.ts';
import { currency } from '../../support/values.ts';

const madeOn = day('2026-11-10');
const usd = currency('USD');

const minor = fc.integer({ min: 1, max: 1_000_000 });
const on = fc.integer({ min: -30, max: 60 }).map((days) => addDays(madeOn, days));
const part = fc.record({ on, minor, credited: fc.boolean() });

const invoice: fc.Arbitrary<CoveredInvoice> = fc
  .record({ open: minor, before: fc.nat(1_000), now: fc.nat(2_000_000), total: fc.nat(2_000_000) })
  .chain(({ open, before, now, total }) =>
    fc.record({
      invoiceId: fc.uuid(),
      number: fc.constant(null),
      openAtStartMinor: fc.constant(open),
      totalAtStartMinor: fc.constant(open + before),
      creditedAtStartMinor: fc.nat(before),
      openMinor: fc.constant(Math.min(now, total)),
      totalMinor: fc.constant(total),
      gone: fc.boolean(),
      parts: fc.array(part, { maxLength: 4 }),
    }),
  );
const evidence: fc.Arbitrary<Evidence> = fc.record({
  invoices: fc.array(invoice, { minLength: 1, maxLength: 4 }),
  credits: fc.array(part, { maxLength: 3 }),
});

function debtOf({ invoices }: Evidence): number {
  return invoices.reduce((sum, each) => sum + each.openAtStartMinor, 0);
}

/** Terms that fit the evidence: a promise and offer of a part, a plan of all. */
function termsFor(evidence: Evidence, kind: AgreementTerms['kind'], share: number): AgreementTerms {
  const debtMinor = debtOf(evidence);
  const part = Math.max(1, Math.floor(debtMinor * share));
  const instalments: Instalment[] =
    kind === 'plan' && part < debtMinor
      ? [instalment(1, 10, part), instalment(2, 30, debtMinor - part)]
      : kind === 'plan'
        ? [instalment(1, 10, debtMinor)]
        : [];
  const dueOn = addDays(madeOn, kind === 'plan' ? 30 : 10);
  return {
    kind,
    currency: usd,
    amountMinor: kind === 'plan' ? debtMinor : part,
    debtMinor,
    dueOn,
    graceUntil: addDays(dueOn, 2),
    instalments,
  };
}

function instalment(number: number, inDays: number, amountMinor: number): Instalment {
  const dueOn = addDays(madeOn, inDays);
  return { number, dueOn, graceUntil: addDays(dueOn, 2), amountMinor };
}

const kinds = fc.constantFrom('promise' as const, 'plan' as const, 'offer' as const);
const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const first: Readonly<Record<AgreementTerms['kind'], AgreementState>> = {
  promise: 'pending',
  plan: 'active',
  offer: 'open',
};

describe('what was received', () => {
  test('is never below nothing and never above what was owed, whatever the books say (EXC-10)', () => {
    fc.assert(
      fc.property(evidence, on, (given, through) => {
        for (const measure of [received, receivedByDates]) {
          const { settledMinor, moneyMinor } = measure(given, through);
          expect(moneyMinor).toBeGreaterThanOrEqual(0);
          expect(moneyMinor).toBeLessThanOrEqual(settledMinor);
          expect(settledMinor).toBeLessThanOrEqual(debtOf(given));
        }
      }),
    );
  });

  test('only grows with the day that is looked at', () => {
    fc.assert(
      fc.property(evidence, on, fc.nat(20), (given, through, later) => {
        for (const measure of [received, receivedByDates]) {
          const before = measure(given, through).settledMinor;
          expect(measure(given, addDays(through, later)).settledMinor).toBeGreaterThanOrEqual(before);
        }
      }),
    );
  });

  test('is what was paid by that day, when payments alone moved the invoices', () => {
    const paid = fc.array(fc.record({ on, minor: fc.integer({ min: 1, max: 1_000 }) }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(paid, { minLength: 1, maxLength: 3 }), on, (payments, through) => {
        const invoices = payments.map((parts, index): CoveredInvoice => {
          const sum = parts.reduce((total, each) => total + each.minor, 0);
          return {
            invoiceId: `I${index}`,
            number: null,
            openAtStartMinor: 10_000,
            totalAtStartMinor: 10_000,
            creditedAtStartMinor: 0,
            openMinor: 10_000 - sum,
            totalMinor: 10_000,
            gone: false,
            parts: parts.map((each) => ({ ...each, credited: false })),
          };
        });
        const inTime = payments.flat().filter((each) => each.on <= through);
        const sum = inTime.reduce((total, each) => total + each.minor, 0);
        const given = { invoices, credits: [] };
        expect(received(given, through)).toEqual({ settledMinor: sum, moneyMinor: sum });
        expect(receivedByDates(given, through)).toEqual({ settledMinor: sum, moneyMinor: sum });
      }),
    );
  });
});

describe('the verdict', () => {
  test('is the same when asked again: nothing is settled twice', () => {
    fc.assert(
      fc.property(evidence, kinds, share, on, (given, kind, part, today) => {
        const terms = termsFor(given, kind, part);
        const once = judge(terms, first[kind], given, today);
        const again = judge(terms, once.state, given, today);
        expect(again.state).toBe(once.state);
        expect(again.nextEventOn).toBe(once.nextEventOn);
      }),
      { numRuns: 2_000 },
    );
  });

  test('waits for a day that comes, and is made by the day after its last grace', () => {
    fc.assert(
      fc.property(evidence, kinds, share, on, (given, kind, part, today) => {
        const terms = termsFor(given, kind, part);
        const { state, nextEventOn } = judge(terms, first[kind], given, today);
        if (state === first[kind]) expect(nextEventOn !== null && nextEventOn > today).toBe(true);
        else expect(nextEventOn).toBeNull();
        expect(today <= terms.graceUntil || state !== first[kind]).toBe(true);
      }),
    );
  });

  test('does not fail anybody before grace is over, and never fails who paid all in time', () => {
    const failed: AgreementState[] = ['broken', 'part_kept', 'breached', 'lapsed'];
    fc.assert(
      fc.property(evidence, kinds, share, on, (given, kind, part, today) => {
        const terms = termsFor(given, kind, part);
        const { state } = judge(terms, first[kind], given, today);
        const earliest = terms.instalments[0]?.graceUntil ?? terms.graceUntil;
        if (today <= earliest) expect(failed).not.toContain(state);
        const paid = received(given, terms.instalments[0]?.graceUntil ?? terms.dueOn).moneyMinor;
        if (paid >= terms.amountMinor) expect(failed).not.toContain(state);
      }),
    );
  });

  test('a withdrawn one stays withdrawn', () => {
    fc.assert(
      fc.property(evidence, kinds, share, on, (given, kind, part, today) => {
        expect(judge(termsFor(given, kind, part), 'withdrawn', given, today).state).toBe('withdrawn');
      }),
    );
  });
});

describe('unapplied credit', () => {
  const credit = fc.record({ id: fc.constantFrom('a', 'b', 'c'), on, minor, credited: fc.boolean() });
  const credits: fc.Arbitrary<UnappliedCredit[]> = fc.uniqueArray(credit, { selector: (row) => row.id });
  const start = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(1_000_000));

  test('never counts twice, nor what was there at the start, nor beyond what is lacking', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(evidence, kinds, share, start), { maxLength: 4 }),
        credits,
        (given, unapplied) => {
          const claimants = given.map(([of, kind, part, creditsAtStart]) => ({
            terms: termsFor(of, kind, part),
            creditsAtStart,
            invoices: of.invoices,
          }));
          const claims = claimCredits(claimants, unapplied);
          const sum = (parts: readonly { minor: number }[]): number =>
            parts.reduce((total, each) => total + each.minor, 0);
          expect(sum(claims.flat())).toBeLessThanOrEqual(sum(unapplied));
          for (const [index, claim] of claims.entries()) {
            const claimant = claimants[index];
            const fresh = unapplied.map((row) =>
              Math.max(0, row.minor - (claimant?.creditsAtStart[row.id] ?? 0)),
            );
            expect(sum(claim)).toBeLessThanOrEqual(fresh.reduce((total, each) => total + each, 0));
            expect(sum(claim)).toBeLessThanOrEqual(claimant?.terms.amountMinor ?? 0);
          }
        },
      ),
    );
  });
});

describe('the progress of a plan', () => {
  const plan = [instalment(1, 10, 300), instalment(2, 40, 300), instalment(3, 70, 400)];
  const states = (receivedMinor: number, today: Day): string[] =>
    planProgress(plan, receivedMinor, today).map((row) => row.state);

  test('fills the oldest instalment first', () => {
    const progress = planProgress(plan, 450, madeOn);
    expect(progress.map((row) => row.paidMinor)).toEqual([300, 150, 0]);
    expect(states(450, madeOn)).toEqual(['paid', 'part_paid', 'upcoming']);
  });

  test('tells what is due within grace from what is late', () => {
    expect(states(0, addDays(madeOn, 10))).toEqual(['due', 'upcoming', 'upcoming']);
    expect(states(0, addDays(madeOn, 12))).toEqual(['due', 'upcoming', 'upcoming']);
    expect(states(100, addDays(madeOn, 13))).toEqual(['late', 'upcoming', 'upcoming']);
  });

  test('gives away all that was received and no more', () => {
    fc.assert(
      fc.property(fc.nat(1_500), on, (receivedMinor, today) => {
        const paid = planProgress(plan, receivedMinor, today).reduce((sum, row) => sum + row.paidMinor, 0);
        expect(paid).toBe(Math.min(1_000, receivedMinor));
      }),
    );
  });
});
