import { describe, expect, it } from '@jest/globals';
import type { PolicyBody } from '../../src/policies/document.ts';
import type { PolicySettings } from '../../src/policies/policy.ts';
import { presets } from '../../src/policies/presets/presets.ts';
import { policyForBusiness } from '../../src/policies/words/policy-for-business.ts';
import { policyInWords, type Section } from '../../src/policies/words/policy-in-words.ts';

const speaker = {
  name: 'Larkspur Studio',
  contactName: 'Dana Whitfield',
  contactEmail: 'dana@larkspur.example',
  contactPhone: '+1 503 555 0100',
};
const { standard } = presets;
const read = (some: Partial<PolicySettings> = {}, body: PolicyBody = standard): readonly Section[] =>
  policyInWords({ ...body, settings: { ...body.settings, ...some } }, speaker);
const part = (sections: readonly Section[], title: string): string =>
  sections.find((section) => section.title.startsWith(title))?.sentences.join('\n') ?? 'none';

describe('P28: the policy as customers read it', () => {
  it('says when, how, what may be charged, what to do when something is wrong, and whom to turn to', () => {
    const sections = read();
    expect(sections.map(({ title }) => title)).toEqual([
      'When we remind you',
      'How we do it',
      'What we may charge',
      'If something is wrong, or money is tight',
      'Whom to turn to',
    ]);
    expect(part(sections, 'When')).toBe(
      [
        'An invoice is past due on the day after its due date, never before.',
        'If it stays open, we get in touch: by e-mail 3 days after it was due, by e-mail 8 days after it was due, by phone 14 days after it was due, by e-mail 21 days after it was due, by letter 30 days after it was due and by e-mail 45 days after it was due.',
        'The last of these gives you 14 more days to pay.',
        'With some customers we have other days; what we agreed with you goes before all this.',
      ].join('\n'),
    );
    expect(part(sections, 'How')).toBe(
      [
        'On Monday to Friday, from 09:00 to 17:00 where you are, and on no public holiday.',
        'At most 3 times in 7 days and 8 times in 30 days, with at least 3 business days in between.',
        'We call at most once a day, and one message lists all that is open.',
        'After a payment we wait 3 business days before we write about the rest.',
        'If several invoices are open, you get a statement of them on the third business day of the month.',
      ].join('\n'),
    );
    expect(part(sections, 'Whom')).toBe(
      'Dana Whitfield at Larkspur Studio: dana@larkspur.example or +1 503 555 0100.',
    );
  });

  it('names no segment and nobody’s habits', () => {
    for (const body of Object.values(presets)) {
      const text = JSON.stringify(read({}, body));
      for (const { name } of body.segments) expect(text.toLowerCase()).not.toContain(name.toLowerCase());
      expect(text).not.toMatch(/segment|habit|reliable|consequence|final notice/i);
    }
  });

  it('claims a fee only if somebody stated that the terms have it', () => {
    expect(part(read(), 'What we may')).toBe('We charge no late fee and no interest for our reminders.');
    const fee = {
      kind: 'contract',
      yearlyRateBp: 1200,
      graceDays: 10,
      attestedBy: null,
      attestedOn: null,
    } as const;
    expect(part(read({ lateFee: fee }), 'What we may')).toMatch(/^We charge no late fee/);
    const stated = { ...fee, attestedBy: 'Dana', attestedOn: '2026-10-01' };
    expect(part(read({ lateFee: stated }), 'What we may')).toMatch(
      /^Interest of 12 % a year from 10 days after the due date, as our terms with you say\./,
    );
    // nothing is promised that no page or message does
    expect(part(read({ lateFee: stated }), 'What we may')).toContain(
      'A reminder names a sum of it only where it announces that we charge it',
    );
    const byLaw = { ...stated, kind: 'statutory', yearlyRateBp: null, graceDays: 0 } as const;
    expect(part(read({ lateFee: byLaw }), 'What we may')).toMatch(
      /^Between businesses, the interest and the fixed sums/,
    );
  });

  it('SEQ-16: says so when nothing is sent', () => {
    const sections = read({ sequence: null });
    expect(part(sections, 'When')).toMatch(/^We send no reminders by ourselves/);
    expect(part(sections, 'How')).toBe('none');
  });

  it('mentions a courtesy only if everybody gets it, and small amounts only if there is a minimum', () => {
    const steps = standard.sequences[0]?.steps ?? [];
    const forAll = steps.map((one) => ({ ...one, conditions: { ...one.conditions, segments: null } }));
    const sequences = [{ key: 'standard', name: 'Standard', paused: false, steps: forAll }];
    expect(part(read({}, { ...standard, sequences }), 'When')).toMatch(
      /Before that we may write once, 5 business days before the due date/,
    );
    expect(part(read({ minimumBalance: { USD: 500 } }), 'When')).toMatch(/Very small amounts/);
  });
});

describe('the policy as the business reads it', () => {
  const sections = policyForBusiness({ ...standard, version: 4 }, 'en-US');

  it('has what holds for everybody, every sequence and every segment', () => {
    expect(sections.map(({ title }) => title)).toEqual([
      'For everybody (version 4, from the preset Standard)',
      ...standard.sequences.map(({ name }) => `Sequence “${name}”`),
      ...standard.segments.map(({ name }) => `Segment “${name}”`),
    ]);
    expect(part(sections, 'For everybody')).toMatch(/^Reminders follow the sequence “Standard”\./);
  });

  it('tells a step with all that is special about it', () => {
    const main = part(sections, 'Sequence “Standard”').split('\n');
    expect(main[0]).toBe(
      'Courtesy note: 5 business days before the due date, e-mail from the bookkeeper, only for “New customer”, “Habitually late” and “Large balance”.',
    );
    expect(main[3]).toBe(
      'Call: 14 days after the due date, call by the bookkeeper, after a word to whoever owns the relationship, passed over when nobody did it for 5 business days.',
    );
    expect(main[6]).toBe(
      'Final notice: 45 days after the due date, e-mail from the bookkeeper, also to the contacts for invoices, with the escalation contact copied in, after a word to whoever owns the relationship, released by a person.',
    );
  });

  it('tells whom a segment is for, and what is different for them', () => {
    expect(part(sections, 'Segment “Consumer')).toBe(
      [
        'Only consumers and sole traders.',
        'Reminders follow the sequence “Standard, for individuals”.',
        'Between two contacts lie at least 5 business days.',
        'A customer is contacted at most twice in 7 days and 6 times in 30 days.',
      ].join('\n'),
    );
    expect(part(sections, 'Segment “Reliable')).toMatch(
      /^At least 3 settled invoices, at most 20 % of them late, on average at most 5 days late\./,
    );
    expect(part(sections, 'Segment “Large')).toMatch(/^An open balance of \$10,000\.00, €10,000\.00/);
  });
});
