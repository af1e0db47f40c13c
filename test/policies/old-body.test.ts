import { describe, expect, it } from '@jest/globals';
import { documentOf, emailBody } from '../../src/policies/old-body.ts';
import { emailPolicy, emailSteps } from '../../src/policies/policy.ts';
import { policyFor } from '../../src/policies/resolve.ts';

const old = {
  window: { from: '08:30', to: '16:00' },
  minGapBusinessDays: 4,
  restAfterPaymentBusinessDays: 5,
  promiseGraceBusinessDays: 1,
  caps: { perWeek: 2, perMonth: 5 },
  minimumBalance: { USD: 500 },
  steps: [{ key: 'first', stage: 'first', offsetDays: 3, name: 'first reminder', payWithinDays: 7 }],
};

describe('a policy stored before there were sequences', () => {
  it('keeps what it said, and its four e-mails', () => {
    const document = documentOf(old, 7);
    const { steps, ...said } = old;
    expect(document).toEqual({
      ...emailBody,
      version: 7,
      settings: { ...emailBody.settings, ...said },
    });
    expect(document.sequences.flatMap((sequence) => sequence.steps)).toEqual(emailSteps);
  });

  it('gives every customer the policy that it had', () => {
    expect(policyFor(documentOf({}, 1), null, null)).toEqual({ ...emailPolicy, sequence: 'email' });
  });

  it('has the usual value for what was not said', () => {
    expect(documentOf({ minimumBalance: { EUR: 100 } }, 2).settings).toEqual({
      ...emailBody.settings,
      minimumBalance: { EUR: 100 },
    });
  });

  it('is left as it is once it has sequences, with the usual value for a setting that is newer', () => {
    const { thankYou, ...older } = emailBody.settings;
    expect(documentOf({ ...emailBody, settings: older }, 3)).toEqual({ ...emailBody, version: 3 });
    expect(thankYou).toBe(false);
  });
});
