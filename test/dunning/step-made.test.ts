import { describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import type { Consequence, ConsequenceKind } from '../../src/policies/consequences/consequence.ts';
import type { LawQuestion } from '../../src/policies/law/law.ts';
import { lawFor } from '../../src/policies/law/law-for.ts';
import type { LateFee, Policy } from '../../src/policies/policy.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { type Due, due, openLaw, policy } from './support.ts';

const contract: LateFee = {
  kind: 'contract',
  yearlyRateBp: 1_200,
  graceDays: 0,
  attestedBy: 'Dana Whitfield',
  attestedOn: '2026-10-01',
};
const law = (more: Partial<LawQuestion>) =>
  lawFor(
    {
      debtorCountry: 'US',
      debtorRegion: 'OR',
      debtorCity: null,
      debtorPostcode: null,
      debtorType: 'business',
      creditorCountry: 'US',
      allBusinesses: false,
      emailConsent: true,
      ...more,
    },
    day('2026-11-10'),
  );

/** The final notice that announces this, to a customer eight days late. */
function announcing(kind: ConsequenceKind, more: Partial<Parameters<typeof due>[0]>): Due {
  const entry: Consequence = {
    kind,
    ownerName: 'Dana Whitfield',
    ownerEmail: null,
    leadDays: 3,
    doing: 'Do it.',
    approvedBy: 'Dana Whitfield',
    approvedOn: day('2026-10-01'),
    active: true,
  };
  const final: Step = step({
    key: 'final',
    name: 'final notice',
    offsetDays: 3,
    stage: 'final',
    consequence: kind,
  });
  const { policy: asked = policy, ...others } = more ?? {};
  return due({
    announcing: { catalogue: new Map([[kind, entry]]), broken: 0 },
    ...others,
    policy: { ...asked, steps: [final] },
  });
}
const charging = (lateFee: LateFee | null): Policy => ({ ...policy, lateFee });
const words = ({ reasons }: Due): string => reasons.map((reason) => reason.words).join(' ');

test('no claim at court is announced to an individual in the United Kingdom, sole traders included', () => {
  const asked = (more: Partial<LawQuestion>) =>
    announcing('court', { law: law({ debtorCountry: 'GB', creditorCountry: 'GB', ...more }) });
  for (const debtorType of ['consumer', 'sole_trader', 'unknown'] as const) {
    const found = asked({ debtorType });
    expect(found.step).toMatchObject({ stage: 'final', consequence: null });
    expect(found.reasons).toContainEqual(
      expect.objectContaining({
        rule: 'LAW uk-letter-of-claim-court',
        source: expect.stringContaining('Pre-Action'),
      }),
    );
  }
  expect(asked({ debtorType: 'business' }).step.consequence).toBe('court');
  expect(asked({ debtorType: 'unknown', allBusinesses: true }).step.consequence).toBe('court');
});

describe('interest is announced only where it may be charged', () => {
  test('to a business, with terms that somebody stated', () => {
    const found = announcing('interest', { law: law({}), policy: charging(contract) });
    expect(found.step).toMatchObject({ consequence: 'interest', needsPerson: true });
  });

  test('never to a consumer or a sole trader, in no country; the reason is the rule', () => {
    for (const debtorCountry of ['US', 'GB', 'DE', 'AU', 'NZ', 'CA', 'BR', null])
      for (const debtorType of ['consumer', 'sole_trader', 'unknown'] as const) {
        const found = announcing('interest', {
          law: law({ debtorCountry, debtorType }),
          policy: charging(contract),
        });
        expect(found.step.consequence).toBeNull();
        expect(words(found)).toContain('No consequence is announced');
        // where a rule of the law says it, nothing stands before it
        expect(words(found)).not.toMatch(/announced\. No (consequence|claim)/);
      }
  });

  test('not without a late fee, nor one that nobody stated, that names no rate or one above the most', () => {
    const reasons = [
      null,
      { ...contract, attestedBy: null },
      { ...contract, attestedOn: null },
      { ...contract, yearlyRateBp: null },
      { ...contract, yearlyRateBp: 2_500 },
    ].map((lateFee) => {
      const found = announcing('interest', { law: law({}), policy: charging(lateFee) });
      expect(found.step.consequence).toBeNull();
      return words(found);
    });
    expect(reasons[0]).toContain('No consequence is announced. The policy has no late fee.');
    expect(reasons[1]).toContain('No consequence is announced. Interest by contract only if somebody stated');
  });

  test('not by law where Duly knows no law on late payment between the two countries', () => {
    const statutory = { ...contract, kind: 'statutory', yearlyRateBp: null } as const;
    const between = (creditorCountry: string, debtorCountry: string) =>
      announcing('interest', {
        law: law({ creditorCountry, debtorCountry }),
        policy: charging(statutory),
      });
    expect(between('GB', 'GB').step.consequence).toBe('interest');
    expect(between('FR', 'DE').step.consequence).toBe('interest');
    for (const [creditor, debtor] of [
      ['US', 'US'],
      ['GB', 'DE'],
    ] as const)
      expect(words(between(creditor, debtor))).toContain(
        `No consequence is announced. Duly knows no late-payment law for a creditor in ${creditor} and a debtor in ${debtor}`,
      );
  });

  test('what needs no late fee is announced without one', () => {
    expect(announcing('stop_supply', { law: openLaw }).step.consequence).toBe('stop_supply');
  });
});

describe('nobody else hears of the debt of a private person', () => {
  const copied: Policy = {
    ...policy,
    steps: [
      step({
        key: 'third',
        name: 'third reminder',
        offsetDays: 3,
        stage: 'third',
        recipients: { contacts: true, escalation: false, informSales: false },
      }),
    ],
  };
  const alone = { contacts: false, escalation: false, informSales: false };

  test('no further contact gets a copy, in no country; the reason is the rule', () => {
    for (const debtorCountry of ['US', 'GB', 'DE', 'AU', 'CA', null])
      for (const debtorType of ['consumer', 'sole_trader', 'unknown'] as const) {
        const found = due({ law: law({ debtorCountry, debtorType }), policy: copied });
        expect(found.step.recipients).toEqual(alone);
        expect(words(found)).toContain('Nobody is copied in.');
      }
  });

  test('CON-04: at a business the contacts for invoices still do', () => {
    const found = due({ law: law({}), policy: copied });
    expect(found.step.recipients).toEqual({ ...alone, contacts: true });
    expect(words(found)).not.toContain('copied in');
  });
});
