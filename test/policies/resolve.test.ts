import { describe, expect, it } from '@jest/globals';
import type { CustomerPolicy, PolicyDocument } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { emailSteps } from '../../src/policies/policy.ts';
import { needsFacts, policyFor } from '../../src/policies/resolve.ts';
import type { CustomerFacts } from '../../src/policies/segment.ts';
import { type DebtorType, step } from '../../src/policies/step.ts';

const softSteps = [step({ key: 'soft', name: 'soft reminder', offsetDays: 9, stage: 'first' })];
const rareSteps = [step({ key: 'rare', name: 'rare reminder', offsetDays: 30, stage: 'first' })];

const document: PolicyDocument = {
  ...emailBody,
  version: 4,
  sequences: [
    ...emailBody.sequences,
    { key: 'soft', name: 'Soft', steps: softSteps, paused: false },
    { key: 'rare', name: 'Rare', steps: rareSteps, paused: false },
  ],
  segments: [
    {
      key: 'new',
      name: 'New',
      when: { invoicesAtMost: 2 },
      settings: { sequence: 'soft', minGapBusinessDays: 6 },
      paused: false,
    },
    {
      key: 'friends',
      name: 'Friends',
      when: { byHandOnly: true },
      settings: { sequence: null },
      paused: false,
    },
  ],
};

const facts: CustomerFacts = {
  customerId: '7',
  invoices: 1,
  settled: 0,
  settledLate: 0,
  averageDaysLate: null,
  brokenPromises: 0,
  openMinor: {},
  debtorType: 'business',
  countsAs: 'business',
  groups: [],
  byHand: null,
};

const own = (some: Partial<CustomerPolicy>): CustomerPolicy => ({
  version: 2,
  segment: null,
  settings: {},
  paused: false,
  ...some,
});

describe('the policy of a customer', () => {
  it('SEQ-15: is the company’s where neither a segment nor the customer says otherwise', () => {
    const policy = policyFor(document, { ...facts, invoices: 3 }, null);
    expect(policy).toMatchObject({ sequence: 'email', segment: null, customerVersion: null, version: 4 });
    expect(policy.steps).toBe(emailSteps);
  });

  it('SEQ-15: the segment goes before the company, field by field', () => {
    const policy = policyFor(document, facts, null);
    expect(policy).toMatchObject({ sequence: 'soft', segment: 'new', minGapBusinessDays: 6 });
    expect(policy.steps).toBe(softSteps);
    expect(policy.caps).toEqual(document.settings.caps);
  });

  it('SEQ-15: the customer goes before its segment, field by field', () => {
    const policy = policyFor(document, facts, own({ settings: { sequence: 'rare' } }));
    expect(policy).toMatchObject({
      sequence: 'rare',
      segment: 'new',
      minGapBusinessDays: 6,
      customerVersion: 2,
    });
    expect(policy.steps).toBe(rareSteps);
  });

  it('a segment set by hand goes before the rules; one that no longer exists leaves it to them', () => {
    expect(policyFor(document, facts, own({ segment: 'friends' })).segment).toBe('friends');
    expect(policyFor(document, null, own({ segment: 'friends' })).segment).toBe('friends');
    expect(policyFor(document, facts, own({ segment: 'gone' })).segment).toBe('new');
  });

  it('an unknown type is what it counts as, and still unknown; a known one is itself alone', () => {
    const first = document.segments[0];
    if (first === undefined) throw new Error('no segment');
    const inSegment = (types: readonly DebtorType[], some: Partial<CustomerFacts>): boolean => {
      const typed = { ...document, segments: [{ ...first, when: { debtorTypes: types } }] };
      return policyFor(typed, { ...facts, ...some }, null).segment === first.key;
    };
    const unknown = { debtorType: 'unknown' } as const;
    expect(inSegment(['business'], { ...unknown, countsAs: 'business' })).toBe(true);
    expect(inSegment(['business'], { ...unknown, countsAs: 'unknown' })).toBe(false);
    expect(inSegment(['consumer'], { ...unknown, countsAs: 'unknown' })).toBe(false);
    expect(inSegment(['unknown'], { ...unknown, countsAs: 'business' })).toBe(true);
    expect(inSegment(['unknown'], {})).toBe(false);
  });

  it('nobody is in a segment that is only set by hand, unless set by hand', () => {
    const onlyByHand = { ...document, segments: document.segments.slice(1) };
    expect(policyFor(onlyByHand, facts, null).segment).toBeNull();
    expect(needsFacts(onlyByHand)).toBe(false);
    expect(needsFacts(document)).toBe(true);
  });

  it('SEQ-16: “do nothing” is an answer at every level and has no steps', () => {
    const nothing = { sequence: null, steps: [], paused: null };
    expect(
      policyFor({ ...document, settings: { ...document.settings, sequence: null } }, null, null),
    ).toMatchObject(nothing);
    expect(policyFor(document, null, own({ segment: 'friends' }))).toMatchObject(nothing);
    expect(policyFor(document, facts, own({ settings: { sequence: null } }))).toMatchObject(nothing);
  });

  it('a sequence that was taken away falls back to the next level that names one', () => {
    expect(policyFor(document, facts, own({ settings: { sequence: 'gone' } })).sequence).toBe('soft');
  });

  it('D11, S6: what is paused at any level is paused, and never falls through', () => {
    const pausedSoft = {
      ...document,
      sequences: document.sequences.map((one) => (one.key === 'soft' ? { ...one, paused: true } : one)),
    };
    const pausedNew = { ...document, segments: document.segments.map((one) => ({ ...one, paused: true })) };
    expect(policyFor(pausedSoft, facts, null)).toMatchObject({
      sequence: 'soft',
      paused: 'The sequence “Soft” is paused.',
    });
    expect(policyFor(pausedSoft, null, null).paused).toBeNull();
    expect(policyFor(pausedNew, facts, null).paused).toBe('Reminders to “New” are paused.');
    expect(policyFor(document, facts, own({ paused: true })).paused).toBe(
      'Reminders to this customer are paused.',
    );
  });
});
