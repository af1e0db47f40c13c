import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { policyEffect } from '../../src/dunning/effect.store.ts';
import { effectOf } from '../../src/dunning/effect.ts';
import type { NextStep } from '../../src/dunning/next-step.ts';
import type { PolicyBody } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { emailSteps } from '../../src/policies/policy.ts';
import { owes } from '../delivery/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { Workshop } from '../support/workshop.ts';

const [first, second] = emailSteps;
if (first === undefined || second === undefined) throw new Error('no steps');

const wait: NextStep = {
  kind: 'nothing',
  finished: false,
  lookAgainOn: null,
  reasons: [{ rule: 'SEQ-16', words: 'The policy is to do nothing.' }],
};
const coming = (step: typeof first, at: string): NextStep => ({
  kind: 'step',
  step,
  at: new Date(at),
  advances: [],
  listed: [],
  askMinor: 1,
  occasion: null,
  finished: false,
  lookAgainOn: null,
  reasons: [],
});

describe('SEQ-17: what a change of policy would change', () => {
  const of = { customerId: '7', customerName: 'Ridgeway', currency: 'USD' };
  const effect = (before: NextStep, after: NextStep) =>
    effectOf([{ ...of, before, after }], 'America/Los_Angeles');

  it('is nothing where the same step comes by the same channel on the same day', () => {
    expect(effect(coming(first, '2026-11-30T18:00:00Z'), coming(first, '2026-12-01T01:00:00Z'))).toEqual([]);
    expect(effect(wait, { ...wait, finished: true })).toEqual([]);
  });

  it('names the case, what was next and what would be, in the company’s days', () => {
    const was = { stepKey: 'first', stepName: 'first reminder', channel: 'email', on: '2026-11-30' };
    expect(effect(coming(first, '2026-11-30T18:00:00Z'), coming(second, '2026-12-02T18:00:00Z'))).toEqual([
      {
        ...of,
        before: was,
        after: { stepKey: 'second', stepName: 'second reminder', channel: 'email', on: '2026-12-02' },
        why: null,
      },
    ]);
    expect(effect(coming(first, '2026-11-30T18:00:00Z'), wait)).toEqual([
      { ...of, before: was, after: null, why: 'The policy is to do nothing.' },
    ]);
    expect(effect(wait, coming(first, '2026-11-30T18:00:00Z'))).toMatchObject([{ before: null, after: was }]);
  });
});

describe('SEQ-17: the effect on the open cases of a company', () => {
  let database: TestDatabase;
  let shop: Workshop;
  beforeAll(async () => {
    database = await testDatabase();
    shop = await Workshop.open(database);
    owes(shop);
    await shop.morning();
  });
  afterAll(() => database.drop());

  const under = (some: Partial<PolicyBody['settings']>, second = 8) =>
    shop.within(async (tx) =>
      policyEffect(
        tx,
        await getCompany(tx, shop.companyId),
        {
          ...emailBody,
          version: 2,
          settings: { ...emailBody.settings, ...some },
          sequences: emailBody.sequences.map((one) => ({
            ...one,
            steps: one.steps.map((step) => (step.key === 'second' ? { ...step, offsetDays: second } : step)),
          })),
        },
        shop.now(),
      ),
    );

  it('a case whose touch stands keeps its step, whatever is edited', async () => {
    expect(await shop.states()).toEqual(['first approved']);
    expect(await under({}, 20)).toEqual({ cases: 1, more: false, changed: [] });
  });

  it('once it has left, the next step follows the edit', async () => {
    await shop.deliver();
    expect(await under({})).toMatchObject({ cases: 1, changed: [] });
    const { changed } = await under({}, 20);
    expect(changed).toMatchObject([{ before: { stepKey: 'second' }, after: { stepKey: 'second' } }]);
    const [one] = changed;
    expect((one?.after?.on ?? '') > (one?.before?.on ?? '')).toBe(true);
    expect((await under({ sequence: null })).changed).toMatchObject([
      { before: { stepKey: 'second' }, after: null },
    ]);
  });
});
